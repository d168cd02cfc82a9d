package dev.seqwatch.model;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tables made by {@code CREATE TABLE … (LIKE … INCLUDING DEFAULTS)}: the default is copied, and the sequence still belongs to
 * the first table, whose column takes its values too.
 */
public final class TableCopies {
    private TableCopies() {}

    /** The column of the first table; empty where {@code column} is no copy. */
    public static Optional<SequenceColumn> original(
            SequenceColumn column, @Nullable Ownership owned, List<SequenceColumn> all) {
        return owned == null
                        || column.valueSource() != ValueSource.Default
                        || owned.column().equals(column.column())
                ? Optional.empty()
                : all.stream()
                        .filter(each -> each.column().equals(owned.column()))
                        .findFirst();
    }

    /** Whether rows are inserted into the first table and none into the copy, as far as PostgreSQL counted. */
    public static boolean idle(SequenceColumn column, @Nullable Ownership owned, List<SequenceColumn> all) {
        return column.table().counters().inserted() == 0
                && original(column, owned, all)
                        .filter(original -> original.table().counters().inserted() > 0)
                        .isPresent();
    }
}
