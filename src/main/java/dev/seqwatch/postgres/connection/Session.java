package dev.seqwatch.postgres.connection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.postgresql.PGConnection;

/**
 * One short connection. Every statement is its own READ ONLY transaction with its own limits, set by SET LOCAL: through
 * PgBouncer in transaction mode the next transaction may be on another server, and nothing may leak into it.
 */
public final class Session implements AutoCloseable {
    private static final String INVALID_BYTES = "22021";
    private static final String SQL_ASCII = "SQL_ASCII";
    private static final int PORTION = 2_000;
    private static final String CURSOR = "DECLARE portions NO SCROLL CURSOR FOR ";
    private static final String FETCH = "FETCH FORWARD " + PORTION + " FROM portions";

    /**
     * Settings that change what a query answers, or how it is planned, at the values that PostgreSQL itself gives them. A
     * role, a database or a server may have set others.
     */
    private static final String DEFAULTS = """
            SET LOCAL quote_all_identifiers = off; SET LOCAL row_security = on; SET LOCAL transform_null_equals = off;
            SET LOCAL array_nulls = on; SET LOCAL bytea_output = hex; SET LOCAL extra_float_digits = 1;
            SET LOCAL "IntervalStyle" = postgres;
            SET LOCAL enable_seqscan = on; SET LOCAL enable_indexscan = on; SET LOCAL enable_indexonlyscan = on;
            SET LOCAL enable_bitmapscan = on; SET LOCAL enable_nestloop = on; SET LOCAL enable_hashjoin = on;
            SET LOCAL enable_mergejoin = on; SET LOCAL enable_hashagg = on; SET LOCAL enable_sort = on;
            SET LOCAL enable_material = on;
            """;

    /** Counts from BEGIN over all statements, and ends the connection; each of our statements has a limit of its own. */
    private static final String NO_LIMIT_ON_TRANSACTIONS = "SET LOCAL transaction_timeout = 0; ";

    private static final int FIRST_WITH_LIMIT_ON_TRANSACTIONS = 17;

    private static final String READ_COMMITTED = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; ";

    private final Connection connection;
    private final ConnectionGuard guard;
    private final Duration statementTimeout;
    private final String limits;
    private int lockWaits;

    private Session(Connection connection, ConnectionGuard guard, Target.Timeouts timeouts) throws SQLException {
        this.connection = connection;
        this.guard = guard;
        this.statementTimeout = timeouts.statement();
        var limitsTransactions = connection.getMetaData().getDatabaseMajorVersion() >= FIRST_WITH_LIMIT_ON_TRANSACTIONS;
        this.limits = (limitsTransactions ? NO_LIMIT_ON_TRANSACTIONS : "")
                + """
                SET LOCAL statement_timeout = %s; SET LOCAL lock_timeout = %s;
                SET LOCAL idle_in_transaction_session_timeout = 10000; SET LOCAL search_path = ''; SET LOCAL cursor_tuple_fraction = 1;
                %s""".formatted(timeouts.statement().toMillis(), timeouts.lock().toMillis(), DEFAULTS);
    }

    public static Session open(Target target, String database, GuardedConnection guarded) throws SQLException {
        var connection = Connector.connect(target, database, guarded);
        try {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            var session = new Session(connection, guarded.guard(), target.timeouts());
            session.readBackslashesAsLetters();
            return session;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * A string of several statements is parsed before the first of them runs, so SET LOCAL is too late for this setting.
     * PgBouncer gives it to no other client.
     */
    private void readBackslashesAsLetters() throws SQLException {
        if ("off".equals(connection.unwrap(PGConnection.class).getParameterStatus("standard_conforming_strings"))) {
            set("standard_conforming_strings = on");
        }
    }

    /** Whether the database stores whatever bytes its clients send. */
    public boolean holdsBytes() throws SQLException {
        return SQL_ASCII.equals(connection.unwrap(PGConnection.class).getParameterStatus("server_encoding"));
    }

    /** Whether a text of the database is none of the connection's encoding. */
    public static boolean isInvalidText(SQLException e) {
        return INVALID_BYTES.equals(e.getSQLState());
    }

    /**
     * From now on each byte of a text is one letter, that of LATIN1, and is sent back as the same byte. PgBouncer gives the
     * setting to no other client.
     */
    public void readBytesAsLetters() throws SQLException {
        set("client_encoding = 'LATIN1'");
    }

    private void set(String setting) throws SQLException {
        committed(() -> {
            try (var statement = connection.createStatement()) {
                return statement.execute("SET " + setting);
            }
        });
    }

    /**
     * One transaction, one statement. The rows come in portions through a cursor, because the driver holds the whole answer
     * of a simple query in memory. A small answer takes no round trip more than without.
     */
    public <T> List<T> query(String sql, Row<T> row, Object... parameters) throws SQLException {
        var all = new ArrayList<T>();
        each(sql, row, all::add, parameters);
        return all;
    }

    /** The same, and the rows are handed on as they come, so that only those are held that the receiver keeps. */
    public <T> void each(String sql, Row<T> row, Consumer<T> receiver, Object... parameters) throws SQLException {
        committed(() -> {
            var portion = rows(READ_COMMITTED + limits + CURSOR + sql + ";" + FETCH, row, parameters);
            portion.forEach(receiver);
            while (portion.size() == PORTION) {
                portion = rows(FETCH, row);
                portion.forEach(receiver);
            }
            return portion;
        });
    }

    /** Statements that see one snapshot: the work's first statement takes it. */
    public <T> T repeatableRead(Work<T> work) throws SQLException {
        return committed(() -> {
            try (var statement = connection.createStatement()) {
                statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; " + limits);
            }
            return work.run(this);
        });
    }

    /** For the statements of {@link #repeatableRead}. */
    public <T> List<T> rows(String sql, Row<T> row, Object... parameters) throws SQLException {
        var from = guard.clock().millis();
        try (var statement = connection.prepareStatement(sql)) {
            for (var i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return lastResult(statement, row);
        } finally {
            // no longer than the server may work on it: the rest is the network's
            guard.worked(Math.min(guard.clock().millis() - from, statementTimeout.toMillis()));
        }
    }

    /** How often a statement waited for a lock and did not get it, this time included. */
    int countLockWait() {
        return ++lockWaits;
    }

    /** An array parameter of numbers or names. */
    public Object array(String type, List<?> values) throws SQLException {
        return connection.createArrayOf(type, values.toArray());
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private static <T> List<T> lastResult(PreparedStatement statement, Row<T> row) throws SQLException {
        var isResult = statement.execute();
        while (!isResult && statement.getUpdateCount() >= 0) {
            isResult = statement.getMoreResults();
        }
        var rows = new ArrayList<T>();
        try (var results = statement.getResultSet()) {
            while (results.next()) {
                rows.add(row.read(results));
            }
        }
        return rows;
    }

    private <T> T committed(Statements<T> statements) throws SQLException {
        try {
            var result = statements.run();
            connection.commit();
            return result;
        } catch (SQLException e) {
            rollback(e);
            throw e;
        }
    }

    private void rollback(SQLException cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    @FunctionalInterface
    public interface Work<T> {
        T run(Session session) throws SQLException;
    }

    @FunctionalInterface
    private interface Statements<T> {
        T run() throws SQLException;
    }
}
