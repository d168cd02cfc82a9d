package dev.seqwatch.catalog;

import dev.seqwatch.sequence.ColumnName;
import dev.seqwatch.sequence.ColumnType;
import dev.seqwatch.sequence.Consumer;
import dev.seqwatch.sequence.Draw;
import dev.seqwatch.sequence.InsertGrant;
import dev.seqwatch.sequence.Limit;
import dev.seqwatch.sequence.Limits;
import dev.seqwatch.sequence.Reference;
import dev.seqwatch.sequence.RelationName;
import dev.seqwatch.sequence.Server;
import dev.seqwatch.sequence.StoredIds;
import dev.seqwatch.sequence.Table;
import dev.seqwatch.sequence.Uniqueness;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Makes of the catalogs' rows what is known of each sequence before any position or id is read. */
record Assembly(Facts facts, Server server) {
    /** A sequence whose position and stored ids are still to be read. */
    record Draft(
            SequenceQuery.Found found,
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
        var roots = draws.stream().filter(draw -> !inherited(draw, draws)).toList();
        var columns = roots.stream()
                .map(draw -> column(found, draw))
                .filter(Objects::nonNull)
                .toList();
        var consumers = columns.stream().map(Draft.Column::consumer).toList();
        var references = roots.stream()
                .filter(draw -> draw(draw) != Draw.Derived)
                .flatMap(draw -> references(found, draw).stream())
                .distinct()
                .toList();
        return new Draft(
                found,
                columns,
                references,
                facts.otherUses().getOrDefault(found.oid(), List.of()),
                withoutUsage(found, draws),
                Limits.tightest(found.sequence(), consumers, references, List.of()));
    }

    /** A partition or child has its parent's default copied; the tree counts as one table. */
    private boolean inherited(DrawQuery.Found draw, List<DrawQuery.Found> all) {
        var ancestors = facts.trees().ancestors(draw.attribute().relation());
        return all.stream()
                .anyMatch(other ->
                        other.attribute().relation() != draw.attribute().relation()
                                && other.column().equals(draw.column())
                                && ancestors.contains(other.attribute().relation()));
    }

    private Draft.Column column(SequenceQuery.Found found, DrawQuery.Found draw) {
        var root = Objects.requireNonNull(facts.relations().get(draw.attribute().relation()));
        var members = members(found, draw);
        var subscribed = facts.trees().members(root.oid()).stream()
                .map(facts.relations()::get)
                .anyMatch(member -> member != null && member.subscribed());
        var blockers = new ArrayList<>(facts.blockers(root.oid(), draw.column()));
        if (members.getFirst().inherited()) {
            blockers.add("the table that it is inherited from");
        }
        var consumer = new Consumer(
                root.name().column(draw.column()),
                type(draw),
                draw(draw),
                new Table(root.name(), root.owner(), root.persistence(), subscribed, apart(found, draw)),
                facts.uniqueness().getOrDefault(draw.attribute(), Uniqueness.None),
                new StoredIds(null, List.of()),
                blockers);
        return new Draft.Column(consumer, IdSources.of(consumer, members, facts.uniqueness(), server));
    }

    /** The tables that store what the column draws, its root first. */
    private List<IdColumnQuery.Found> members(SequenceQuery.Found found, DrawQuery.Found draw) {
        return tree(draw).filter(member -> !apart(found, draw, member)).toList();
    }

    private List<RelationName> apart(SequenceQuery.Found found, DrawQuery.Found draw) {
        return tree(draw)
                .filter(member -> apart(found, draw, member))
                .map(IdColumnQuery.Found::table)
                .toList();
    }

    /** Rows reach a partition through its root, so its own default does not matter; an inheriting table's does. */
    private boolean apart(SequenceQuery.Found found, DrawQuery.Found draw, IdColumnQuery.Found member) {
        var root = Objects.requireNonNull(facts.relations().get(draw.attribute().relation()));
        var drawn = facts.drawn()
                .getOrDefault(new IdColumnQuery.Column(member.attribute().relation(), draw.column()), Set.of());
        return !root.kind().equals("p") && !drawn.isEmpty() && !drawn.contains(found.oid());
    }

    private Stream<IdColumnQuery.Found> tree(DrawQuery.Found draw) {
        return facts.trees().members(draw.attribute().relation()).stream()
                .map(member -> facts.idColumns().get(new IdColumnQuery.Column(member, draw.column())))
                .flatMap(Stream::ofNullable);
    }

    private static Draw draw(DrawQuery.Found draw) {
        if (draw.expression() == null) {
            return draw.identity().equals("a") ? Draw.IdentityAlways : Draw.IdentityByDefault;
        }
        return switch (DefaultExpression.parse(draw.expression())) {
            case DefaultExpression.Plain _ -> Draw.Default;
            case DefaultExpression.LateBound _ -> Draw.LateBound;
            case DefaultExpression.Derived _ -> Draw.Derived;
        };
    }

    /** A default that casts on its way is as narrow as its cast. */
    private static ColumnType type(DrawQuery.Found draw) {
        return draw.expression() != null
                        && DefaultExpression.parse(draw.expression()) instanceof DefaultExpression.Plain(var cast)
                        && cast != null
                ? draw.type().castTo(cast)
                : draw.type();
    }

    private List<Reference> references(SequenceQuery.Found sequence, DrawQuery.Found draw) {
        record Key(Attribute attribute, ColumnName name, ColumnType type) {}
        var references = new ArrayList<Reference>();
        var seen = new HashSet<Attribute>();
        var open = new ArrayDeque<Key>();
        members(sequence, draw)
                .forEach(member ->
                        open.add(new Key(member.attribute(), member.table().column(draw.column()), draw.type())));
        open.forEach(key -> seen.add(key.attribute()));
        while (!open.isEmpty()) {
            var key = open.remove();
            for (var found : facts.foreignKeys().getOrDefault(key.attribute(), List.of())) {
                if (seen.add(found.attribute())) {
                    var name = found.table().column(found.column());
                    references.add(new Reference(
                            name,
                            found.type(),
                            found.constraint(),
                            key.name(),
                            key.type(),
                            facts.blockers(found.root(), found.column())));
                    open.add(new Key(found.attribute(), name, found.type()));
                }
            }
        }
        return references;
    }

    /** A grant on the table itself hides the same role's grant on a view over it. */
    private List<InsertGrant> withoutUsage(SequenceQuery.Found found, List<DrawQuery.Found> draws) {
        var grants = facts.grants().getOrDefault(found.oid(), List.of());
        return draws.stream()
                .flatMap(draw -> grants.stream()
                        .filter(grant -> grant.table() == draw.attribute().relation())
                        .map(grant -> new InsertGrant(
                                grant.role(),
                                name(draw.attribute().relation()).column(draw.column()),
                                grant.through())))
                .filter(grant -> !grant.throughView()
                        || grants.stream()
                                .noneMatch(other -> other.role().equals(grant.role())
                                        && other.through().equals(grant.column().table())))
                .distinct()
                .toList();
    }

    private RelationName name(long relation) {
        return Objects.requireNonNull(facts.relations().get(relation)).name();
    }
}
