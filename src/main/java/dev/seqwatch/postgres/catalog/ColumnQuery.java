package dev.seqwatch.postgres.catalog;

import dev.seqwatch.model.ColumnType;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.postgres.connection.Chunks;
import dev.seqwatch.postgres.connection.Session;
import dev.seqwatch.postgres.connection.SharedText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Columns of tables by their table and name, with their types, and tables by their names. */
public final class ColumnQuery {
    private static final String SQL = "WITH RECURSIVE " + TypeSql.DOMAINS + """
            SELECT a.attrelid::bigint AS relation, a.attnum, a.attname, a.attidentity <> '' AS identity,
                   a.atthasdef OR EXISTS (SELECT FROM pg_catalog.pg_type x WHERE x.oid = a.atttypid AND x.typdefault IS NOT NULL)
                     AS has_default,
            """ + TypeSql.COLUMNS + """
              FROM ROWS FROM (pg_catalog.unnest(?::pg_catalog.oid[]), pg_catalog.unnest(?::text[])) AS w(relation, attname)
              JOIN pg_catalog.pg_class c ON c.oid = w.relation AND c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't'
              JOIN pg_catalog.pg_attribute a ON a.attrelid = w.relation AND a.attname = w.attname AND NOT a.attisdropped
            """ + TypeSql.JOINS;

    private static final String TABLES = """
            SELECT c.oid::bigint AS oid, n.nspname, c.relname
              FROM pg_catalog.pg_class c
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
             WHERE c.relname = ANY (?) AND c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't'
            """;

    private static final String NAMES = """
            SELECT attrelid::bigint AS relation, attname FROM pg_catalog.pg_attribute
             WHERE attrelid = ANY (?) AND attnum > 0 AND NOT attisdropped
             ORDER BY attrelid, attnum
            """;

    private ColumnQuery() {}

    public static Map<IdColumnQuery.Column, ColumnRow> read(Session session, Collection<IdColumnQuery.Column> columns)
            throws SQLException {
        var found = new HashMap<IdColumnQuery.Column, ColumnRow>();
        for (var chunk : Chunks.of(List.copyOf(columns))) {
            session.query(
                    SQL,
                    row -> found.put(
                            new IdColumnQuery.Column(row.getLong("relation"), SharedText.of(row, "attname")),
                            found(row)),
                    IdColumnQuery.Column.arrays(session, chunk));
        }
        return found;
    }

    /** Tables of any schema with one of these names, by their oid. */
    public static Map<RelationName, Long> tables(Session session, Collection<String> names) throws SQLException {
        var found = new HashMap<RelationName, Long>();
        for (var chunk : Chunks.of(List.copyOf(names))) {
            session.query(
                    TABLES,
                    row -> found.put(
                            new RelationName(SharedText.of(row, "nspname"), SharedText.of(row, "relname")),
                            row.getLong("oid")),
                    session.array("text", chunk));
        }
        return found;
    }

    /** The names of the columns of tables, in their order. */
    public static Map<Long, List<String>> names(Session session, Collection<Long> tables) throws SQLException {
        var found = new HashMap<Long, List<String>>();
        for (var chunk : Chunks.of(List.copyOf(tables))) {
            session.query(
                    NAMES,
                    row -> found.computeIfAbsent(row.getLong("relation"), _ -> new ArrayList<>())
                            .add(SharedText.of(row, "attname")),
                    session.array("oid", chunk));
        }
        return found;
    }

    private static ColumnRow found(ResultSet row) throws SQLException {
        return new ColumnRow(
                new ColumnId(row.getLong("relation"), row.getInt("attnum")),
                SharedText.of(row, "attname"),
                row.getBoolean("identity"),
                row.getBoolean("has_default"),
                TypeSql.read(row));
    }

    /**
     * A column.
     *
     * @param hasDefault whether it, or its domain, has a default
     */
    public record ColumnRow(ColumnId attribute, String column, boolean identity, boolean hasDefault, ColumnType type) {}
}
