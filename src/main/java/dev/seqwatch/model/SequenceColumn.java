package dev.seqwatch.model;

import java.util.List;

/**
 * A column that draws from a sequence.
 *
 * @param stored what is known of the ids it holds
 * @param blockers objects that PostgreSQL names as reasons not to change the column's type: views, triggers, policies
 */
public record SequenceColumn(
        ColumnName column,
        ColumnType type,
        ValueSource draw,
        Table table,
        Uniqueness uniqueness,
        StoredIds stored,
        List<String> blockers) {
    public SequenceColumn {
        blockers = List.copyOf(blockers);
    }

    public SequenceColumn withStored(StoredIds ids) {
        return new SequenceColumn(column, type, draw, table, uniqueness, ids, blockers);
    }

    public SequenceColumn withUniqueness(Uniqueness other) {
        return new SequenceColumn(column, type, draw, table, other, stored, blockers);
    }

    public SequenceColumn withBlockers(List<String> others) {
        return new SequenceColumn(column, type, draw, table, uniqueness, stored, others);
    }

    /** Whether the column stores exactly what nextval gives, so that its type and its ids bear on the sequence. */
    public boolean storesValues() {
        return draw != ValueSource.Derived;
    }
}
