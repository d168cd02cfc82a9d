package dev.seqwatch.check;

import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.WatchedSequence;
import dev.seqwatch.remedy.OwnedByRemedy;
import java.util.Optional;
import java.util.stream.Stream;

/** A sequence that feeds a default but belongs to no column. */
final class SequenceUnowned implements Check {
    @Override
    public Stream<Finding> examine(DatabaseState state, CheckPolicy policy, DatabaseHistory history) {
        return state.sequences().stream()
                .filter(watched -> watched.owned() == null)
                .flatMap(watched -> examine(watched).stream());
    }

    private Optional<Finding> examine(WatchedSequence watched) {
        return OwnedByRemedy.callingColumns(watched).stream()
                .findFirst()
                .map(sequenceColumn -> Finding.of(
                        this,
                        Severity.Info,
                        Subject.of(watched.name()).column(sequenceColumn.column()),
                        "%s feeds %s but is owned by no column: it remains when the table is dropped, and TRUNCATE … RESTART IDENTITY does not reset it."
                                .formatted(watched.name(), sequenceColumn.column()),
                        OwnedByRemedy.to(watched)));
    }
}
