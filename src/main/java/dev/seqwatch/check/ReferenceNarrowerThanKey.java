package dev.seqwatch.check;

import dev.seqwatch.sequence.Reference;
import dev.seqwatch.sequence.Snapshot;
import dev.seqwatch.sequence.ValueRange;
import dev.seqwatch.sequence.WatchedSequence;
import java.util.List;
import java.util.stream.Stream;

/** A foreign-key column that cannot hold every value of the key it points to. */
final class ReferenceNarrowerThanKey implements Check {
    @Override
    public Stream<Finding> examine(Snapshot snapshot, Policy policy, History history) {
        return snapshot.sequences().stream()
                .flatMap(watched -> watched.references().stream()
                        .filter(reference -> narrower(watched, reference))
                        .map(reference -> examine(watched, reference)));
    }

    private static boolean narrower(WatchedSequence watched, Reference reference) {
        var ascending = watched.sequence().ascending();
        var key = reference.keyType().bounds();
        return Widening.endsBefore(reference.type(), (key == null ? ValueRange.BIGINT : key).end(ascending), ascending);
    }

    private Finding examine(WatchedSequence watched, Reference reference) {
        var text =
                "%s is %s but references %s, which is %s (constraint %s): rows with larger keys cannot be referenced, inserts fail with \"out of range\"."
                        .formatted(
                                reference.column(),
                                reference.type().display(),
                                reference.key(),
                                reference.keyType().display(),
                                reference.constraint());
        return Widening.columns(List.of(Widening.Narrow.of(reference)))
                .finding(this, Severity.Warning, Subject.of(watched.name()).column(reference.column()), text);
    }
}
