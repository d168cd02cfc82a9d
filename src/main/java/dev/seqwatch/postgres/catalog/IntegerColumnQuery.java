package dev.seqwatch.postgres.catalog;

import dev.seqwatch.model.ColumnName;
import dev.seqwatch.model.ColumnType;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.postgres.connection.Session;
import dev.seqwatch.postgres.connection.SharedText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.function.Consumer;

/**
 * The smallint and integer columns, and arrays of these, whose statistics know a value beyond half of the type, or that
 * have no statistics which our role may read. One statement for the database: it opens no table, and reads the statistics
 * of each column once.
 */
public final class IntegerColumnQuery {
    private static final String SQL = "WITH RECURSIVE " + TypeSql.DOMAINS + """
            , scalars AS (
              SELECT b.oid, b.oid AS base FROM pg_catalog.pg_type b
               WHERE b.oid IN ('pg_catalog.int2'::pg_catalog.regtype, 'pg_catalog.int4'::pg_catalog.regtype)
              UNION ALL
              SELECT domains.domain, domains.below FROM domains
               WHERE domains.below IN ('pg_catalog.int2'::pg_catalog.regtype, 'pg_catalog.int4'::pg_catalog.regtype)
            ), types AS (
              SELECT scalars.oid, scalars.base, scalars.oid <> scalars.base AS is_domain, false AS is_array FROM scalars
              UNION ALL
              SELECT b.typarray, scalars.base, scalars.oid <> scalars.base, true
                FROM scalars JOIN pg_catalog.pg_type b ON b.oid = scalars.oid AND b.typarray <> 0
            ), first_columns AS (
              SELECT i.indrelid, i.indkey[0] AS attnum, pg_catalog.bool_or(i.indisunique AND i.indnkeyatts = 1) AS is_key
                FROM pg_catalog.pg_index i
                JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
                JOIN pg_catalog.pg_am am ON am.oid = x.relam AND am.amname = 'btree'
               WHERE i.indisvalid AND i.indisready AND i.indpred IS NULL
               GROUP BY 1, 2
            ), chosen AS (
              SELECT w.relation, w.attname::name
                FROM ROWS FROM (pg_catalog.unnest(?::pg_catalog.oid[]), pg_catalog.unnest(?::text[])) AS w(relation, attname)
            ), integers AS (
              SELECT c.oid, c.relname, n.nspname, a.attname, a.attnum, a.attinhcount, types.base, types.is_domain, types.is_array,
                     pg_catalog.format_type(a.atttypid, a.atttypmod) AS display,
                     first_columns.attnum IS NOT NULL AS indexed, coalesce(first_columns.is_key, false) AS is_key,
                     s.attname IS NOT NULL AS analyzed,
                     CASE WHEN types.is_array THEN (
                            SELECT pg_catalog.max(m.part[1]::bigint)
                              FROM pg_catalog.regexp_matches(coalesce(s.most_common_elems::text, '') || coalesce(s.histogram_bounds::text, ''),
                                                             '-?[0-9]+', 'g') AS m(part))
                          ELSE greatest(pg_catalog.substring(s.histogram_bounds::text, '(-?[0-9]+)}$')::bigint,
                                        (SELECT pg_catalog.max(m.common)
                                           FROM pg_catalog.unnest(s.most_common_vals::text::bigint[]) AS m(common)))
                     END AS largest
                FROM types
                JOIN pg_catalog.pg_attribute a ON a.atttypid = types.oid AND a.attnum > 0 AND NOT a.attisdropped
                JOIN pg_catalog.pg_class c ON c.oid = a.attrelid AND c.relkind = 'r' AND c.relpersistence <> 't'
                JOIN pg_catalog.pg_namespace n
                  ON n.oid = c.relnamespace AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
                LEFT JOIN first_columns ON first_columns.indrelid = c.oid AND first_columns.attnum = a.attnum
                LEFT JOIN pg_catalog.pg_stats s
                  ON s.schemaname = n.nspname AND s.tablename = c.relname AND s.attname = a.attname AND NOT s.inherited
            )
            SELECT integers.*, integers.oid::bigint AS relation, b.typname, integers.attinhcount > 0 AS inherited
              FROM integers
              JOIN pg_catalog.pg_type b ON b.oid = integers.base
             WHERE NOT integers.analyzed
                OR integers.largest > CASE b.typname WHEN 'int2' THEN 16383 ELSE 1073741823 END
                OR (integers.oid, integers.attname) IN (SELECT chosen.relation, chosen.attname FROM chosen)
             ORDER BY integers.nspname, integers.relname, integers.attnum
            """;

    private IntegerColumnQuery() {}

    /** {@code chosen} columns are in the answer whatever their statistics say. There may be more rows than fit into memory. */
    public static void read(
            Session session, Collection<IdColumnQuery.Column> chosen, Consumer<IntegerColumnRow> receiver)
            throws SQLException {
        session.each(SQL, IntegerColumnQuery::row, receiver, IdColumnQuery.Column.arrays(session, chosen));
    }

    private static IntegerColumnRow row(ResultSet row) throws SQLException {
        return new IntegerColumnRow(
                new ColumnId(row.getLong("relation"), row.getInt("attnum")),
                new RelationName(SharedText.of(row, "nspname"), SharedText.of(row, "relname"))
                        .column(SharedText.of(row, "attname")),
                new ColumnType(
                        SharedText.of(row, "display"), SharedText.of(row, "typname"), -1, row.getBoolean("is_domain")),
                row.getBoolean("is_array"),
                row.getBoolean("inherited"),
                row.getBoolean("indexed"),
                row.getBoolean("is_key"),
                row.getBoolean("analyzed"));
    }

    /**
     * A column of one table.
     *
     * @param inherited whether it comes from a table above
     * @param indexed whether a btree index leads with it
     * @param key whether such an index is unique on it alone
     * @param analyzed whether it has statistics that our role may read
     */
    public record IntegerColumnRow(
            ColumnId id,
            ColumnName column,
            ColumnType type,
            boolean array,
            boolean inherited,
            boolean indexed,
            boolean key,
            boolean analyzed) {
        public IdColumnQuery.Column byName() {
            return new IdColumnQuery.Column(id.relation(), column.column());
        }
    }
}
