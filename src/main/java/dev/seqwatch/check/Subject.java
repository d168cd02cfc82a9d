package dev.seqwatch.check;

import dev.seqwatch.model.ColumnName;
import dev.seqwatch.model.RelationName;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a finding is about; what does not apply is null. With its check it identifies the finding over time. */
public record Subject(
        @Nullable String schema,
        @Nullable String sequence,
        @Nullable RelationName table,
        @Nullable String column,
        @Nullable String role) {

    public static Subject of(RelationName sequence) {
        return new Subject(sequence.schema(), sequence.name(), null, null, null);
    }

    /** A column that no sequence is known to feed. */
    public static Subject of(ColumnName column) {
        return new Subject(column.table().schema(), null, column.table(), column.column(), null);
    }

    public static Subject ofRole(String role) {
        return new Subject(null, null, null, null, role);
    }

    public Subject column(ColumnName column) {
        return new Subject(schema, sequence, column.table(), column.column(), role);
    }

    public Subject role(String role) {
        return new Subject(schema, sequence, table, column, role);
    }

    public Subject withoutRole() {
        return new Subject(schema, sequence, table, column, null);
    }

    /** One line for a label or a log: {@code public.orders_id_seq public.orders.id app}. */
    @Override
    public String toString() {
        var relation = sequence != null ? schema + "." + sequence : table == null ? schema : null;
        var of = table == null ? null : column == null ? table.toString() : table + "." + column;
        return Stream.of(relation, of, role).filter(Objects::nonNull).collect(Collectors.joining(" "));
    }
}
