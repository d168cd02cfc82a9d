package dev.seqwatch.catalog;

import dev.seqwatch.sequence.ColumnName;
import dev.seqwatch.sequence.ColumnType;
import dev.seqwatch.sequence.Consumer;
import dev.seqwatch.sequence.Counters;
import dev.seqwatch.sequence.Draw;
import dev.seqwatch.sequence.NotCheckedReason;
import dev.seqwatch.sequence.Reference;
import dev.seqwatch.sequence.RelationName;
import dev.seqwatch.sequence.Server;
import dev.seqwatch.sequence.StoredIds;
import dev.seqwatch.sequence.StoredIds.Gap;
import dev.seqwatch.sequence.Table;
import dev.seqwatch.sequence.Uniqueness;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Makes consumers and references of the catalogs' rows. */
record Columns(Facts facts, Server server) {
    Assembly.Draft.Column consumer(SequenceQuery.Found found, DrawQuery.Found draw) {
        var root = relation(draw.attribute().relation());
        var members = members(found, draw);
        var blockers = new ArrayList<>(facts.blockers(root.oid(), draw.column()));
        if (members.getFirst().inherited()) {
            blockers.add("the table that it is inherited from");
        }
        var consumer = new Consumer(
                root.name().column(draw.column()),
                type(draw),
                draw(draw),
                table(root, apart(found, draw)),
                uniqueness(draw, root, members),
                new StoredIds(null, List.of()),
                blockers);
        var ids = beside(draw)
                ? IdSources.gap(consumer, NotCheckedReason.PartitionDefault)
                : IdSources.of(consumer, members, facts.uniqueness(), server);
        return new Assembly.Draft.Column(consumer, ids.with(unknownViews(members)));
    }

    /** Whether rows come to a partition with what its root draws, so that its own default is for inserts past the root alone. */
    private boolean beside(DrawQuery.Found draw) {
        return facts.trees().ancestors(draw.attribute().relation()).stream()
                .filter(ancestor -> ancestor != draw.attribute().relation())
                .anyMatch(ancestor -> facts.drawn().containsKey(new IdColumnQuery.Column(ancestor, draw.column()))
                        && relation(ancestor).kind().equals("p"));
    }

    /** What nobody could look at is said, else silence would pass for health. */
    private List<Gap> unknownViews(List<IdColumnQuery.Found> members) {
        return members.stream()
                .flatMap(member -> facts.grants().unknown().getOrDefault(member.attribute(), List.of()).stream())
                .distinct()
                .map(view -> new Gap(view, NotCheckedReason.ViewUnknown))
                .toList();
    }

    private Table table(RelationQuery.Found root, List<RelationName> apart) {
        var tree = facts.trees().members(root.oid()).stream()
                .map(facts.relations()::get)
                .filter(Objects::nonNull)
                .toList();
        return new Table(
                root.name(),
                root.owner(),
                root.persistence(),
                apart,
                tree.stream().anyMatch(RelationQuery.Found::subscribed),
                root.kind().equals("p"),
                tree.size() > 1,
                tree.stream().map(RelationQuery.Found::counters).reduce(Counters.NONE, Counters::plus));
    }

    /**
     * Unique indexes of the partitions alone protect each by itself, as a composite index would; so do those of children
     * whose root never held a row.
     */
    private Uniqueness uniqueness(DrawQuery.Found draw, RelationQuery.Found root, List<IdColumnQuery.Found> members) {
        var own = facts.uniqueness().getOrDefault(draw.attribute(), Uniqueness.None);
        var empty = root.kind().equals("p") || root.counters().rows() == 0;
        var below = members.stream()
                .skip(root.kind().equals("p") ? 0 : 1)
                .filter(member -> !member.kind().equals("p"))
                .toList();
        return own == Uniqueness.None
                        && empty
                        && !below.isEmpty()
                        && below.stream().allMatch(leaf -> facts.uniqueness().containsKey(leaf.attribute()))
                ? Uniqueness.Composite
                : own;
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
        var root = relation(draw.attribute().relation());
        var drawn = facts.drawn()
                .getOrDefault(new IdColumnQuery.Column(member.attribute().relation(), draw.column()), Set.of());
        return !root.kind().equals("p") && !drawn.isEmpty() && !drawn.contains(found.oid());
    }

    private Stream<IdColumnQuery.Found> tree(DrawQuery.Found draw) {
        return facts.trees().members(draw.attribute().relation()).stream()
                .map(member -> facts.idColumns().get(new IdColumnQuery.Column(member, draw.column())))
                .flatMap(Stream::ofNullable);
    }

    static Draw draw(DrawQuery.Found draw) {
        if (draw.expression() == null) {
            return switch (draw.identity()) {
                case "a" -> Draw.IdentityAlways;
                case DrawQuery.DECLARED -> Draw.Declared;
                default -> Draw.IdentityByDefault;
            };
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

    /** All columns behind the foreign keys that lead to this column or to a column that follows it. */
    List<Reference> references(SequenceQuery.Found sequence, DrawQuery.Found draw) {
        record Key(Attribute attribute, ColumnName name, ColumnType type) {}
        var references = new ArrayList<Reference>();
        var seen = new HashSet<Attribute>();
        var open = new ArrayDeque<Key>();
        for (var member : members(sequence, draw)) {
            open.add(new Key(member.attribute(), member.table().column(draw.column()), draw.type()));
            seen.add(member.attribute());
        }
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

    RelationName table(DrawQuery.Found draw) {
        return relation(draw.attribute().relation()).name();
    }

    private RelationQuery.Found relation(long oid) {
        return Objects.requireNonNull(facts.relations().get(oid));
    }
}
