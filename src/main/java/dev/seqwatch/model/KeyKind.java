package dev.seqwatch.model;

/** What kind of key a column is. */
public final class KeyKind {
    private KeyKind() {}

    /** What {@code serial} makes: a default, and a sequence that the column owns (manual, section 8.1.4). */
    public static boolean serial(WatchedSequence watched, SequenceColumn sequenceColumn) {
        var owned = watched.owned();
        return sequenceColumn.valueSource() == ValueSource.Default
                && owned != null
                && owned.defaults()
                && owned.column().equals(sequenceColumn.column());
    }

    /**
     * A column beside the key of its table, e.g. {@code sort_order bigserial}: nothing keeps it unique and no foreign key
     * points to it, so a value that is stored twice breaks no reference and fails no insert.
     */
    public static boolean order(WatchedSequence watched, SequenceColumn sequenceColumn) {
        return sequenceColumn.uniqueness() == Uniqueness.None
                && sequenceColumn.table().keyed()
                && watched.references().stream()
                        .noneMatch(reference -> reference.key().equals(sequenceColumn.column()));
    }

    /** A column of a copy of the table that the sequence belongs to. */
    public static boolean copy(WatchedSequence watched, SequenceColumn sequenceColumn) {
        return TableCopies.original(sequenceColumn, watched.owned(), watched.sequenceColumns())
                .isPresent();
    }

    /** A copy that nobody inserts into, while rows are inserted into the first table. */
    public static boolean idleCopy(WatchedSequence watched, SequenceColumn sequenceColumn) {
        return TableCopies.idle(sequenceColumn, watched.owned(), watched.sequenceColumns());
    }

    /** A foreign table: what its rows are and what keeps them unique is not known here. */
    public static boolean foreign(SequenceColumn sequenceColumn) {
        return sequenceColumn.stored().gaps().stream()
                .anyMatch(gap -> gap.reason() == NotCheckedReason.ForeignTable
                        && gap.table().equals(sequenceColumn.table().name()));
    }

    /**
     * What inserts do with a value that the column cannot hold: an identity column takes the lower bytes of what its
     * sequence gives (execExprInterp.c, ExecEvalNextValueExpr), every other refuses.
     */
    public static String overflow(SequenceColumn sequenceColumn) {
        if (sequenceColumn.type().isFloat()) {
            return "ids are rounded, so that different ids become equal: inserts fail with a duplicate key or store an id twice";
        }
        return sequenceColumn.valueSource().identity()
                ? "inserts store ids cut to the column's width, which jump to its other end"
                : "inserts fail with \"out of range\"";
    }

    public static boolean smallOrInteger(SequenceColumn sequenceColumn) {
        return sequenceColumn.type().base().equals("int2")
                || sequenceColumn.type().base().equals("int4");
    }
}
