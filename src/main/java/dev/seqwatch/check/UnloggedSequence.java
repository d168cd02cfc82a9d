package dev.seqwatch.check;

import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Persistence;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.WatchedSequence;
import dev.seqwatch.remedy.Script;
import java.util.Optional;
import java.util.stream.Stream;

/** An unlogged sequence feeds a logged table: a crash resets the one and not the other (15 and later). */
final class UnloggedSequence implements Check {
    @Override
    public Stream<Finding> examine(DatabaseState state, CheckPolicy policy, DatabaseHistory history) {
        return state.sequences().stream()
                .filter(watched -> watched.sequence().persistence() == Persistence.Unlogged)
                .flatMap(watched -> logged(watched).map(sequenceColumn -> examine(watched, sequenceColumn)).stream());
    }

    private static Optional<SequenceColumn> logged(WatchedSequence watched) {
        return watched.sequenceColumns().stream()
                .filter(sequenceColumn -> sequenceColumn.table().persistence() == Persistence.Permanent)
                .findFirst();
    }

    private Finding examine(WatchedSequence watched, SequenceColumn sequenceColumn) {
        return finding(
                Severity.Warning,
                Subject.of(watched.name()).column(sequenceColumn.column()),
                "%s is unlogged but feeds %s, which is not: after a crash it starts again at %s while the rows are still there."
                        .formatted(
                                watched.name(),
                                sequenceColumn.column(),
                                watched.sequence().start()),
                new Script()
                        .statement("ALTER SEQUENCE " + watched.name().sql() + " SET LOGGED")
                        .toString());
    }
}
