package dev.seqwatch.check;

import dev.seqwatch.sequence.Snapshot;
import java.util.stream.Stream;

/** A key that ends at 32,767 or at two thousand million. */
final class KeyNotBigint implements Check {
    @Override
    public Stream<Finding> examine(Snapshot snapshot, Policy policy, History history) {
        return snapshot.sequences().stream()
                .flatMap(watched -> watched.consumers().stream()
                        .filter(consumer -> consumer.storesValues() && Keys.smallOrInteger(consumer))
                        .map(consumer -> Widening.everything(watched)
                                .finding(
                                        this,
                                        Severity.Info,
                                        Subject.of(watched.name()).column(consumer.column()),
                                        "%s is %s: bigint costs four bytes a row or less, and widening later costs a rewrite."
                                                .formatted(
                                                        consumer.column(),
                                                        consumer.type().display()))));
    }
}
