package dev.seqwatch.postgres.catalog;

import dev.seqwatch.postgres.connection.Session;
import java.sql.SQLException;
import java.util.List;

/** Schemas whose objects our role may see in the catalogs but not touch. */
public final class BlindSchemasQuery {
    private static final String SQL = """
            SELECT nspname FROM pg_catalog.pg_namespace
             WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
               AND NOT pg_catalog.has_schema_privilege(oid, 'USAGE')
            """;

    private BlindSchemasQuery() {}

    public static List<String> read(Session session) throws SQLException {
        return session.query(SQL, row -> row.getString(1));
    }
}
