package dev.seqwatch.report;

import dev.seqwatch.sequence.NotCheckedReason;
import dev.seqwatch.sequence.RelationName;
import dev.seqwatch.sequence.Snapshot;
import java.util.Comparator;
import java.util.List;

/** A column whose ids were not compared with its sequence, so that its silence proves nothing. */
record UncheckedColumn(RelationName table, String column, NotCheckedReason reason) {
    private static final Comparator<UncheckedColumn> ORDER = Comparator.comparing(UncheckedColumn::table)
            .thenComparing(UncheckedColumn::column)
            .thenComparing(UncheckedColumn::reason);

    static List<UncheckedColumn> of(Snapshot snapshot) {
        return snapshot.sequences().stream()
                .flatMap(sequence -> sequence.consumers().stream())
                .flatMap(consumer -> consumer.stored().gaps().stream()
                        .map(gap -> new UncheckedColumn(
                                gap.table(), consumer.column().column(), gap.reason())))
                .distinct()
                .sorted(ORDER)
                .toList();
    }
}
