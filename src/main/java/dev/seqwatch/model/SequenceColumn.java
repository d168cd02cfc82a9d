package dev.seqwatch.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column that stores values of a sequence.
 *
 * @param caller what calls nextval for it where its own default does not: {@code trigger b of public.t}; else null
 * @param stored what is known of the ids it holds
 * @param blockers objects that PostgreSQL names as reasons not to change the column's type: views, triggers, policies
 */
public record SequenceColumn(
        ColumnName column,
        ColumnType type,
        ValueSource valueSource,
        @Nullable String caller,
        Table table,
        Uniqueness uniqueness,
        StoredIds stored,
        List<String> blockers) {
    public SequenceColumn {
        blockers = List.copyOf(blockers);
    }

    /** A column whose own default or identity calls nextval. */
    public SequenceColumn(
            ColumnName column,
            ColumnType type,
            ValueSource valueSource,
            Table table,
            Uniqueness uniqueness,
            StoredIds stored,
            List<String> blockers) {
        this(column, type, valueSource, null, table, uniqueness, stored, blockers);
    }

    public SequenceColumn withStored(StoredIds ids) {
        return ids.equals(stored)
                ? this
                : new SequenceColumn(column, type, valueSource, caller, table, uniqueness, ids, blockers);
    }

    public SequenceColumn withUniqueness(Uniqueness other) {
        return other == uniqueness
                ? this
                : new SequenceColumn(column, type, valueSource, caller, table, other, stored, blockers);
    }

    /** Whether the column's own default, or its identity, calls nextval. */
    public boolean byItself() {
        return switch (valueSource) {
            case IdentityAlways, IdentityByDefault, Default, LateBound -> true;
            case Derived -> caller == null;
            case Trigger, Function, View, Rule, OwnedWithoutCall, LinkedByName, Declared -> false;
        };
    }

    public SequenceColumn withBlockers(List<String> others) {
        return others.equals(blockers)
                ? this
                : new SequenceColumn(column, type, valueSource, caller, table, uniqueness, stored, others);
    }

    /** Whether the column stores exactly what nextval gives, so that its type and its ids bear on the sequence. */
    public boolean storesValues() {
        return valueSource != ValueSource.Derived;
    }
}
