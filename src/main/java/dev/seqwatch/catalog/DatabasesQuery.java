package dev.seqwatch.catalog;

import dev.seqwatch.catalog.CatalogReader.ListedDatabase;
import java.sql.SQLException;
import java.util.List;

final class DatabasesQuery {
    /** From 16 on, and in the last minor versions before, an interrupted DROP DATABASE leaves a connection limit of -2. */
    private static final String SQL = """
            SELECT datname, datallowconn AS takes, datconnlimit = -2 AS invalid,
                   pg_catalog.has_database_privilege(oid, 'CONNECT') AS connect
              FROM pg_catalog.pg_database WHERE NOT datistemplate ORDER BY datname
            """;

    private DatabasesQuery() {}

    static List<ListedDatabase> read(Session session) throws SQLException {
        return session.query(
                SQL,
                row -> new ListedDatabase(
                        row.getString("datname"),
                        row.getBoolean("takes"),
                        row.getBoolean("connect"),
                        row.getBoolean("invalid")));
    }
}
