package dev.seqwatch.model;

import java.util.List;

/**
 * A table whose column a sequence feeds. A partition tree or an inheritance tree counts as one table, its root.
 *
 * @param persistence of the root
 * @param independentChildren tables of an inheritance tree whose column another sequence feeds: their ids are not this one's
 * @param subscription of the table or of one of its partitions
 * @param partitioned whether it is a partitioned table
 * @param tree whether it has partitions or children
 * @param keyed whether it has a primary key, or another full unique index over columns
 * @param counters over the whole tree
 */
public record Table(
        RelationName name,
        String owner,
        Persistence persistence,
        List<RelationName> independentChildren,
        Subscription subscription,
        boolean partitioned,
        boolean tree,
        boolean keyed,
        TableStatistics counters) {
    public Table {
        independentChildren = List.copyOf(independentChildren);
    }

    public boolean subscribed() {
        return subscription != Subscription.None;
    }
}
