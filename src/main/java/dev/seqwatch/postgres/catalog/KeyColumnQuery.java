package dev.seqwatch.postgres.catalog;

import dev.seqwatch.model.ColumnType;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.postgres.connection.Session;
import dev.seqwatch.postgres.connection.SharedText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Keys of whole numbers that have no source of ids which a catalog shows: unique by themselves, without default or
 * identity, and in no foreign key. Partitions get their ids with their rows, and partitioned tables are left out.
 */
public final class KeyColumnQuery {
    private static final String SQL =
            "WITH RECURSIVE " + TypeSql.DOMAINS + """
            , keys AS (
              SELECT DISTINCT i.indrelid AS relation, i.indkey[0] AS attnum
                FROM pg_catalog.pg_index i
                JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
                JOIN pg_catalog.pg_am am ON am.oid = x.relam AND am.amname = 'btree'
               WHERE i.indisunique AND i.indisvalid AND i.indisready AND i.indpred IS NULL AND i.indnkeyatts = 1 AND i.indkey[0] > 0
            ), pointing AS (
              SELECT DISTINCT k.conrelid AS relation, u.attnum
                FROM pg_catalog.pg_constraint k CROSS JOIN LATERAL pg_catalog.unnest(k.conkey) AS u(attnum)
               WHERE k.contype = 'f'
            ), indexes AS (
              SELECT i.indrelid AS relation, pg_catalog.count(*) AS number FROM pg_catalog.pg_index i GROUP BY i.indrelid
            )
            SELECT a.attrelid::bigint AS relation, a.attnum, n.nspname, c.relname, a.attname, indexes.number AS indexes,
                   pg_catalog.has_schema_privilege(n.oid, 'USAGE')
                     AND pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT')
                     AND NOT pg_catalog.row_security_active(c.oid) AS readable,
            """ + TypeSql.COLUMNS + """
              FROM keys
              JOIN pg_catalog.pg_class c ON c.oid = keys.relation AND c.relkind = 'r' AND c.relpersistence <> 't' AND NOT c.relispartition
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
              JOIN pg_catalog.pg_attribute a
                ON a.attrelid = keys.relation AND a.attnum = keys.attnum AND NOT a.atthasdef AND a.attidentity = ''
              JOIN indexes ON indexes.relation = keys.relation
            """ + TypeSql.JOINS + """
             WHERE t.typname IN ('int2', 'int4', 'int8', 'numeric')
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_type x WHERE x.oid = a.atttypid AND x.typdefault IS NOT NULL)
               AND NOT EXISTS (SELECT FROM pointing WHERE pointing.relation = a.attrelid AND pointing.attnum = a.attnum)
             ORDER BY n.nspname, c.relname, a.attnum
            """;

    private KeyColumnQuery() {}

    public static List<KeyColumnRow> read(Session session) throws SQLException {
        return session.query(SQL, KeyColumnQuery::found);
    }

    private static KeyColumnRow found(ResultSet row) throws SQLException {
        return new KeyColumnRow(
                new ColumnId(row.getLong("relation"), row.getInt("attnum")),
                new RelationName(SharedText.of(row, "nspname"), SharedText.of(row, "relname")),
                SharedText.of(row, "attname"),
                TypeSql.read(row),
                row.getInt("indexes"),
                row.getBoolean("readable"));
    }

    /**
     * A key that no default, identity or foreign key fills.
     *
     * @param readable whether our role may read all of its ids
     */
    public record KeyColumnRow(
            ColumnId attribute, RelationName table, String column, ColumnType type, int indexes, boolean readable) {
        public ColumnQuery.ColumnRow row() {
            return new ColumnQuery.ColumnRow(attribute, column, false, false, type);
        }
    }
}
