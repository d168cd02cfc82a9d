package dev.seqwatch.sequence;

import java.util.List;

/**
 * A column that draws from a sequence.
 *
 * @param stored what is known of the ids it holds
 * @param blockers objects that PostgreSQL names as reasons not to change the column's type: views, triggers, policies
 */
public record Consumer(
        ColumnName column,
        ColumnType type,
        Draw draw,
        Table table,
        Uniqueness uniqueness,
        StoredIds stored,
        List<String> blockers) {
    public Consumer {
        blockers = List.copyOf(blockers);
    }

    public Consumer withStored(StoredIds ids) {
        return new Consumer(column, type, draw, table, uniqueness, ids, blockers);
    }

    public Consumer withUniqueness(Uniqueness other) {
        return new Consumer(column, type, draw, table, other, stored, blockers);
    }

    /** Whether the column stores exactly what nextval gives, so that its type and its ids bear on the sequence. */
    public boolean storesValues() {
        return draw != Draw.Derived;
    }
}
