package dev.seqwatch.model;

import org.jspecify.annotations.Nullable;

/**
 * A table that is neither of the system nor of an extension.
 *
 * @param partitioned whether it only holds partitions
 * @param parent of a partition; else null
 * @param bound of a partition, as PostgreSQL prints it; else null
 * @param logged whether its changes are in the WAL, without which nothing replicates them
 */
public record UserTable(
        RelationName name,
        String owner,
        boolean partitioned,
        @Nullable RelationName parent,
        @Nullable String bound,
        boolean logged) {}
