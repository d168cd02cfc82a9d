package dev.seqwatch.check;

import dev.seqwatch.sequence.Consumer;
import dev.seqwatch.sequence.Persistence;
import dev.seqwatch.sequence.Snapshot;
import dev.seqwatch.sequence.WatchedSequence;
import java.util.Optional;
import java.util.stream.Stream;

/** An unlogged sequence feeds a logged table: a crash resets the one and not the other (15 and later). */
final class UnloggedSequence implements Check {
    @Override
    public Stream<Finding> examine(Snapshot snapshot, Policy policy, History history) {
        return snapshot.sequences().stream()
                .filter(watched -> watched.sequence().persistence() == Persistence.Unlogged)
                .flatMap(watched -> logged(watched).map(consumer -> examine(watched, consumer)).stream());
    }

    private static Optional<Consumer> logged(WatchedSequence watched) {
        return watched.consumers().stream()
                .filter(consumer -> consumer.table().persistence() == Persistence.Permanent)
                .findFirst();
    }

    private Finding examine(WatchedSequence watched, Consumer consumer) {
        return finding(
                Severity.Warning,
                Subject.of(watched.name()).column(consumer.column()),
                "%s is unlogged but feeds %s, which is not: after a crash it starts again at %s while the rows are still there."
                        .formatted(
                                watched.name(),
                                consumer.column(),
                                watched.sequence().start()),
                new Script()
                        .statement("ALTER SEQUENCE " + watched.name().sql() + " SET LOGGED")
                        .toString());
    }
}
