package dev.seqwatch.postgres.ids;

import dev.seqwatch.model.ColumnName;
import dev.seqwatch.model.ColumnType;
import dev.seqwatch.model.IdSpelling;
import dev.seqwatch.model.Uniqueness;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One read that answers for the ids of a table, or of a whole tree where only its root is readable.
 *
 * @param uniqueness of the column in that table
 * @param only whether children are left out because they are sources of their own
 * @param indexed else the table is scanned, if it turns out to be small
 * @param leading the columns before this one in an index that answers for each of their values; empty where there is none
 * @param trailing the columns after this one in a unique index that it leads; empty where there is none
 * @param spelling how the column stores the values of the sequence; null where it stores the numbers themselves
 * @param locks relation locks that the read holds
 */
public record IdSource(
        long oid,
        ColumnName column,
        ColumnType type,
        Uniqueness uniqueness,
        boolean only,
        boolean indexed,
        List<String> leading,
        List<String> trailing,
        @Nullable IdSpelling spelling,
        int locks) {
    /** A statement holds at most so many relation locks. */
    public static final int MAX_LOCKS = 300;

    /** Of a column of numbers, none of whose other index columns matter. */
    public IdSource(
            long oid,
            ColumnName column,
            ColumnType type,
            Uniqueness uniqueness,
            boolean only,
            boolean indexed,
            int locks) {
        this(oid, column, type, uniqueness, only, indexed, List.of(), List.of(), null, locks);
    }

    String from() {
        return (only ? "ONLY " : "") + column.table().sql();
    }
}
