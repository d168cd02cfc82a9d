package dev.seqwatch.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds the bound that a sequence meets first. */
public final class Limits {
    private Limits() {}

    /** The tightest of the sequence's own end and the type of every column that stores its values. */
    public static Limit tightest(
            Sequence sequence, List<SequenceColumn> sequenceColumns, List<Reference> references, List<Limit> declared) {
        var ascending = sequence.ascending();
        var limits = new ArrayList<Limit>();
        limits.add(Limit.ofOwnRange(sequence));
        for (var sequenceColumn : sequenceColumns) {
            var bounds = sequenceColumn.storesValues() ? sequenceColumn.type().bounds() : null;
            if (bounds != null) {
                limits.add(new Limit(
                        bounds.end(ascending),
                        new Limit.Origin.OfColumn(sequenceColumn.column(), sequenceColumn.type())));
            }
        }
        for (var reference : references) {
            var bounds = reference.type().bounds();
            if (bounds != null) {
                limits.add(new Limit(
                        bounds.end(ascending), new Limit.Origin.OfReference(reference.column(), reference.type())));
            }
        }
        limits.addAll(declared);
        var byValue = Comparator.comparing(Limit::value);
        return limits.stream()
                .min((ascending ? byValue : byValue.reversed()).thenComparing(Limit::kind))
                .orElseThrow();
    }
}
