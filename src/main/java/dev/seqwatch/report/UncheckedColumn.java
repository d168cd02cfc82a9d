package dev.seqwatch.report;

import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.NotCheckedReason;
import dev.seqwatch.model.RelationName;
import java.util.Comparator;
import java.util.List;

/** A column whose ids were not compared with its sequence, so that its silence proves nothing. */
record UncheckedColumn(RelationName table, String column, NotCheckedReason reason) {
    private static final Comparator<UncheckedColumn> ORDER = Comparator.comparing(UncheckedColumn::table)
            .thenComparing(UncheckedColumn::column)
            .thenComparing(UncheckedColumn::reason);

    static List<UncheckedColumn> of(DatabaseState state) {
        return state.sequences().stream()
                .flatMap(sequence -> sequence.sequenceColumns().stream())
                .flatMap(sequenceColumn -> sequenceColumn.stored().gaps().stream()
                        .map(gap -> new UncheckedColumn(
                                gap.table(), sequenceColumn.column().column(), gap.reason())))
                .distinct()
                .sorted(ORDER)
                .toList();
    }
}
