package dev.seqwatch.testing;

import dev.seqwatch.postgres.connection.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A database of a test's own. Roles are the server's: name them after {@link #name()} and they cannot clash. */
public record Database(PostgresServer server, String name) implements AutoCloseable {
    public static final Target.Origin ORIGIN = new Target.Origin(
            "the host", "the user", "the password", "the TLS mode", "the CA", "spec.connection.timeouts");

    /** Runs statements as the superuser. */
    public void execute(String sql) throws SQLException {
        executeAs(server.superuser(), sql);
    }

    /** Runs statements as a role, each line of SQL in one transaction as JDBC does. */
    public void executeAs(String role, String sql) throws SQLException {
        try (var connection = connect(role);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of the first row. */
    public String value(String sql) throws SQLException {
        try (var connection = connect(server.superuser());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** Takes fresh statistics, so that estimates do not depend on when the server takes them by itself. */
    public void analyze() throws SQLException {
        execute("ANALYZE");
    }

    public Connection connect(String role) throws SQLException {
        var connection = server.connect(name, server.superuser());
        if (!role.equals(server.superuser())) {
            try (var statement = connection.createStatement()) {
                statement.execute("SET SESSION AUTHORIZATION \"" + role.replace("\"", "\"\"") + "\"");
            }
        }
        return connection;
    }

    /** To be read as the superuser. */
    public Target target() {
        return target(server.superuser());
    }

    public Target target(String role) {
        return new Target(
                List.of(new Target.Host(server.host(), server.port())),
                new Target.Credentials(role, server.password()),
                new Target.Tls(Target.Tls.Mode.Disable, null),
                1,
                Target.Timeouts.DEFAULT,
                ORIGIN);
    }

    @Override
    public void close() throws SQLException {
        try (var connection = server.connect("postgres", server.superuser());
                var statement = connection.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
            statement.execute("DROP DATABASE " + name);
        }
    }
}
