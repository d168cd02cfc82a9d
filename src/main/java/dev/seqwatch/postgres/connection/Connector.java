package dev.seqwatch.postgres.connection;

import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.util.HostSpec;

/**
 * Opens connections. The driver gets host, port and database as values and never a URL, which it would parse again; its
 * properties are those of this class and nothing else.
 */
final class Connector {
    private static final String APPLICATION_NAME = "seqwatch";
    private static final String NO_CONNECTION = "08001";
    private static final String PROTOCOL_VIOLATION = "08P01";
    /** The driver wants the address of a host where there is only the path of a socket. */
    private static final String NO_LOOKUP = "127.0.0.1";

    private static final Path LIBPQ_ROOT = Path.of(System.getProperty("user.home", "/"), ".postgresql", "root.crt");

    private Connector() {}

    /**
     * How well a server serves, best first. A primary may be read-only for this role, or for everybody, as after a failover
     * that left it behind or while its disk is full. Its positions are still exact, which those of a standby are not.
     */
    private enum Use {
        Primary,
        ReadOnlyPrimary,
        Standby
    }

    private record Candidate(Connection connection, Use use) {}

    /**
     * Tries the hosts in their order, each with its own limit, until one is a primary that takes writes; without one, the
     * first of the best others is taken. A host that could not be reached before in this inspection is not tried again while
     * another one answers.
     *
     * @throws NotConnectedException where no host let us in, with the reason of each
     */
    static Connection connect(Target target, String database, GuardedConnection guarded) throws SQLException {
        var failures = new ArrayList<NotConnectedException.HostFailure>();
        var lost = guarded.guard().lost(target.hosts());
        Candidate best = null;
        for (var host : target.hosts()) {
            if (lost.containsKey(host)) {
                failures.add(lost.get(host));
                continue;
            }
            try {
                var connection = attempt(target, host, database, guarded);
                if (target.hosts().size() == 1) {
                    return connection;
                }
                best = better(best, new Candidate(connection, use(connection)));
                if (best.use() == Use.Primary) {
                    break;
                }
            } catch (SQLException e) {
                var failure = new NotConnectedException.HostFailure(host, e);
                failures.add(failure);
                if (NO_CONNECTION.equals(e.getSQLState())) {
                    guarded.guard().lost(failure);
                }
            }
            if (Thread.currentThread().isInterrupted()) {
                break;
            }
        }
        if (best != null) {
            return best.connection();
        }
        throw new NotConnectedException(failures);
    }

    /**
     * One host, within the limit. The driver has no limit of its own for the login as a whole, and leaves behind the thread
     * and the connection of its {@code loginTimeout}: an interrupt of a virtual thread closes the socket.
     */
    private static Connection attempt(Target target, Target.Host host, String database, GuardedConnection guarded)
            throws SQLException {
        var limit = target.timeouts().connect();
        var result = new CompletableFuture<Connection>();
        var thread = Thread.ofVirtual().name("connect").start(() -> open(target, host, database, guarded, result));
        try {
            return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw new IllegalStateException("connecting failed for a reason that is a bug", e.getCause());
        } catch (TimeoutException e) {
            abandon(result, thread);
            throw new SQLException("no login within " + limit, NO_CONNECTION, new SocketTimeoutException());
        } catch (InterruptedException e) {
            abandon(result, thread);
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while connecting", NO_CONNECTION, e);
        }
    }

    private static void open(
            Target target,
            Target.Host host,
            String database,
            GuardedConnection guarded,
            CompletableFuture<Connection> result) {
        try {
            resolve(host);
            var address = new HostSpec[] {new HostSpec(host.isSocket() ? NO_LOOKUP : host.name(), host.port())};
            var properties = properties(target, host, database);
            guarded.configure(properties, host);
            var connection = new PgConnection(address, properties, "jdbc:postgresql:");
            if (!result.complete(connection)) {
                connection.close();
            }
        } catch (SQLException e) {
            result.completeExceptionally(e);
        } catch (RuntimeException e) {
            // The driver fails this way at an answer that breaks off or that no PostgreSQL gives.
            result.completeExceptionally(
                    new SQLException("the answer is not one of PostgreSQL", PROTOCOL_VIOLATION, e));
        }
    }

    /**
     * Looks the name up where it may block: a lookup occupies one of the few threads that all virtual threads share. The
     * driver finds the answer in the cache of the JVM.
     */
    private static void resolve(Target.Host host) throws SQLException {
        if (host.isAddress() || host.isSocket()) {
            return;
        }
        var lookup = new FutureTask<>(() -> InetAddress.getByName(host.name()));
        Thread.ofPlatform().daemon().name("resolve").start(lookup);
        try {
            lookup.get();
        } catch (ExecutionException e) {
            throw new SQLException("the host name does not resolve", NO_CONNECTION, e.getCause());
        } catch (InterruptedException e) {
            throw new SQLException("interrupted while resolving", NO_CONNECTION, e);
        }
    }

    /** A connection that comes too late is closed by the thread that opens it. */
    private static void abandon(CompletableFuture<Connection> result, Thread thread) {
        if (!result.cancel(false) && !result.isCompletedExceptionally()) {
            close(result.join());
        }
        thread.interrupt();
    }

    /** Closes the other one. */
    private static Candidate better(@Nullable Candidate before, Candidate next) {
        if (before == null) {
            return next;
        }
        var isBetter = next.use().compareTo(before.use()) < 0;
        close(isBetter ? before.connection() : next.connection());
        return isBetter ? next : before;
    }

    private static Use use(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT pg_catalog.pg_is_in_recovery(),"
                        + " pg_catalog.current_setting('transaction_read_only')::boolean")) {
            row.next();
            return row.getBoolean(1) ? Use.Standby : row.getBoolean(2) ? Use.ReadOnlyPrimary : Use.Primary;
        } catch (SQLException e) {
            close(connection);
            throw e;
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // It was of no more use.
        }
    }

    static Properties properties(Target target, Target.Host host, String database) {
        var properties = new Properties();
        properties.setProperty("user", target.credentials().user());
        target.credentials()
                .password(host, database)
                .ifPresent(password -> properties.setProperty("password", password));
        properties.setProperty("authenticationPluginClassName", GivenPassword.class.getName());
        properties.setProperty("PGDBNAME", database);
        var timeouts = target.timeouts();
        properties.setProperty("connectTimeout", seconds(timeouts.connect().dividedBy(2)));
        properties.setProperty(
                "sslResponseTimeout", Long.toString(timeouts.connect().toMillis()));
        properties.setProperty("socketTimeout", seconds(timeouts.socket()));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", APPLICATION_NAME);
        properties.setProperty("targetServerType", "any");
        // The simple protocol prepares nothing on the server; a known version saves SETs that would outlive us there.
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty("assumeMinServerVersion", "10");
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("allowEncodingChanges", "true"); // see Session.readBytesAsLetters
        // As libpq does: what stays within the machine is not encrypted, whatever sslmode says.
        tls(host.isSocket() ? new Target.Tls(Target.Tls.Mode.Disable, null) : target.tls(), properties);
        return properties;
    }

    private static void tls(Target.Tls tls, Properties properties) {
        properties.setProperty("sslmode", tls.mode().spelling());
        properties.setProperty("sslfactory", LimitedTls.class.getName());
        if (tls.ca() != null) {
            properties.setProperty("sslfactoryarg", tls.ca());
        } else if (tls.mode().verifies() && !Files.exists(LIBPQ_ROOT)) {
            properties.setProperty(LimitedTls.AUTHORITIES_OF_JAVA, "true");
        }
    }

    private static String seconds(Duration duration) {
        return Long.toString(Math.max(1, (duration.toMillis() + 999) / 1000));
    }
}
