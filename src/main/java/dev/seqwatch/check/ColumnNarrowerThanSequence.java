package dev.seqwatch.check;

import dev.seqwatch.sequence.Snapshot;
import dev.seqwatch.sequence.WatchedSequence;
import java.util.stream.Stream;

/** The type of a column ends before its sequence does: what reads the sequence alone sees room that is not there. */
final class ColumnNarrowerThanSequence implements Check {
    @Override
    public Stream<Finding> examine(Snapshot snapshot, Policy policy, History history) {
        return snapshot.sequences().stream().flatMap(this::examine);
    }

    private Stream<Finding> examine(WatchedSequence watched) {
        var sequence = watched.sequence();
        return watched.consumers().stream()
                .filter(consumer -> consumer.storesValues()
                        && Widening.endsBefore(consumer.type(), sequence.end(), sequence.ascending()))
                .map(consumer -> Widening.everything(watched)
                        .finding(
                                this,
                                Severity.Info,
                                Subject.of(watched.name()).column(consumer.column()),
                                "%s is %s and ends before %s, which goes on to %s: %s, while the sequence still looks healthy."
                                        .formatted(
                                                consumer.column(),
                                                consumer.type().display(),
                                                watched.name(),
                                                sequence.end(),
                                                Keys.overflow(consumer))));
    }
}
