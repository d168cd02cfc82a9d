package dev.seqwatch.catalog;

import dev.seqwatch.sequence.Consumer;
import dev.seqwatch.sequence.Draw;
import dev.seqwatch.sequence.InsertGrant;
import dev.seqwatch.sequence.Limit;
import dev.seqwatch.sequence.Limits;
import dev.seqwatch.sequence.Ownership;
import dev.seqwatch.sequence.Reference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes of the catalogs' rows what is known of each sequence before any position or id is read. */
record Assembly(Facts facts, Columns columns, List<Scope.DeclaredLimit> limits) {
    /** A sequence whose position and stored ids are still to be read. */
    record Draft(
            SequenceQuery.Found found,
            @Nullable Ownership owned,
            List<Column> columns,
            List<Reference> references,
            List<String> otherUses,
            List<InsertGrant> withoutUsage,
            Limit limit) {
        record Column(Consumer consumer, IdSources ids) {}
    }

    List<Draft> drafts() {
        return facts.sequences().stream().map(this::draft).toList();
    }

    private Draft draft(SequenceQuery.Found found) {
        var draws = facts.draws().getOrDefault(found.oid(), List.of());
        var roots = draws.stream().filter(draw -> !facts.inherited(draw, draws)).toList();
        var drawing = roots.stream().map(draw -> columns.consumer(found, draw)).toList();
        var consumers = drawing.stream().map(Draft.Column::consumer).toList();
        var references = roots.stream()
                .filter(draw -> Columns.draw(draw) != Draw.Derived)
                .flatMap(draw -> columns.references(found, draw).stream())
                .distinct()
                .toList();
        return new Draft(
                found,
                owned(found, draws),
                drawing,
                references,
                facts.otherUses().getOrDefault(found.oid(), List.of()),
                facts.grants().missing().getOrDefault(found.oid(), List.of()),
                Limits.tightest(found.sequence(), consumers, references, declared(found, consumers, references)));
    }

    private @Nullable Ownership owned(SequenceQuery.Found found, List<DrawQuery.Found> draws) {
        var owned = found.owned();
        return owned == null
                ? null
                : new Ownership(
                        owned.column(),
                        owned.identity(),
                        owned.identity()
                                || draws.stream()
                                        .anyMatch(draw -> columns.table(draw)
                                                .column(draw.column())
                                                .equals(owned.column())));
    }

    private List<Limit> declared(SequenceQuery.Found found, List<Consumer> consumers, List<Reference> references) {
        return limits.stream()
                .filter(limit -> limit.concerns(consumers, references) && limit.liesAhead(found.sequence()))
                .map(Scope.DeclaredLimit::limit)
                .toList();
    }
}
