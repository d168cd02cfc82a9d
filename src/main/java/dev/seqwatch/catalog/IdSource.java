package dev.seqwatch.catalog;

import dev.seqwatch.model.ColumnName;
import dev.seqwatch.model.ColumnType;
import dev.seqwatch.model.Uniqueness;

/**
 * One read that answers for the ids of a table, or of a whole tree where only its root is readable.
 *
 * @param uniqueness of the column in that table
 * @param only whether children are left out because they are sources of their own
 * @param indexed else the table is scanned, if it turns out to be small
 * @param locks relation locks that the read holds
 */
record IdSource(
        long oid, ColumnName column, ColumnType type, Uniqueness uniqueness, boolean only, boolean indexed, int locks) {
    String from() {
        return (only ? "ONLY " : "") + column.table().sql();
    }
}
