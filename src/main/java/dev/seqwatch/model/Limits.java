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
        limits.add(new Limit(
                sequence.end(),
                Limit.Kind.Sequence,
                (ascending ? "MAXVALUE" : "MINVALUE") + " " + sequence.end() + " of " + sequence.name()));
        for (var sequenceColumn : sequenceColumns) {
            var bounds = sequenceColumn.storesValues() ? sequenceColumn.type().bounds() : null;
            if (bounds != null) {
                limits.add(
                        column(Limit.Kind.Column, bounds, ascending, sequenceColumn.column(), sequenceColumn.type()));
            }
        }
        for (var reference : references) {
            var bounds = reference.type().bounds();
            if (bounds != null) {
                limits.add(column(Limit.Kind.Reference, bounds, ascending, reference.column(), reference.type()));
            }
        }
        limits.addAll(declared);
        var byValue = Comparator.comparing(Limit::value);
        return limits.stream()
                .min((ascending ? byValue : byValue.reversed()).thenComparing(Limit::kind))
                .orElseThrow();
    }

    private static Limit column(
            Limit.Kind kind, ValueRange bounds, boolean ascending, ColumnName column, ColumnType type) {
        return new Limit(bounds.end(ascending), kind, column + " " + type.display());
    }
}
