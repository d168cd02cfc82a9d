package dev.seqwatch.postgres.catalog;

import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.SubscriptionState;
import dev.seqwatch.model.SubscriptionState.SubscribedRelation;
import dev.seqwatch.postgres.connection.Session;
import dev.seqwatch.postgres.connection.SharedText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The logical subscriptions of this database, their workers and their relations. */
public final class SubscriptionQuery {
    private static final String BY_OID = "w.subid = s.oid";
    /**
     * Not everyone may read the oid of a subscription in PostgreSQL 13: there the view of workers leads to its name, and the
     * relations of this database tell it from a subscription of the same name in another one.
     */
    private static final String BY_NAME =
            "w.subname = s.subname AND w.subid IN (SELECT r.srsubid FROM pg_catalog.pg_subscription_rel r)";

    private static final int OID_IS_READABLE = 14_00_00;

    private static final String RELATIONS = """
            SELECT w.subname, n.nspname, c.relname, c.relkind = 'S' AS sequence, r.srsubstate = 'r' AS ready
              FROM pg_catalog.pg_subscription_rel r
              JOIN (SELECT DISTINCT v.subid, v.subname FROM pg_catalog.pg_stat_subscription v) w ON w.subid = r.srsubid
              JOIN pg_catalog.pg_class c ON c.oid = r.srrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             ORDER BY n.nspname, c.relname
            """;

    private SubscriptionQuery() {}

    /**
     * Reads all of them.
     *
     * @param version the version number of the server
     */
    public static List<SubscriptionState> read(Session session, int version) throws SQLException {
        var relations = session.query(RELATIONS, SubscriptionQuery::relation).stream()
                .collect(Collectors.groupingBy(
                        Relation::subscription, Collectors.mapping(Relation::relation, Collectors.toList())));
        return session.query(
                """
                SELECT s.subname, s.subenabled, s.subslotname, s.subpublications,
                       coalesce(pg_catalog.bool_or(w.pid IS NOT NULL), false) AS running,
                       pg_catalog.pg_wal_lsn_diff(pg_catalog.max(w.latest_end_lsn), '0/0') AS reported
                  FROM pg_catalog.pg_subscription s
                  JOIN pg_catalog.pg_database d
                    ON d.oid = s.subdbid AND d.datname = pg_catalog.current_database()
                  LEFT JOIN pg_catalog.pg_stat_subscription w ON w.relid IS NULL AND %s
                 GROUP BY s.subname, s.subenabled, s.subslotname, s.subpublications
                 ORDER BY s.subname
                """.formatted(version < OID_IS_READABLE ? BY_NAME : BY_OID), row -> subscription(row, relations));
    }

    private static SubscriptionState subscription(ResultSet row, Map<String, List<SubscribedRelation>> relations)
            throws SQLException {
        var name = row.getString("subname");
        return new SubscriptionState(
                name,
                row.getBoolean("subenabled"),
                row.getString("subslotname"),
                Arrays.asList((String[]) row.getArray("subpublications").getArray()),
                row.getBoolean("running"),
                SourceActivityQuery.position(row, "reported"),
                relations.getOrDefault(name, List.of()));
    }

    private static Relation relation(ResultSet row) throws SQLException {
        return new Relation(
                row.getString("subname"),
                new SubscribedRelation(
                        new RelationName(SharedText.of(row, "nspname"), SharedText.of(row, "relname")),
                        row.getBoolean("sequence"),
                        row.getBoolean("ready")));
    }

    private record Relation(String subscription, SubscribedRelation relation) {}
}
