package dev.seqwatch.postgres.catalog;

import dev.seqwatch.postgres.connection.Session;
import java.sql.SQLException;
import java.util.List;

public final class DatabasesQuery {
    /** From 16 on, and in the last minor versions before, an interrupted DROP DATABASE leaves a connection limit of -2. */
    private static final String SQL = """
            SELECT datname, datallowconn AS takes, datconnlimit = -2 AS invalid,
                   pg_catalog.has_database_privilege(oid, 'CONNECT') AS connect
              FROM pg_catalog.pg_database WHERE NOT datistemplate ORDER BY datname
            """;

    private DatabasesQuery() {}

    public static List<ListedDatabase> read(Session session) throws SQLException {
        return session.query(
                SQL,
                row -> new ListedDatabase(
                        row.getString("datname"),
                        row.getBoolean("takes"),
                        row.getBoolean("connect"),
                        row.getBoolean("invalid")));
    }

    /**
     * A database of the server that is no template.
     *
     * @param takesConnections whether anybody may connect
     * @param mayConnect whether our role has the privilege CONNECT
     * @param interruptedDrop whether a DROP DATABASE began and did not end, so that nobody can connect any more
     */
    public record ListedDatabase(String name, boolean takesConnections, boolean mayConnect, boolean interruptedDrop) {}
}
