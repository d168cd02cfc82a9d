package dev.seqwatch.check;

import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.model.ColumnName;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Reference;
import dev.seqwatch.model.ValueRange;
import dev.seqwatch.model.WatchedSequence;
import dev.seqwatch.remedy.WidenRemedy;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A foreign-key column that cannot hold every value of the key it points to. It does not matter what feeds the key: a
 * sequence, an application or a default that computes. A column that follows the key of a sequence is named with that
 * sequence.
 */
final class ReferenceNarrowerThanKey implements Check {
    @Override
    public Stream<Finding> examine(DatabaseState state, CheckPolicy policy, DatabaseHistory history) {
        var followed = state.sequences().stream()
                .flatMap(watched -> watched.references().stream())
                .map(Reference::column)
                .collect(Collectors.toSet());
        var ofSequences = state.sequences().stream().flatMap(this::examine);
        var byKey = WidenRemedy.byKey(state.references());
        var others = narrower(state.references(), true).stream()
                .filter(reference -> !followed.contains(reference.column())
                        && reference.type().isNumeric()
                        && reference.keyType().isNumeric())
                .map(reference -> examine(reference, byKey, true, Subject.of(reference.column())));
        return Stream.concat(ofSequences, others);
    }

    private Stream<Finding> examine(WatchedSequence watched) {
        var byKey = WidenRemedy.byKey(watched.references());
        var ascending = watched.sequence().ascending();
        return narrower(watched.references(), ascending).stream()
                .map(reference -> examine(
                        reference, byKey, ascending, Subject.of(watched.name()).column(reference.column())));
    }

    /** Each column once, however many constraints it stands in. */
    private static Collection<Reference> narrower(List<Reference> all, boolean ascending) {
        var found = new LinkedHashMap<ColumnName, Reference>();
        all.stream()
                .filter(reference -> narrower(reference, ascending))
                .forEach(reference -> found.putIfAbsent(reference.column(), reference));
        return found.values();
    }

    /** Keys end at bigint, however wide their type is. */
    private static boolean narrower(Reference reference, boolean ascending) {
        var key = reference.keyType().bounds();
        var end = (key == null ? ValueRange.BIGINT : ValueRange.BIGINT.common(key)).end(ascending);
        return WidenRemedy.endsBefore(reference.type(), end, ascending);
    }

    private Finding examine(
            Reference reference, Map<ColumnName, List<Reference>> byKey, boolean ascending, Subject subject) {
        var text =
                "%s is %s but references %s, which is %s (constraint %s): rows with larger keys cannot be referenced, inserts fail with \"out of range\"."
                        .formatted(
                                reference.column(),
                                reference.type().display(),
                                reference.key(),
                                reference.keyType().display(),
                                reference.constraint());
        return Finding.of(this, Severity.Warning, subject, text, WidenRemedy.reference(byKey, reference, ascending));
    }
}
