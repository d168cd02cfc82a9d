package dev.seqwatch.postgres.catalog;

import dev.seqwatch.postgres.connection.Session;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The search_path that this database gives to everyone, and to roles that log in. A dump of a database has neither. */
public final class SearchPathQuery {
    /** The setting for a role in this database counts before that for the role everywhere. */
    private static final String SQL = """
            SELECT coalesce(r.rolname, '') AS role, pg_catalog.substr(c.entry, 13) AS path, d.setdatabase <> 0 AS of_database
              FROM pg_catalog.pg_db_role_setting d
             CROSS JOIN LATERAL pg_catalog.unnest(d.setconfig) AS c(entry)
              LEFT JOIN pg_catalog.pg_roles r ON r.oid = d.setrole
             WHERE c.entry LIKE 'search\\_path=%'
               AND (d.setrole = 0 OR (r.rolcanlogin AND NOT r.rolsuper))
               AND (d.setdatabase = 0 OR d.setdatabase = (
                     SELECT b.oid FROM pg_catalog.pg_database b WHERE b.datname = pg_catalog.current_database()))
             ORDER BY of_database
            """;

    private SearchPathQuery() {}

    /** By role; that for everyone by the empty text. */
    public static Map<String, String> read(Session session) throws SQLException {
        Map<String, String> paths = new HashMap<>();
        for (var setting : session.query(SQL, row -> new Setting(row.getString("role"), row.getString("path")))) {
            paths.put(setting.role(), setting.path());
        }
        return paths;
    }

    private record Setting(String role, String path) {}
}
