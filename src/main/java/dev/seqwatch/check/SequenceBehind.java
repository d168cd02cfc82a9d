package dev.seqwatch.check;

import dev.seqwatch.sequence.Snapshot;
import java.util.stream.Stream;

final class SequenceBehind implements Check {
    @Override
    public Stream<Finding> examine(Snapshot snapshot, Policy policy) {
        return Stream.empty();
    }
}
