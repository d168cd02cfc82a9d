package dev.seqwatch.model;

import java.util.List;

/**
 * A column that stores a sequence column's values through a foreign key, directly or through a chain of keys.
 *
 * @param key the column that the constraint points to
 * @param keyType of that column
 * @param blockers as in {@link SequenceColumn}
 */
public record Reference(
        ColumnName column,
        ColumnType type,
        String constraint,
        ColumnName key,
        ColumnType keyType,
        List<String> blockers) {
    public Reference {
        blockers = List.copyOf(blockers);
    }

    public Reference withBlockers(List<String> others) {
        return new Reference(column, type, constraint, key, keyType, others);
    }
}
