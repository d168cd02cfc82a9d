package dev.seqwatch.report;

import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.NotCheckedReason;
import dev.seqwatch.model.RelationName;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A column whose ids were not compared with its sequence, or code whose sequence is not known: its silence proves nothing.
 *
 * @param table null where code is not known to fill one
 * @param column null where it is not known
 * @param caller the code; null where a column was not compared
 */
public record UncheckedColumn(
        @Nullable RelationName table,
        @Nullable String column,
        NotCheckedReason reason,
        @Nullable String caller) {
    private static final Comparator<UncheckedColumn> ORDER = Comparator.comparing(
                    UncheckedColumn::table, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(UncheckedColumn::column, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(UncheckedColumn::reason)
            .thenComparing(UncheckedColumn::caller, Comparator.nullsFirst(Comparator.naturalOrder()));

    public static List<UncheckedColumn> of(DatabaseState state) {
        var columns = state.sequences().stream()
                .flatMap(sequence -> sequence.sequenceColumns().stream())
                .flatMap(sequenceColumn -> sequenceColumn.stored().gaps().stream()
                        .map(gap -> new UncheckedColumn(
                                gap.table(), sequenceColumn.column().column(), gap.reason(), null)));
        var calls = state.unknownCalls().stream()
                .map(call -> new UncheckedColumn(call.table(), call.column(), call.reason(), call.caller()));
        return Stream.concat(columns, calls).distinct().sorted(ORDER).toList();
    }

    /** Whether it is a call whose sequence is not known; else it is a column whose ids were not compared. */
    public boolean call() {
        return reason == NotCheckedReason.UnknownCall;
    }

    /** {@code public.t.id}, {@code trigger b of public.t}, {@code public.t.id and sequence public.t_seq}. */
    @Override
    public String toString() {
        if (caller == null) {
            return table + "." + column;
        }
        return call() || column == null ? caller : "%s.%s and %s".formatted(table, column, caller);
    }
}
