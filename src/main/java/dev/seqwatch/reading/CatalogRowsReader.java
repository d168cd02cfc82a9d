package dev.seqwatch.reading;

import dev.seqwatch.assembly.CatalogRows;
import dev.seqwatch.assembly.ColumnLimits;
import dev.seqwatch.assembly.InheritanceTree;
import dev.seqwatch.assembly.LateBinding;
import dev.seqwatch.model.Fact;
import dev.seqwatch.model.Server;
import dev.seqwatch.model.UnknownFact;
import dev.seqwatch.postgres.catalog.ColumnLimitQuery;
import dev.seqwatch.postgres.catalog.ForeignKeyQuery;
import dev.seqwatch.postgres.catalog.IdColumnQuery;
import dev.seqwatch.postgres.catalog.InheritanceQuery;
import dev.seqwatch.postgres.catalog.LinkQuery;
import dev.seqwatch.postgres.catalog.PartitionQuery;
import dev.seqwatch.postgres.catalog.RelationQuery;
import dev.seqwatch.postgres.catalog.Scope;
import dev.seqwatch.postgres.catalog.SequenceDefaultQuery;
import dev.seqwatch.postgres.catalog.SequenceQuery;
import dev.seqwatch.postgres.catalog.UniqueColumns;
import dev.seqwatch.postgres.catalog.UniqueQuery;
import dev.seqwatch.postgres.connection.OptionalReads;
import dev.seqwatch.postgres.connection.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the core of what the catalogs say: the sequences, the columns that use them, and what limits and references those. */
final class CatalogRowsReader {
    private CatalogRowsReader() {}

    static CatalogRows read(Session session, Server server, OptionalReads optional, Scope scope) throws SQLException {
        if (!server.hasKnownNodeTrees()) {
            optional.unknown(Fact.LateBoundDefaults, UnknownFact.Reason.NewServer);
        }
        var allSequences = SequenceQuery.read(session);
        var sequences = allSequences.stream()
                .filter(found -> scope.schemas().test(found.sequence().name().schema()))
                .toList();
        var trees = new InheritanceTree(InheritanceQuery.read(session));
        var allDefaults = new ArrayList<>(SequenceDefaultQuery.read(session));
        var mentions = allDefaults.stream().filter(row -> !row.calls()).toList();
        allDefaults.removeIf(row -> !row.calls());
        var code = optional.read(
                Fact.CallingCode,
                () -> NextvalReader.read(session, server.versionNumber(), allSequences),
                NextvalReader.Answer.UNKNOWN);
        var known = allDefaults.stream()
                .map(SequenceDefaultQuery.DefaultRow::use)
                .collect(Collectors.toCollection(HashSet::new));
        Stream.concat(code.rows().stream(), LinkQuery.read(session, scope.links(), sequences).stream())
                .filter(row -> known.add(row.use()))
                .forEach(allDefaults::add);
        var probable = LinkProposals.Answer.NONE;
        if (optional.knows(Fact.CallingCode)) {
            var used = known.stream().map(SequenceDefaultQuery.Use::sequence).collect(Collectors.toSet());
            var unused = sequences.stream()
                    .filter(found -> !used.contains(found.oid()))
                    .toList();
            probable = optional.read(
                    Fact.ProbableUses,
                    () -> LinkProposals.read(
                            session, server, unused, code.uses().filledOtherwise(), Set.copyOf(scope.denied())),
                    LinkProposals.Answer.NONE);
            allDefaults.addAll(probable.rows());
        }
        var tables = new HashSet<Long>();
        allDefaults.forEach(
                defaultRow -> tables.addAll(trees.members(defaultRow.attribute().relation())));
        var relations = RelationQuery.read(session, tables);
        allDefaults.removeIf(
                defaultRow -> !relations.containsKey(defaultRow.attribute().relation())); // dropped meanwhile
        var columns = allDefaults.stream()
                .flatMap(defaultRow -> trees.members(defaultRow.attribute().relation()).stream()
                        .map(member -> new IdColumnQuery.Column(member, defaultRow.column())))
                .distinct()
                .toList();
        var idColumns = IdColumnQuery.read(session, columns);
        allDefaults.removeIf(defaultRow -> !idColumns.containsKey(
                new IdColumnQuery.Column(defaultRow.attribute().relation(), defaultRow.column()))); // dropped meanwhile
        var binding = new LateBinding(allSequences, sequences, relations);
        optional.read(
                Fact.LateBoundDefaults,
                () -> {
                    LateBoundIds.choose(session, server, binding, allDefaults, idColumns);
                    return true;
                },
                false);
        var defaults = binding.bySequence(allDefaults);
        var foreignKeys = ForeignKeyQuery.read(session);
        return new CatalogRows(
                        sequences,
                        defaults,
                        sequencesByColumn(defaults),
                        trees,
                        relations,
                        idColumns,
                        optional.read(
                                Fact.UniqueIndexes, () -> UniqueQuery.read(session, tables), UniqueColumns.UNKNOWN),
                        foreignKeys.stream().collect(Collectors.groupingBy(ForeignKeyQuery.ForeignKeyRow::key)),
                        code.uses().withUnknown(probable.unread()),
                        mentions.stream()
                                .collect(Collectors.groupingBy(
                                        SequenceDefaultQuery.DefaultRow::sequence,
                                        Collectors.mapping(
                                                row -> "the default of column " + row.column()
                                                        + ", which does not call it",
                                                Collectors.toList()))),
                        limits(session, optional, defaults, foreignKeys),
                        List.of())
                .with(binding, scope);
    }

    private static ColumnLimits limits(
            Session session,
            OptionalReads optional,
            Map<Long, List<SequenceDefaultQuery.DefaultRow>> defaults,
            List<ForeignKeyQuery.ForeignKeyRow> foreignKeys)
            throws SQLException {
        var columns = Stream.concat(
                        defaults.entrySet().stream()
                                .filter(ofSequence -> ofSequence.getKey() != 0)
                                .flatMap(ofSequence -> ofSequence.getValue().stream())
                                .map(defaultRow -> new IdColumnQuery.Column(
                                        defaultRow.attribute().relation(), defaultRow.column())),
                        foreignKeys.stream().map(key -> new IdColumnQuery.Column(key.root(), key.column())))
                .distinct()
                .toList();
        return optional.read(
                Fact.ColumnLimits,
                () -> new ColumnLimits(
                        ColumnLimitQuery.checks(session, optional, columns),
                        ColumnLimitQuery.generated(
                                session,
                                optional,
                                columns.stream()
                                        .map(IdColumnQuery.Column::relation)
                                        .distinct()
                                        .toList()),
                        PartitionQuery.read(session)),
                ColumnLimits.NONE);
    }

    /** The sequences that feed each column, by their oids. */
    private static Map<IdColumnQuery.Column, Set<Long>> sequencesByColumn(
            Map<Long, List<SequenceDefaultQuery.DefaultRow>> defaults) {
        var sequencesByColumn = new HashMap<IdColumnQuery.Column, Set<Long>>();
        defaults.forEach((sequence, ofSequence) -> ofSequence.forEach(defaultRow -> sequencesByColumn.merge(
                new IdColumnQuery.Column(defaultRow.attribute().relation(), defaultRow.column()),
                Set.of(sequence),
                CatalogRowsReader::union)));
        return sequencesByColumn;
    }

    private static Set<Long> union(Set<Long> one, Set<Long> other) {
        var both = new HashSet<>(one);
        both.addAll(other);
        return both;
    }
}
