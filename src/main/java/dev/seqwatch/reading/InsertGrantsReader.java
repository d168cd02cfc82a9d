package dev.seqwatch.reading;

import dev.seqwatch.assembly.InsertGrants;
import dev.seqwatch.model.ColumnName;
import dev.seqwatch.model.Fact;
import dev.seqwatch.model.InsertGrant;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.Server;
import dev.seqwatch.postgres.catalog.ColumnId;
import dev.seqwatch.postgres.catalog.GrantQuery;
import dev.seqwatch.postgres.catalog.InsertableViewQuery;
import dev.seqwatch.postgres.catalog.RelationQuery;
import dev.seqwatch.postgres.catalog.SequenceDefaultQuery;
import dev.seqwatch.postgres.catalog.ViewDefaultQuery;
import dev.seqwatch.postgres.connection.Chunks;
import dev.seqwatch.postgres.connection.OptionalReads;
import dev.seqwatch.postgres.connection.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads which roles may insert into a table or view and lack the privilege on a sequence that the INSERT calls. */
final class InsertGrantsReader {
    /** Columns whose views and grants are held and asked for at a time. */
    private static final int CHUNK = 2_000;

    private InsertGrantsReader() {}

    private record Default(
            long sequence,
            ColumnId attribute,
            ColumnName column,
            @Nullable String caller,
            boolean ofView) {}

    static InsertGrants read(
            Session session,
            Server server,
            OptionalReads optional,
            Map<Long, List<SequenceDefaultQuery.DefaultRow>> sequenceDefaults,
            Map<Long, RelationQuery.RelationRow> relations)
            throws SQLException {
        var missing = new HashMap<Long, List<InsertGrant>>();
        var unknown = new HashMap<ColumnId, List<RelationName>>();
        var ofTables = Chunks.of(List.copyOf(sequenceDefaults.keySet()), CHUNK).stream()
                .map(chunk -> chunk.stream()
                        .flatMap(sequence -> ofTables(sequence, sequenceDefaults, relations))
                        .toList());
        var ofViews = Stream.of(ofViews(session, optional).toList()).filter(defaults -> !defaults.isEmpty());
        for (var chunk : (Iterable<List<Default>>) Stream.concat(ofTables, ofViews)::iterator) {
            read(session, server, optional, chunk, missing, unknown);
        }
        return new InsertGrants(missing, unknown);
    }

    private static void read(
            Session session,
            Server server,
            OptionalReads optional,
            List<Default> defaults,
            Map<Long, List<InsertGrant>> missing,
            Map<ColumnId, List<RelationName>> unknown)
            throws SQLException {
        var views = optional.read(
                Fact.InsertableViews,
                () -> InsertableViewQuery.read(
                        session,
                        server,
                        optional,
                        defaults.stream().map(Default::attribute).distinct().toList()),
                new InsertableViewQuery.Answer(List.of(), List.of()));
        var insertable = views.insertable().stream()
                .collect(Collectors.groupingBy(InsertableViewQuery.InsertableViewRow::unreadColumns));
        var ways = new ArrayList<GrantQuery.Way>();
        for (var each : defaults) {
            var base = each.attribute().relation();
            if (!each.ofView()) {
                ways.add(new GrantQuery.Way(each.sequence(), base, base));
            }
            insertable
                    .getOrDefault(each.attribute(), List.of())
                    .forEach(view -> ways.add(new GrantQuery.Way(each.sequence(), base, view.view())));
        }
        var bySequence = defaults.stream().collect(Collectors.groupingBy(Default::sequence));
        optional
                .read(Fact.InsertGrants, () -> GrantQuery.read(session, server, ways), List.<GrantQuery.GrantRow>of())
                .stream()
                .collect(Collectors.groupingBy(GrantQuery.GrantRow::sequence))
                .forEach((sequence, found) -> missing.merge(
                        sequence,
                        of(bySequence.getOrDefault(sequence, List.of()), found),
                        (one, other) -> Stream.concat(one.stream(), other.stream())
                                .distinct()
                                .toList()));
        views.unknown()
                .forEach(view -> unknown.computeIfAbsent(view.unreadColumns(), _ -> new ArrayList<>())
                        .add(view.name()));
    }

    private static Stream<Default> ofTables(
            long sequence,
            Map<Long, List<SequenceDefaultQuery.DefaultRow>> sequenceDefaults,
            Map<Long, RelationQuery.RelationRow> relations) {
        return sequence == 0
                ? Stream.empty()
                : sequenceDefaults.getOrDefault(sequence, List.of()).stream()
                        .filter(draw -> draw.expression() != null
                                || (draw.caller() != null && draw.caller().byInserter()))
                        .map(draw -> new Default(
                                sequence,
                                draw.attribute(),
                                Objects.requireNonNull(
                                                relations.get(draw.attribute().relation()))
                                        .name()
                                        .column(draw.column()),
                                draw.caller() == null ? null : draw.caller().name(),
                                false));
    }

    private static Stream<Default> ofViews(Session session, OptionalReads optional) throws SQLException {
        return optional
                .read(
                        Fact.ViewDefaults,
                        () -> ViewDefaultQuery.read(session),
                        List.<ViewDefaultQuery.ViewDefaultRow>of())
                .stream()
                .map(found -> new Default(found.sequence(), found.attribute(), found.column(), null, true));
    }

    /** A grant on the relation with the default hides the same role's grant on a view over it. */
    private static List<InsertGrant> of(List<Default> defaults, List<GrantQuery.GrantRow> grants) {
        return defaults.stream()
                .flatMap(each -> grants.stream()
                        .filter(grant -> grant.base() == each.attribute().relation())
                        .map(grant -> new InsertGrant(grant.role(), each.column(), each.caller(), grant.through())))
                .filter(grant -> !grant.throughView()
                        || grants.stream()
                                .noneMatch(other -> other.role().equals(grant.role())
                                        && other.through().equals(grant.column().table())))
                .distinct()
                .toList();
    }
}
