package dev.seqwatch.reading;

import dev.seqwatch.assembly.InheritanceTree;
import dev.seqwatch.assembly.InsertGrants;
import dev.seqwatch.assembly.InsertGrants.Call;
import dev.seqwatch.model.Fact;
import dev.seqwatch.model.InsertGrant;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.Server;
import dev.seqwatch.postgres.catalog.ColumnId;
import dev.seqwatch.postgres.catalog.FunctionOwnerQuery;
import dev.seqwatch.postgres.catalog.GrantQuery;
import dev.seqwatch.postgres.catalog.IdColumnQuery;
import dev.seqwatch.postgres.catalog.InsertableViewQuery;
import dev.seqwatch.postgres.catalog.RelationQuery;
import dev.seqwatch.postgres.catalog.SequenceDefaultQuery;
import dev.seqwatch.postgres.catalog.SequenceDefaultQuery.AtInsert;
import dev.seqwatch.postgres.catalog.ViewDefaultQuery;
import dev.seqwatch.postgres.connection.Chunks;
import dev.seqwatch.postgres.connection.OptionalReads;
import dev.seqwatch.postgres.connection.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads which roles may insert into a table or view and lack the privilege on a sequence that the INSERT calls. */
final class InsertGrantsReader {
    /** Columns whose views and grants are held and asked for at a time. */
    private static final int CHUNK = 2_000;

    /** Of {@code pg_class.relkind}. */
    private static final String PARTITIONED = "p";

    private InsertGrantsReader() {}

    static InsertGrants read(
            Session session,
            Server server,
            OptionalReads optional,
            Map<Long, List<SequenceDefaultQuery.DefaultRow>> sequenceDefaults,
            Map<Long, RelationQuery.RelationRow> relations,
            InheritanceTree trees)
            throws SQLException {
        var missing = new HashMap<Long, List<InsertGrant>>();
        var unknown = new HashMap<ColumnId, List<RelationName>>();
        var ofTables = Chunks.of(List.copyOf(sequenceDefaults.keySet()), CHUNK).stream()
                .map(chunk -> chunk.stream()
                        .flatMap(sequence -> ofTables(
                                sequence, sequenceDefaults.getOrDefault(sequence, List.of()), relations, trees))
                        .toList());
        var ofViews = Stream.of(ofViews(session, optional).toList()).filter(calls -> !calls.isEmpty());
        for (var chunk : (Iterable<List<Call>>) Stream.concat(ofTables, ofViews)::iterator) {
            read(session, server, optional, relations, chunk, missing, unknown);
        }
        return new InsertGrants(missing, unknown);
    }

    private static void read(
            Session session,
            Server server,
            OptionalReads optional,
            Map<Long, RelationQuery.RelationRow> relations,
            List<Call> calls,
            Map<Long, List<InsertGrant>> missing,
            Map<ColumnId, List<RelationName>> unknown)
            throws SQLException {
        var views = optional.read(
                Fact.InsertableViews,
                () -> InsertableViewQuery.read(
                        session,
                        server,
                        optional,
                        calls.stream().map(Call::attribute).distinct().toList()),
                new InsertableViewQuery.Answer(List.of(), List.of()));
        var insertable = views.insertable().stream()
                .collect(Collectors.groupingBy(InsertableViewQuery.InsertableViewRow::column));
        var ways = new ArrayList<GrantQuery.Way>();
        var owners = new LinkedHashSet<FunctionOwnerQuery.OwnerCall>();
        for (var call : calls) {
            if (call.owner() != null) {
                owners.add(new FunctionOwnerQuery.OwnerCall(call.sequence(), call.owner()));
                continue;
            }
            var ofView = !relations.containsKey(call.attribute().relation());
            if (!ofView) { // a view with a default of its own is among the insertable ones
                ways.add(new GrantQuery.Way(call.sequence(), call.relation(), call.relation()));
            }
            if (call.relation() == call.attribute().relation()) {
                insertable
                        .getOrDefault(call.attribute(), List.of())
                        .forEach(view -> ways.add(new GrantQuery.Way(call.sequence(), call.relation(), view.view())));
            }
        }
        var bySequence = calls.stream().collect(Collectors.groupingBy(Call::sequence));
        var roles = optional
                .read(Fact.InsertGrants, () -> GrantQuery.read(session, server, ways), List.<GrantQuery.GrantRow>of())
                .stream()
                .collect(Collectors.groupingBy(GrantQuery.GrantRow::sequence));
        var ofFunctions = optional
                .read(
                        Fact.InsertGrants,
                        () -> FunctionOwnerQuery.read(session, List.copyOf(owners)),
                        List.<FunctionOwnerQuery.OwnerRow>of())
                .stream()
                .collect(Collectors.groupingBy(FunctionOwnerQuery.OwnerRow::sequence));
        Stream.concat(roles.keySet().stream(), ofFunctions.keySet().stream())
                .distinct()
                .forEach(sequence -> missing.merge(
                        sequence,
                        InsertGrants.of(
                                bySequence.getOrDefault(sequence, List.of()),
                                roles.getOrDefault(sequence, List.of()),
                                ofFunctions.getOrDefault(sequence, List.of())),
                        (one, other) -> Stream.concat(one.stream(), other.stream())
                                .distinct()
                                .toList()));
        views.unknown()
                .forEach(view -> unknown.computeIfAbsent(view.column(), _ -> new ArrayList<>())
                        .add(view.name()));
    }

    private static Stream<Call> ofTables(
            long sequence,
            List<SequenceDefaultQuery.DefaultRow> defaults,
            Map<Long, RelationQuery.RelationRow> relations,
            InheritanceTree trees) {
        if (sequence == 0) {
            return Stream.empty();
        }
        var columns = defaults.stream()
                .map(defaultRow ->
                        new IdColumnQuery.Column(defaultRow.attribute().relation(), defaultRow.column()))
                .collect(Collectors.toSet());
        return defaults.stream().flatMap(defaultRow -> {
            var relation = defaultRow.attribute().relation();
            var root = trees.ancestors(relation).stream()
                    .filter(ancestor -> columns.contains(new IdColumnQuery.Column(ancestor, defaultRow.column())))
                    .reduce((_, farther) -> farther)
                    .orElse(relation);
            return atInsert(defaultRow)
                    .map(insert -> new Call(
                            sequence,
                            defaultRow.attribute(),
                            relation(relations, root).name().column(defaultRow.column()),
                            root == relation
                                    ? Call.Depth.Root
                                    : relation(relations, root).kind().equals(PARTITIONED)
                                            ? Call.Depth.Partition
                                            : Call.Depth.Child,
                            defaultRow.caller() == null
                                    ? null
                                    : defaultRow.caller().name(),
                            insert.relation(),
                            insert.owner()));
        });
    }

    private static RelationQuery.RelationRow relation(Map<Long, RelationQuery.RelationRow> relations, long oid) {
        return Objects.requireNonNull(relations.get(oid));
    }

    private static Stream<AtInsert> atInsert(SequenceDefaultQuery.DefaultRow defaultRow) {
        var caller = defaultRow.caller();
        return defaultRow.expression() != null
                ? Stream.of(new AtInsert(defaultRow.attribute().relation(), null))
                : caller == null ? Stream.empty() : Stream.ofNullable(caller.atInsert());
    }

    private static Stream<Call> ofViews(Session session, OptionalReads optional) throws SQLException {
        return optional
                .read(
                        Fact.ViewDefaults,
                        () -> ViewDefaultQuery.read(session),
                        List.<ViewDefaultQuery.ViewDefaultRow>of())
                .stream()
                .map(found -> new Call(
                        found.sequence(),
                        found.attribute(),
                        found.column(),
                        Call.Depth.Root,
                        null,
                        found.attribute().relation(),
                        null));
    }
}
