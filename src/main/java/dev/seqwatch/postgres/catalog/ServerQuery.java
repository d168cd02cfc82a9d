package dev.seqwatch.postgres.catalog;

import dev.seqwatch.model.Server;
import dev.seqwatch.postgres.connection.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

public final class ServerQuery {
    private static final String SQL = """
            SELECT pg_catalog.current_setting('server_version') AS version,
                   pg_catalog.current_setting('server_version_num')::int AS number,
                   pg_catalog.pg_is_in_recovery() AS standby,
                   current_user AS username,
                   (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()) AS database,
                   pg_catalog.has_function_privilege('pg_catalog.pg_control_system()', 'EXECUTE') AS identifies
            """;
    private static final String IDENTIFIER = "SELECT system_identifier::text FROM pg_catalog.pg_control_system()";

    private ServerQuery() {}

    public static Server read(Session session) throws SQLException {
        var answer = session.query(SQL, ServerQuery::answer).getFirst();
        var server = answer.server();
        return new Server(
                server.version(),
                server.versionNumber(),
                server.role(),
                server.user(),
                answer.identifies() ? database(session, answer.database()) : null);
    }

    private static Answer answer(ResultSet row) throws SQLException {
        return new Answer(
                new Server(
                        row.getString("version").split(" ", 2)[0],
                        row.getInt("number"),
                        row.getBoolean("standby") ? Server.Role.Standby : Server.Role.Primary,
                        row.getString("username")),
                row.getLong("database"),
                row.getBoolean("identifies"));
    }

    /** Some hosted servers refuse it in spite of the privilege, and no inspection should end for that. */
    private static @Nullable String database(Session session, long oid) {
        try {
            return session.query(IDENTIFIER, row -> row.getString(1)).getFirst() + "/" + oid;
        } catch (SQLException _) {
            return null;
        }
    }

    private record Answer(Server server, long database, boolean identifies) {}
}
