package dev.seqwatch.check;

import dev.seqwatch.model.ColumnName;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Reference;
import dev.seqwatch.model.ValueRange;
import dev.seqwatch.model.WatchedSequence;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.stream.Stream;

/** A foreign-key column that cannot hold every value of the key it points to. */
final class ReferenceNarrowerThanKey implements Check {
    @Override
    public Stream<Finding> examine(DatabaseState state, CheckPolicy policy, DatabaseHistory history) {
        return state.sequences().stream()
                .flatMap(watched -> narrower(watched).stream().map(reference -> examine(watched, reference)));
    }

    /** Each column once, however many constraints it stands in. */
    private static Collection<Reference> narrower(WatchedSequence watched) {
        var found = new LinkedHashMap<ColumnName, Reference>();
        watched.references().stream()
                .filter(reference -> narrower(watched, reference))
                .forEach(reference -> found.putIfAbsent(reference.column(), reference));
        return found.values();
    }

    /** No sequence goes beyond bigint, however wide the key is. */
    private static boolean narrower(WatchedSequence watched, Reference reference) {
        var ascending = watched.sequence().ascending();
        var key = reference.keyType().bounds();
        var end = (key == null ? ValueRange.BIGINT : ValueRange.BIGINT.common(key)).end(ascending);
        return WidenRemedy.endsBefore(reference.type(), end, ascending);
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
        return WidenRemedy.reference(watched, reference)
                .finding(this, Severity.Warning, Subject.of(watched.name()).column(reference.column()), text);
    }
}
