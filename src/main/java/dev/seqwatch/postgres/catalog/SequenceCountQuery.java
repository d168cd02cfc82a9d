package dev.seqwatch.postgres.catalog;

import dev.seqwatch.postgres.connection.Session;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Collectors;

/** How many sequences each schema has, those of extensions included: how much memory the reading will take. */
public final class SequenceCountQuery {
    private static final String SQL = """
            SELECT n.nspname, pg_catalog.count(*)
              FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind = 'S' AND c.relpersistence <> 't'
             GROUP BY n.nspname
            """;

    private SequenceCountQuery() {}

    public static Map<String, Long> read(Session session) throws SQLException {
        return session.query(SQL, row -> Map.entry(row.getString(1), row.getLong(2))).stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
