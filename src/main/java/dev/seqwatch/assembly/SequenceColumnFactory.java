package dev.seqwatch.assembly;

import dev.seqwatch.model.ColumnName;
import dev.seqwatch.model.ColumnType;
import dev.seqwatch.model.NotCheckedReason;
import dev.seqwatch.model.Reference;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.Server;
import dev.seqwatch.model.StoredIds;
import dev.seqwatch.model.Subscription;
import dev.seqwatch.model.Table;
import dev.seqwatch.model.TableStatistics;
import dev.seqwatch.model.Uniqueness;
import dev.seqwatch.model.ValueSource;
import dev.seqwatch.postgres.catalog.ColumnId;
import dev.seqwatch.postgres.catalog.IdColumnQuery;
import dev.seqwatch.postgres.catalog.RelationQuery;
import dev.seqwatch.postgres.catalog.SequenceDefaultQuery;
import dev.seqwatch.postgres.catalog.SequenceQuery;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes sequence columns and references of the catalogs' rows. */
public record SequenceColumnFactory(CatalogRows rows, Server server) {
    SequenceAssembler.UnreadSequence.Column sequenceColumn(
            SequenceQuery.SequenceRow found, SequenceDefaultQuery.DefaultRow defaultRow) {
        var root = relation(defaultRow.attribute().relation());
        var members = members(found, defaultRow);
        var sequenceColumn = new SequenceColumn(
                root.name().column(defaultRow.column()),
                type(defaultRow),
                valueSource(defaultRow),
                defaultRow.caller() == null ? null : defaultRow.caller().name(),
                table(root, independentChildren(found, defaultRow)),
                uniqueness(defaultRow, root, members),
                StoredIds.NONE,
                members.getFirst().inherited() ? List.of("the table that it is inherited from") : List.of());
        var ids = bypassesRoot(defaultRow)
                ? IdSources.gap(sequenceColumn, NotCheckedReason.PartitionDefault)
                : IdSources.of(sequenceColumn, defaultRow.expression(), members, rows.uniqueColumns(), server);
        var column = new IdColumnQuery.Column(root.oid(), defaultRow.column());
        return new SequenceAssembler.UnreadSequence.Column(
                sequenceColumn,
                rows.limits().areUnknown(column)
                        ? ids.withGap(new StoredIds.Gap(root.name(), NotCheckedReason.UnknownConstraint))
                        : ids,
                column,
                members.stream().map(IdColumnQuery.IdColumnRow::attribute).toList());
    }

    /** Whether rows come to a partition with the ids that its root takes, so that its own default is for inserts past the root alone. */
    private boolean bypassesRoot(SequenceDefaultQuery.DefaultRow defaultRow) {
        return rows.trees().ancestors(defaultRow.attribute().relation()).stream()
                .filter(ancestor -> ancestor != defaultRow.attribute().relation())
                .anyMatch(ancestor ->
                        rows.sequencesByColumn().containsKey(new IdColumnQuery.Column(ancestor, defaultRow.column()))
                                && relation(ancestor).kind().equals("p"));
    }

    private Table table(RelationQuery.RelationRow root, List<RelationName> independentChildren) {
        var tree = rows.trees().members(root.oid()).stream()
                .map(rows.relations()::get)
                .filter(Objects::nonNull)
                .toList();
        return new Table(
                root.name(),
                root.owner(),
                root.persistence(),
                independentChildren,
                subscription(tree),
                root.kind().equals("p"),
                tree.size() > 1,
                root.keyed(),
                tree.stream()
                        .map(RelationQuery.RelationRow::counters)
                        .reduce(TableStatistics::plus)
                        .orElse(TableStatistics.NONE));
    }

    /** The table takes rows from its subscription as long as one worker runs. */
    private static Subscription subscription(List<RelationQuery.RelationRow> tree) {
        var all = tree.stream().map(RelationQuery.RelationRow::subscription).collect(Collectors.toSet());
        return all.contains(Subscription.Running)
                ? Subscription.Running
                : all.contains(Subscription.Stopped) ? Subscription.Stopped : Subscription.None;
    }

    /**
     * Unique indexes of the partitions alone protect each by itself, as a composite index would; so do those of children
     * whose root never held a row.
     */
    private Uniqueness uniqueness(
            SequenceDefaultQuery.DefaultRow defaultRow,
            RelationQuery.RelationRow root,
            List<IdColumnQuery.IdColumnRow> members) {
        var own = rows.uniqueColumns().of(defaultRow.attribute());
        var empty = root.kind().equals("p") || root.counters().rows() == 0;
        var below = members.stream()
                .skip(root.kind().equals("p") ? 0 : 1)
                .filter(member -> !member.kind().equals("p"))
                .toList();
        return own == Uniqueness.None
                        && empty
                        && !below.isEmpty()
                        && below.stream().allMatch(leaf -> rows.uniqueColumns().of(leaf.attribute()) != Uniqueness.None)
                ? Uniqueness.Composite
                : own;
    }

    /** The tables that store the ids of the column, its root first. */
    private List<IdColumnQuery.IdColumnRow> members(
            SequenceQuery.SequenceRow found, SequenceDefaultQuery.DefaultRow defaultRow) {
        return tree(defaultRow)
                .filter(member -> !isIndependentChild(found, defaultRow, member))
                .toList();
    }

    private List<RelationName> independentChildren(
            SequenceQuery.SequenceRow found, SequenceDefaultQuery.DefaultRow defaultRow) {
        return tree(defaultRow)
                .filter(member -> isIndependentChild(found, defaultRow, member))
                .map(IdColumnQuery.IdColumnRow::table)
                .toList();
    }

    /** Rows reach a partition through its root, so its own default does not matter; an inheriting table's does. */
    private boolean isIndependentChild(
            SequenceQuery.SequenceRow found,
            SequenceDefaultQuery.DefaultRow defaultRow,
            IdColumnQuery.IdColumnRow member) {
        var root = relation(defaultRow.attribute().relation());
        var sequencesByColumn = rows.sequencesByColumn()
                .getOrDefault(new IdColumnQuery.Column(member.attribute().relation(), defaultRow.column()), Set.of());
        return !root.kind().equals("p") && !sequencesByColumn.isEmpty() && !sequencesByColumn.contains(found.oid());
    }

    private Stream<IdColumnQuery.IdColumnRow> tree(SequenceDefaultQuery.DefaultRow defaultRow) {
        return rows.trees().members(defaultRow.attribute().relation()).stream()
                .map(member -> rows.idColumns().get(new IdColumnQuery.Column(member, defaultRow.column())))
                .flatMap(Stream::ofNullable);
    }

    static ValueSource valueSource(SequenceDefaultQuery.DefaultRow defaultRow) {
        if (defaultRow.caller() != null) {
            return defaultRow.caller().source();
        }
        if (defaultRow.expression() == null) {
            return defaultRow.identity().equals("a") ? ValueSource.IdentityAlways : ValueSource.IdentityByDefault;
        }
        return switch (DefaultExpression.parse(defaultRow.expression())) {
            case DefaultExpression.Plain _ -> ValueSource.Default;
            case DefaultExpression.LateBound _ -> ValueSource.LateBound;
            case DefaultExpression.Derived _ -> ValueSource.Derived;
        };
    }

    /** A default that casts on its way is as narrow as its cast. */
    private static ColumnType type(SequenceDefaultQuery.DefaultRow defaultRow) {
        return defaultRow.expression() != null
                        && DefaultExpression.parse(defaultRow.expression()) instanceof DefaultExpression.Plain(var cast)
                        && cast != null
                ? defaultRow.type().castTo(cast)
                : defaultRow.type();
    }

    /** All columns behind the foreign keys that lead to this column or to a column that follows it. */
    List<SequenceAssembler.UnreadSequence.UnreadReference> references(
            SequenceQuery.SequenceRow sequence, SequenceDefaultQuery.DefaultRow defaultRow) {
        record Key(ColumnId attribute, ColumnName name, ColumnType type) {}
        var references = new ArrayList<SequenceAssembler.UnreadSequence.UnreadReference>();
        var seen = new HashSet<ColumnId>();
        var open = new ArrayDeque<Key>();
        for (var member : members(sequence, defaultRow)) {
            open.add(new Key(member.attribute(), member.table().column(defaultRow.column()), defaultRow.type()));
            seen.add(member.attribute());
        }
        while (!open.isEmpty()) {
            var key = open.remove();
            for (var found : rows.foreignKeys().getOrDefault(key.attribute(), List.of())) {
                if (seen.add(found.attribute())) {
                    var name = found.table().column(found.column());
                    references.add(new SequenceAssembler.UnreadSequence.UnreadReference(
                            new Reference(name, found.type(), found.constraint(), key.name(), key.type(), List.of()),
                            new IdColumnQuery.Column(found.root(), found.column())));
                    open.add(new Key(found.attribute(), name, found.type()));
                }
            }
        }
        return references;
    }

    RelationName table(SequenceDefaultQuery.DefaultRow defaultRow) {
        return relation(defaultRow.attribute().relation()).name();
    }

    private RelationQuery.RelationRow relation(long oid) {
        return Objects.requireNonNull(rows.relations().get(oid));
    }
}
