package dev.seqwatch.postgres.catalog;

import dev.seqwatch.model.ColumnName;
import dev.seqwatch.model.ColumnType;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.postgres.connection.Session;
import dev.seqwatch.postgres.connection.SharedText;
import java.sql.SQLException;
import java.util.List;

/**
 * Every column of every foreign key as it was declared; the copies on partitions are left out. An inherited column is
 * named after the topmost table that has it, the only one where its type can be changed.
 */
public final class ForeignKeyQuery {
    private static final String SQL = "WITH RECURSIVE " + TypeSql.DOMAINS + """
            , above(relation, attname, ancestor, height) AS (
              SELECT a.attrelid, a.attname, i.inhparent, 1
                FROM pg_catalog.pg_attribute a
                JOIN pg_catalog.pg_constraint f ON f.conrelid = a.attrelid AND a.attnum = ANY (f.conkey) AND f.contype = 'f'
                JOIN pg_catalog.pg_inherits i ON i.inhrelid = a.attrelid
                JOIN pg_catalog.pg_attribute p ON p.attrelid = i.inhparent AND p.attname = a.attname
               WHERE a.attinhcount > 0
              UNION
              SELECT above.relation, above.attname, i.inhparent, above.height + 1
                FROM above
                JOIN pg_catalog.pg_inherits i ON i.inhrelid = above.ancestor
                JOIN pg_catalog.pg_attribute p ON p.attrelid = i.inhparent AND p.attname = above.attname
            ), topmost AS (
              SELECT DISTINCT ON (relation, attname) relation, attname, ancestor FROM above
               ORDER BY relation, attname, height DESC
            )
            SELECT f.conname, f.conrelid::bigint AS relation, k.attnum, c.oid::bigint AS root, n.nspname, c.relname, a.attname,
                   f.confrelid::bigint AS key_relation, k.keynum, key_schema.nspname AS key_schema,
                   key_table.relname AS key_table, key.attname AS key_column,
            """ + TypeSql.COLUMNS + ", "
            + TypeSql.KEY_COLUMNS + """
              FROM pg_catalog.pg_constraint f
             CROSS JOIN LATERAL ROWS FROM (pg_catalog.unnest(f.conkey), pg_catalog.unnest(f.confkey)) AS k(attnum, keynum)
              JOIN pg_catalog.pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.attnum
              LEFT JOIN topmost ON topmost.relation = f.conrelid AND topmost.attname = a.attname
              JOIN pg_catalog.pg_class c ON c.oid = coalesce(topmost.ancestor, f.conrelid)
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_catalog.pg_attribute key ON key.attrelid = f.confrelid AND key.attnum = k.keynum
              JOIN pg_catalog.pg_class key_table ON key_table.oid = f.confrelid
              JOIN pg_catalog.pg_namespace key_schema ON key_schema.oid = key_table.relnamespace
            """ + TypeSql.JOINS + TypeSql.KEY_JOINS + """
             WHERE f.contype = 'f' AND f.conparentid = 0 AND c.relpersistence <> 't'
             ORDER BY n.nspname, c.relname, f.conname
            """;

    private ForeignKeyQuery() {}

    public static List<ForeignKeyRow> read(Session session) throws SQLException {
        return session.query(
                SQL,
                row -> new ForeignKeyRow(
                        row.getString("conname"),
                        new ColumnId(row.getLong("relation"), row.getInt("attnum")),
                        row.getLong("root"),
                        new RelationName(SharedText.of(row, "nspname"), SharedText.of(row, "relname")),
                        SharedText.of(row, "attname"),
                        TypeSql.read(row),
                        new ColumnId(row.getLong("key_relation"), row.getInt("keynum")),
                        new RelationName(row.getString("key_schema"), row.getString("key_table"))
                                .column(row.getString("key_column")),
                        TypeSql.readKey(row)));
    }

    /**
     * A column that stores a key.
     *
     * @param root the table that the column is named after, by its oid; {@code table} is its name
     */
    public record ForeignKeyRow(
            String constraint,
            ColumnId attribute,
            long root,
            RelationName table,
            String column,
            ColumnType type,
            ColumnId key,
            ColumnName keyColumn,
            ColumnType keyType) {}
}
