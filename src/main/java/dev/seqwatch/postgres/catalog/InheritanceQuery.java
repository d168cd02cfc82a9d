package dev.seqwatch.postgres.catalog;

import dev.seqwatch.postgres.connection.Session;
import java.sql.SQLException;
import java.util.List;

/** Edges of partition and inheritance trees between tables; a temporary child belongs to one session, which alone sees its rows. */
public final class InheritanceQuery {
    private static final String SQL = """
            SELECT i.inhrelid::bigint, i.inhparent::bigint
              FROM pg_catalog.pg_inherits i
              JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid AND c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't'
            """;

    private InheritanceQuery() {}

    public static List<Edge> read(Session session) throws SQLException {
        return session.query(SQL, row -> new Edge(row.getLong(1), row.getLong(2)));
    }

    public record Edge(long child, long parent) {}
}
