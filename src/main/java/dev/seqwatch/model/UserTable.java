package dev.seqwatch.model;

import org.jspecify.annotations.Nullable;

/**
 * A table or view that is neither of the system nor of an extension.
 *
 * @param parent of a partition; else null
 * @param bound of a partition, as PostgreSQL prints it; else null
 * @param logged whether its changes are in the WAL, without which nothing replicates them
 */
public record UserTable(
        RelationName name,
        String owner,
        Kind kind,
        @Nullable RelationName parent,
        @Nullable String bound,
        boolean logged) {
    /** What kind of relation it is. */
    public enum Kind {
        Table,
        /** It only holds partitions. */
        Partitioned,
        View
    }
}
