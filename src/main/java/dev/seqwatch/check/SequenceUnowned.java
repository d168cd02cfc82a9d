package dev.seqwatch.check;

import dev.seqwatch.sequence.Snapshot;
import dev.seqwatch.sequence.WatchedSequence;
import java.util.Optional;
import java.util.stream.Stream;

/** A sequence that feeds a default but belongs to no column. */
final class SequenceUnowned implements Check {
    @Override
    public Stream<Finding> examine(Snapshot snapshot, Policy policy, History history) {
        return snapshot.sequences().stream()
                .filter(watched -> watched.owned() == null)
                .flatMap(watched -> examine(watched).stream());
    }

    private Optional<Finding> examine(WatchedSequence watched) {
        return Handover.drawing(watched).stream()
                .findFirst()
                .map(consumer -> Handover.to(watched)
                        .finding(
                                this,
                                Severity.Info,
                                Subject.of(watched.name()).column(consumer.column()),
                                "%s feeds %s but is owned by no column: it stays behind when the table is dropped, and TRUNCATE … RESTART IDENTITY passes it by."
                                        .formatted(watched.name(), consumer.column())));
    }
}
