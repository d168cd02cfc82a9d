package dev.seqwatch.postgres.catalog;

import dev.seqwatch.model.Publication;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.postgres.connection.Session;
import dev.seqwatch.postgres.connection.SharedText;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;

/** Publications of this database with their tables. */
public final class PublicationQuery {
    private static final int SEQUENCES_ARE_PUBLISHED = 19_00_00;

    private static final String TABLES = """
            SELECT t.pubname, t.schemaname, t.tablename
              FROM pg_catalog.pg_publication_tables t WHERE t.pubname = ANY (?::pg_catalog.text[])
             ORDER BY t.schemaname, t.tablename
            """;

    private PublicationQuery() {}

    /**
     * Those of these names that exist.
     *
     * @param version the version number of the server
     */
    public static List<Publication> read(Session session, int version, Collection<String> names) throws SQLException {
        if (names.isEmpty()) {
            return List.of();
        }
        var wanted = session.array("text", List.copyOf(names));
        var tables = new HashMap<String, List<RelationName>>();
        session.query(
                TABLES,
                row -> tables.computeIfAbsent(row.getString("pubname"), _ -> new ArrayList<>())
                        .add(new RelationName(SharedText.of(row, "schemaname"), SharedText.of(row, "tablename"))),
                wanted);
        return session.query(
                """
                SELECT p.pubname, p.pubinsert AND p.pubupdate AND p.pubdelete AND p.pubtruncate AS every, %s AS sequences
                  FROM pg_catalog.pg_publication p WHERE p.pubname = ANY (?::pg_catalog.text[])
                 ORDER BY p.pubname
                """.formatted(version < SEQUENCES_ARE_PUBLISHED ? "false" : "p.puballsequences"),
                row -> new Publication(
                        row.getString("pubname"),
                        row.getBoolean("sequences"),
                        row.getBoolean("every"),
                        tables.getOrDefault(row.getString("pubname"), List.of())),
                wanted);
    }
}
