package dev.seqwatch.postgres.catalog;

import dev.seqwatch.model.Server;
import dev.seqwatch.postgres.connection.Session;
import java.sql.SQLException;

public final class ServerQuery {
    private static final String SQL = """
            SELECT pg_catalog.current_setting('server_version') AS version,
                   pg_catalog.current_setting('server_version_num')::int AS number,
                   pg_catalog.pg_is_in_recovery() AS standby,
                   current_user AS username
            """;

    private ServerQuery() {}

    public static Server read(Session session) throws SQLException {
        return session.query(
                        SQL,
                        row -> new Server(
                                row.getString("version").split(" ", 2)[0],
                                row.getInt("number"),
                                row.getBoolean("standby") ? Server.Role.Standby : Server.Role.Primary,
                                row.getString("username")))
                .getFirst();
    }
}
