package dev.seqwatch.postgres.catalog;

import dev.seqwatch.model.ClientSession;
import dev.seqwatch.model.ReadOnlyDefault;
import dev.seqwatch.model.ReplicationSlot;
import dev.seqwatch.postgres.connection.Session;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Clients of this database that may write, and how far its WAL has come. Everybody may read these views in part. */
public final class SourceActivityQuery {
    /**
     * The position of inserts counts, because a commit that does not wait for the disk comes before it and perhaps not before
     * the position of writes. At the begin of a page it lies behind a header that no receiver ever confirms.
     */
    private static final String SERVER = """
            WITH wal AS (
              SELECT CASE WHEN NOT pg_catalog.pg_is_in_recovery()
                          THEN pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_insert_lsn(), '0/0') END AS position,
                     pg_catalog.current_setting('wal_block_size')::pg_catalog.numeric AS page,
                     pg_catalog.pg_size_bytes(pg_catalog.current_setting('wal_segment_size'))::pg_catalog.numeric AS segment)
            SELECT pg_catalog.clock_timestamp() AS at, pg_catalog.pg_postmaster_start_time() AS started,
                   (SELECT wal.position - CASE WHEN wal.position % wal.segment = 40 THEN 40
                                               WHEN wal.position % wal.page = 24 THEN 24 ELSE 0 END FROM wal) AS position,
                   (SELECT pg_catalog.count(*) FROM pg_catalog.pg_prepared_xacts x
                     WHERE x.database = pg_catalog.current_database()) AS prepared,
                   (SELECT coalesce(pg_catalog.sum(pg_catalog.pg_stat_get_tuples_inserted(c.oid)
                                                   + pg_catalog.pg_stat_get_tuples_updated(c.oid)
                                                   + pg_catalog.pg_stat_get_tuples_deleted(c.oid)), 0)
                      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                     WHERE c.relkind = 'r' AND c.relpersistence <> 't'
                       AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema') AS changed,
                   pg_catalog.pg_conf_load_time() AS loaded,
                   s.setting = 'on' AND s.source IN ('configuration file', 'command line', 'environment variable') AS read_only
              FROM pg_catalog.pg_settings s WHERE s.name = 'default_transaction_read_only'
            """;

    /** The setting of a database counts before that for all roles. */
    private static final String SETTINGS = """
            SELECT r.rolname AS role, d.setrole = 0 AS everyone, d.setdatabase <> 0 AS of_database,
                   pg_catalog.split_part(c.entry, '=', 2)::bool AS read_only
              FROM pg_catalog.pg_db_role_setting d
             CROSS JOIN LATERAL pg_catalog.unnest(d.setconfig) AS c(entry)
              LEFT JOIN pg_catalog.pg_roles r ON r.oid = d.setrole
             WHERE c.entry LIKE 'default\\_transaction\\_read\\_only=%'
               AND (d.setdatabase = 0 OR d.setdatabase = (
                     SELECT b.oid FROM pg_catalog.pg_database b WHERE b.datname = pg_catalog.current_database()))
             ORDER BY of_database
            """;

    /**
     * Without those of our own role and name, which an earlier look may have left for a moment. The type of a session and
     * its times are shown to the members of {@code pg_read_all_stats}; for others, the processes of replication tell what they are.
     */
    private static final String SESSIONS = """
            WITH sessions AS (
              SELECT a.* FROM pg_catalog.pg_stat_activity a
                JOIN pg_catalog.pg_database d ON d.oid = a.datid AND d.datname = pg_catalog.current_database()
               WHERE a.usesysid IS NOT NULL AND a.pid <> pg_catalog.pg_backend_pid()
                 AND coalesce(a.backend_type, '') NOT IN ('walsender', 'parallel worker', 'autovacuum worker')
                 AND coalesce(a.backend_type, '') NOT LIKE 'logical replication %'
                 AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_replication w WHERE w.pid = a.pid)
                 AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_subscription w WHERE w.pid = a.pid)
                 AND NOT (a.application_name = pg_catalog.current_setting('application_name')
                          AND a.usesysid = (SELECT u.oid FROM pg_catalog.pg_roles u WHERE u.rolname = session_user))
            ), writers AS (
              SELECT r.oid, r.rolname, EXISTS (
                SELECT FROM pg_catalog.pg_roles g
                 WHERE pg_catalog.pg_has_role(r.oid, g.oid, 'MEMBER')
                   AND (g.rolsuper OR EXISTS (
                         SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                          WHERE c.relkind IN ('r', 'p', 'f', 'v', 'S') AND c.relpersistence <> 't'
                            AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
                            AND CASE WHEN c.relkind = 'S' THEN pg_catalog.has_sequence_privilege(g.oid, c.oid, 'USAGE, UPDATE')
                                     ELSE pg_catalog.has_table_privilege(g.oid, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
                                       OR pg_catalog.has_any_column_privilege(g.oid, c.oid, 'INSERT, UPDATE') END))) AS may_write
                FROM pg_catalog.pg_roles r WHERE r.oid IN (SELECT s.usesysid FROM sessions s)
            )
            SELECT s.pid, w.rolname, coalesce(s.application_name, '') AS application, s.backend_start, s.xact_start,
                   s.backend_xid IS NOT NULL AS writing, w.may_write
              FROM sessions s JOIN writers w ON w.oid = s.usesysid
             ORDER BY w.rolname, s.pid
            """;

    private static final String SLOTS = """
            SELECT s.slot_name, s.active, pg_catalog.pg_wal_lsn_diff(s.confirmed_flush_lsn, '0/0') AS confirmed,
                   coalesce(s.wal_status = 'lost', false) AS lost
              FROM pg_catalog.pg_replication_slots s
             WHERE s.slot_type = 'logical' AND s.database = pg_catalog.current_database()
             ORDER BY s.slot_name
            """;

    private SourceActivityQuery() {}

    public static Activity read(Session session) throws SQLException {
        var clients = session.query(SESSIONS, SourceActivityQuery::client);
        var settings = session.query(SETTINGS, SourceActivityQuery::setting);
        var slots = session.query(SLOTS, SourceActivityQuery::slot);
        return session.query(SERVER, row -> activity(row, clients, settings, slots))
                .getFirst();
    }

    private static Activity activity(
            ResultSet row, List<ClientSession> clients, List<Setting> settings, List<ReplicationSlot> slots)
            throws SQLException {
        return new Activity(
                time(row, "at"),
                time(row, "started"),
                position(row, "position"),
                row.getInt("prepared"),
                row.getBigDecimal("changed").toBigInteger(),
                readOnly(settings, row.getBoolean("read_only"), time(row, "loaded")),
                clients,
                slots);
    }

    private static ReadOnlyDefault readOnly(List<Setting> settings, boolean server, Instant loaded) {
        var level = server ? ReadOnlyDefault.Level.Server : ReadOnlyDefault.Level.Off;
        Set<String> readOnly = new HashSet<>();
        Set<String> writing = new HashSet<>();
        for (var setting : settings) {
            if (setting.everyone()) {
                level = setting.readOnly() ? ReadOnlyDefault.Level.NewSessions : ReadOnlyDefault.Level.Off;
            } else if (setting.role() != null) {
                (setting.readOnly() ? readOnly : writing).add(setting.role());
                (setting.readOnly() ? writing : readOnly).remove(setting.role());
            }
        }
        return new ReadOnlyDefault(level, loaded, readOnly, writing);
    }

    private static ClientSession client(ResultSet row) throws SQLException {
        return new ClientSession(
                row.getInt("pid"),
                row.getString("rolname"),
                row.getString("application"),
                timeOrNull(row, "backend_start"),
                timeOrNull(row, "xact_start"),
                row.getBoolean("writing"),
                row.getBoolean("may_write"));
    }

    private static Setting setting(ResultSet row) throws SQLException {
        return new Setting(row.getString("role"), row.getBoolean("everyone"), row.getBoolean("read_only"));
    }

    private static ReplicationSlot slot(ResultSet row) throws SQLException {
        return new ReplicationSlot(
                row.getString("slot_name"),
                row.getBoolean("active"),
                position(row, "confirmed"),
                row.getBoolean("lost"));
    }

    /** A position in the WAL as a number of bytes. */
    static @Nullable BigInteger position(ResultSet row, String column) throws SQLException {
        var position = row.getBigDecimal(column);
        return position == null ? null : position.toBigInteger();
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant timeOrNull(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private record Setting(@Nullable String role, boolean everyone, boolean readOnly) {}

    /** The server and its clients; what the components are, {@link dev.seqwatch.model.SourceLook} says. */
    public record Activity(
            Instant at,
            Instant serverStarted,
            @Nullable BigInteger walPosition,
            int preparedTransactions,
            BigInteger changedRows,
            ReadOnlyDefault readOnly,
            List<ClientSession> sessions,
            List<ReplicationSlot> slots) {}
}
