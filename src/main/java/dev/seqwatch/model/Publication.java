package dev.seqwatch.model;

import java.util.List;

/**
 * A publication of a database.
 *
 * @param allSequences whether it has every sequence, which PostgreSQL 19 introduced
 * @param everyOperation whether it has inserts, updates, deletes and truncations
 * @param tables under whose names rows are sent
 */
public record Publication(String name, boolean allSequences, boolean everyOperation, List<RelationName> tables) {
    public Publication {
        tables = List.copyOf(tables);
    }
}
