package dev.seqwatch.postgres.catalog;

import dev.seqwatch.model.ColumnName;
import dev.seqwatch.model.Limit;
import dev.seqwatch.model.Reference;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.Sequence;
import dev.seqwatch.model.SequenceColumn;
import java.math.BigInteger;
import java.util.List;
import java.util.function.Predicate;

/**
 * What of a database is looked at, and what its catalogs cannot tell.
 *
 * @param schemas whether the sequences of a schema are
 * @param links columns whose ids the application takes from a sequence by itself
 * @param denied columns that no such sequence feeds, although names and ids may look like it
 * @param limits values that a column must not pass for a reason outside the database
 */
public record Scope(Predicate<String> schemas, List<Link> links, List<Link> denied, List<DeclaredLimit> limits) {
    public static final Scope ALL = new Scope(_ -> true, List.of(), List.of());

    /** Without links that are denied. */
    public Scope(Predicate<String> schemas, List<Link> links, List<DeclaredLimit> limits) {
        this(schemas, links, List.of(), limits);
    }

    public Scope {
        denied = List.copyOf(denied);
        links = List.copyOf(links);
        limits = List.copyOf(limits);
    }

    /** A column that stores what an application takes from a sequence. */
    public record Link(RelationName sequence, ColumnName column) {}

    /**
     * A bound that no type knows of, e.g. 2^53 for JSON clients.
     *
     * @param max the last value, in the direction in which the column's sequence counts
     * @param reason may be empty
     */
    public record DeclaredLimit(ColumnName column, BigInteger max, String reason) {
        /** Whether the column is one of these. */
        public boolean concerns(List<SequenceColumn> sequenceColumns, List<Reference> references) {
            return sequenceColumns.stream()
                            .filter(SequenceColumn::storesValues)
                            .anyMatch(sequenceColumn -> sequenceColumn.column().equals(column))
                    || references.stream()
                            .anyMatch(reference -> reference.column().equals(column));
        }

        /** A sequence that descends from below it counts away from it. */
        public boolean liesAhead(Sequence sequence) {
            return sequence.ascending() || max.compareTo(sequence.rangeStart()) <= 0;
        }

        public Limit limit() {
            return new Limit(max, new Limit.Origin.Declared(column, reason));
        }
    }
}
