package dev.seqwatch.catalog;

import java.sql.SQLException;
import java.util.List;

final class DatabasesQuery {
    private static final String SQL = """
            SELECT datname FROM pg_catalog.pg_database
             WHERE datallowconn AND NOT datistemplate ORDER BY datname
            """;

    private DatabasesQuery() {}

    static List<String> read(Session session) throws SQLException {
        return session.query(SQL, row -> row.getString(1));
    }
}
