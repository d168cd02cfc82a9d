package dev.seqwatch.check;

import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.WatchedSequence;
import java.util.stream.Stream;

/** One sequence, several independent tables: each insert into one uses up the range of all. */
final class SharedSequence implements Check {
    @Override
    public Stream<Finding> examine(DatabaseState state, CheckPolicy policy, DatabaseHistory history) {
        return state.sequences().stream().flatMap(watched -> {
            var tables = watched.sequenceColumns().stream()
                    .map(sequenceColumn -> sequenceColumn.table().name().toString())
                    .distinct()
                    .toList();
            return tables.size() < 2
                    ? Stream.empty()
                    : Stream.of(finding(
                            Severity.Info,
                            Subjects.of(watched),
                            "%s feeds %s independent tables (%s): the narrowest of them limits all.%s Decide whether they are meant to share it."
                                    .formatted(
                                            watched.name(), tables.size(), String.join(", ", tables), owner(watched))));
        });
    }

    private static String owner(WatchedSequence watched) {
        return watched.owned() == null
                ? ""
                : " It belongs to %s: dropping that table is refused, or with CASCADE takes the default of the others away."
                        .formatted(watched.owned().column());
    }
}
