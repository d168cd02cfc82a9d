package dev.seqwatch.postgres.catalog;

import dev.seqwatch.model.Persistence;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.Subscription;
import dev.seqwatch.model.TableStatistics;
import dev.seqwatch.postgres.connection.Chunks;
import dev.seqwatch.postgres.connection.Session;
import dev.seqwatch.postgres.connection.SharedText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tables by their oid. */
public final class RelationQuery {
    /** Not everyone may read the oid of a subscription in PostgreSQL 13, so the view of workers leads to its name. */
    private static final String SQL = """
            WITH subscriptions AS (
              SELECT w.subid, pg_catalog.bool_or(w.pid IS NOT NULL) AS running
                FROM pg_catalog.pg_stat_subscription w
                JOIN pg_catalog.pg_subscription s ON s.subname = w.subname AND s.subenabled
                JOIN pg_catalog.pg_database d ON d.oid = s.subdbid AND d.datname = pg_catalog.current_database()
               GROUP BY w.subid)
            SELECT c.oid::bigint AS oid, n.nspname, c.relname, c.relkind, c.relpersistence,
                   pg_catalog.pg_get_userbyid(c.relowner) AS owner,
                   (SELECT pg_catalog.bool_or(s.running) FROM pg_catalog.pg_subscription_rel r
                      JOIN subscriptions s ON s.subid = r.srsubid WHERE r.srrelid = c.oid) AS subscription_runs,
                   EXISTS (SELECT FROM pg_catalog.pg_index i
                            WHERE i.indrelid = c.oid AND i.indisunique AND i.indisvalid AND 0 <> ALL (i.indkey::int2[])
                              AND
            """ + IndexSql.WHOLE + """
                          ) AS keyed,
                   pg_catalog.pg_stat_get_tuples_inserted(c.oid) AS inserted,
                   pg_catalog.pg_stat_get_tuples_deleted(c.oid) AS deleted,
                   least(pg_catalog.pg_stat_get_last_vacuum_time(c.oid),
                         pg_catalog.pg_stat_get_last_autovacuum_time(c.oid),
                         pg_catalog.pg_stat_get_last_analyze_time(c.oid),
                         pg_catalog.pg_stat_get_last_autoanalyze_time(c.oid)) AS remembered,
                   greatest(c.reltuples::bigint, pg_catalog.pg_stat_get_live_tuples(c.oid), 0) AS stored
              FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE c.oid = ANY (?)
            """;

    private RelationQuery() {}

    public static Map<Long, RelationRow> read(Session session, Collection<Long> oids) throws SQLException {
        var found = new HashMap<Long, RelationRow>();
        for (var chunk : Chunks.of(List.copyOf(oids))) {
            for (var relation : session.query(SQL, RelationQuery::found, session.array("oid", chunk))) {
                found.put(relation.oid(), relation);
            }
        }
        return found;
    }

    private static RelationRow found(ResultSet row) throws SQLException {
        var remembered = row.getObject("remembered", OffsetDateTime.class);
        return new RelationRow(
                row.getLong("oid"),
                new RelationName(SharedText.of(row, "nspname"), SharedText.of(row, "relname")),
                SharedText.of(row, "relkind"),
                SequenceQuery.persistence(SharedText.of(row, "relpersistence")),
                SharedText.of(row, "owner"),
                subscription(row),
                row.getBoolean("keyed"),
                new TableStatistics(
                        row.getLong("inserted"),
                        row.getLong("deleted"),
                        SharedText.of(row, "relkind").equals("p") ? 0 : row.getLong("stored"),
                        remembered == null ? null : remembered.toInstant()));
    }

    private static Subscription subscription(ResultSet row) throws SQLException {
        var runs = row.getBoolean("subscription_runs");
        return row.wasNull() ? Subscription.None : runs ? Subscription.Running : Subscription.Stopped;
    }

    /**
     * A table.
     *
     * @param kind {@code r} table, {@code p} partitioned, {@code f} foreign, as {@code pg_class.relkind} holds it
     * @param keyed whether it has a primary key, or another full unique index over columns
     */
    public record RelationRow(
            long oid,
            RelationName name,
            String kind,
            Persistence persistence,
            String owner,
            Subscription subscription,
            boolean keyed,
            TableStatistics counters) {}
}
