package dev.seqwatch.sequence;

/**
 * A table whose column draws from a sequence. A partition tree or an inheritance tree counts as one table, its root.
 *
 * @param persistence of the root
 * @param subscribed whether a logical subscription of this database fills it or one of its partitions
 */
public record Table(RelationName name, String owner, Persistence persistence, boolean subscribed) {}
