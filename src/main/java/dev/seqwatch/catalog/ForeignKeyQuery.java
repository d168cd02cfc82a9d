package dev.seqwatch.catalog;

import dev.seqwatch.sequence.ColumnType;
import dev.seqwatch.sequence.RelationName;
import java.sql.SQLException;
import java.util.List;

/** Every column of every foreign key as it was declared; the copies on partitions are left out. */
final class ForeignKeyQuery {
    private static final String SQL = "WITH RECURSIVE " + Types.DOMAINS + """
            SELECT f.conname, f.conrelid::bigint AS relation, k.attnum, n.nspname, c.relname, a.attname,
                   f.confrelid::bigint AS key_relation, k.keynum,
            """ + Types.COLUMNS + """
              FROM pg_catalog.pg_constraint f
             CROSS JOIN LATERAL ROWS FROM (pg_catalog.unnest(f.conkey), pg_catalog.unnest(f.confkey)) AS k(attnum, keynum)
              JOIN pg_catalog.pg_class c ON c.oid = f.conrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_catalog.pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.attnum
            """ + Types.JOINS + """
             WHERE f.contype = 'f' AND f.conparentid = 0
             ORDER BY n.nspname, c.relname, f.conname
            """;

    private ForeignKeyQuery() {}

    static List<Found> read(Session session) throws SQLException {
        return session.query(
                SQL,
                row -> new Found(
                        row.getString("conname"),
                        new Attribute(row.getLong("relation"), row.getInt("attnum")),
                        new RelationName(row.getString("nspname"), row.getString("relname")),
                        row.getString("attname"),
                        Types.read(row),
                        new Attribute(row.getLong("key_relation"), row.getInt("keynum"))));
    }

    record Found(
            String constraint,
            Attribute attribute,
            RelationName table,
            String column,
            ColumnType type,
            Attribute key) {}
}
