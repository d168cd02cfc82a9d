package dev.seqwatch.model;

import java.util.List;

/**
 * A table whose column draws from a sequence. A partition tree or an inheritance tree counts as one table, its root.
 *
 * @param persistence of the root
 * @param independentChildren tables of an inheritance tree that draw the column from another sequence: their ids are not this one's
 * @param subscribed whether a logical subscription of this database fills it or one of its partitions
 * @param partitioned whether it is a partitioned table
 * @param tree whether it has partitions or children
 * @param counters over the whole tree
 */
public record Table(
        RelationName name,
        String owner,
        Persistence persistence,
        List<RelationName> independentChildren,
        boolean subscribed,
        boolean partitioned,
        boolean tree,
        TableStatistics counters) {
    public Table {
        independentChildren = List.copyOf(independentChildren);
    }
}
