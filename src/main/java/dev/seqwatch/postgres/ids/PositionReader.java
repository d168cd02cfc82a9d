package dev.seqwatch.postgres.ids;

import dev.seqwatch.model.Persistence;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.Server;
import dev.seqwatch.model.UnreadableReason;
import dev.seqwatch.postgres.catalog.SequenceQuery;
import dev.seqwatch.postgres.connection.BatchBisect;
import dev.seqwatch.postgres.connection.Chunks;
import dev.seqwatch.postgres.connection.Session;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reads where sequences stand, many in a statement. Never through the view {@code pg_sequences}: it locks every sequence
 * until the transaction ends and shows NULL for three different things.
 */
public final class PositionReader {
    /** One relation lock each; well below the 300 that a statement may hold. */
    private static final int BATCH = 150;
    /** On 18 and later nothing stays locked. */
    private static final int LOCKLESS_BATCH = 2_000;

    private PositionReader() {}

    /** A sequence dropped meanwhile is missing from the answer. */
    public static Map<Long, Position> read(Session session, Server server, List<SequenceQuery.SequenceRow> sequences)
            throws SQLException {
        var positions = new HashMap<Long, Position>();
        var ways = new HashMap<Way, List<SequenceQuery.SequenceRow>>();
        for (var found : sequences) {
            var standby = server.role() == Server.Role.Standby;
            if (standby && found.sequence().persistence() == Persistence.Unlogged) {
                positions.put(found.oid(), new Position.Unreadable(UnreadableReason.NotOnStandby));
            } else {
                ways.computeIfAbsent(way(server, found), _ -> new ArrayList<>()).add(found);
            }
        }
        for (var way : ways.entrySet()) {
            switch (way.getKey()) {
                case SequenceData ->
                    batches(session, way.getValue(), LOCKLESS_BATCH, PositionReader::fromData, positions);
                case Relation -> batches(session, way.getValue(), BATCH, PositionReader::fromRelations, positions);
                case LastValue -> batches(session, way.getValue(), BATCH, PositionReader::fromLastValue, positions);
                case None ->
                    way.getValue()
                            .forEach(found ->
                                    positions.put(found.oid(), new Position.Unreadable(UnreadableReason.NoPrivilege)));
            }
        }
        return positions;
    }

    /** Of one sequence, in the transaction of the caller; empty where the sequence was dropped. */
    static Optional<Position> now(Session transaction, Server server, SequenceQuery.SequenceRow found)
            throws SQLException {
        var one = List.of(found);
        var sql = switch (way(server, found)) {
            case SequenceData -> fromData(one);
            case Relation -> fromRelations(one);
            case LastValue -> fromLastValue(one);
            case None -> null;
        };
        return sql == null
                ? Optional.of(new Position.Unreadable(UnreadableReason.NoPrivilege))
                : transaction.rows(sql, PositionReader::position).stream().findFirst();
    }

    private enum Way {
        SequenceData,
        Relation,
        LastValue,
        None
    }

    private static Way way(Server server, SequenceQuery.SequenceRow found) {
        if (found.maySelect() && server.readsPositionsByOid()) {
            return Way.SequenceData;
        }
        if (found.maySelect() && found.schemaUsage()) {
            return Way.Relation;
        }
        return found.maySelect() || found.mayUse() ? Way.LastValue : Way.None;
    }

    private static void batches(
            Session session,
            List<SequenceQuery.SequenceRow> all,
            int size,
            Statement statement,
            Map<Long, Position> positions)
            throws SQLException {
        for (var batch : Chunks.of(all, size)) {
            BatchBisect.run(
                    session,
                    batch,
                    SequenceQuery.SequenceRow::oid,
                    part -> session.query(statement.text(part), row -> positions.put(row.getLong(1), position(row))),
                    (found, refusal) -> refusal.unreadable()
                            .ifPresent(reason -> positions.put(found.oid(), new Position.Unreadable(reason))));
        }
    }

    private static Position position(ResultSet row) throws SQLException {
        var last = row.getString(2);
        if (last == null) {
            return new Position.Unreadable(UnreadableReason.valueOf(row.getString(4)));
        }
        var value = new BigInteger(last);
        return row.getBoolean(3) ? new Position.At(value) : new Position.NeverCalled(value);
    }

    private static String fromData(List<SequenceQuery.SequenceRow> batch) {
        return """
                SELECT s.oid::bigint, d.last_value::text, d.is_called, 'ServerError'
                  FROM pg_catalog.unnest('{%s}'::pg_catalog.oid[]) AS s(oid)
                  JOIN pg_catalog.pg_sequence q ON q.seqrelid = s.oid
                 CROSS JOIN LATERAL pg_catalog.pg_get_sequence_data(s.oid) d
                """.formatted(oids(batch));
    }

    private static String fromLastValue(List<SequenceQuery.SequenceRow> batch) {
        return """
                SELECT s.oid::bigint, pg_catalog.pg_sequence_last_value(s.oid)::text, true, 'NeverCalledOrUnknown'
                  FROM pg_catalog.unnest('{%s}'::pg_catalog.oid[]) AS s(oid)
                  JOIN pg_catalog.pg_sequence q ON q.seqrelid = s.oid
                """.formatted(oids(batch));
    }

    private static String fromRelations(List<SequenceQuery.SequenceRow> batch) {
        return IntStream.range(0, batch.size())
                .mapToObj(i -> "SELECT %s::bigint, last_value::text, is_called, 'ServerError' FROM %s"
                        .formatted(
                                batch.get(i).oid(),
                                batch.get(i).sequence().name().sql()))
                .collect(Collectors.joining(" UNION ALL "));
    }

    private static String oids(List<SequenceQuery.SequenceRow> batch) {
        return batch.stream().map(found -> Long.toString(found.oid())).collect(Collectors.joining(","));
    }

    @FunctionalInterface
    private interface Statement {
        String text(List<SequenceQuery.SequenceRow> batch);
    }
}
