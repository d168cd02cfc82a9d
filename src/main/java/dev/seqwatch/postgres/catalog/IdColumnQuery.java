package dev.seqwatch.postgres.catalog;

import dev.seqwatch.model.RelationName;
import dev.seqwatch.postgres.connection.Chunks;
import dev.seqwatch.postgres.connection.Session;
import dev.seqwatch.postgres.connection.SharedText;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a read of the largest id of a table's column would take, and whether our role may. */
public final class IdColumnQuery {
    /** A policy {@code y} that shows every row to our role: {@code FOR SELECT … USING (true)}. */
    private static final String ALL_ROWS = """
            y.polcmd IN ('r', '*')
            AND EXISTS (SELECT FROM pg_catalog.unnest(y.polroles) AS r(oid)
                         WHERE r.oid = 0 OR pg_catalog.pg_has_role(r.oid, 'USAGE'))
            AND y.polqual::text ~ '^\\{CONST :consttype 16 .*:constisnull false .*:constvalue 1 \\[ 1 '
            """;

    private static final String SQL = """
            SELECT c.oid::bigint AS oid, n.nspname, c.relname, c.relkind, a.attname, a.attnum, a.attinhcount > 0 AS inherited,
                   pg_catalog.has_schema_privilege(n.oid, 'USAGE')
                     AND pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT') AS readable,
                   pg_catalog.row_security_active(c.oid)
                     AND NOT (EXISTS (SELECT FROM pg_catalog.pg_policy y
                                       WHERE y.polrelid = c.oid AND y.polpermissive AND
            """ + ALL_ROWS + """
                                      )
                              AND NOT EXISTS (SELECT FROM pg_catalog.pg_policy y
                                               WHERE y.polrelid = c.oid AND NOT y.polpermissive AND y.polcmd IN ('r', '*')))
                     AS row_security,
                   (SELECT pg_catalog.count(*) FROM pg_catalog.pg_index i WHERE i.indrelid = c.oid) AS indexes,
                   EXISTS (SELECT FROM pg_catalog.pg_index i
                             JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
                             JOIN pg_catalog.pg_am am ON am.oid = x.relam AND am.amname = 'btree'
                            WHERE i.indrelid = c.oid AND i.indisvalid AND i.indisready AND i.indkey[0] = a.attnum
                              AND i.indcollation[0] = a.attcollation
                              AND (i.indpred IS NULL OR (i.indnkeyatts = 1 AND
            """ + IndexSql.WHOLE + """
                                  ))) AS indexed,
                   (SELECT pg_catalog.array_agg(before.attname::text ORDER BY k.place)
                      FROM (SELECT i.indkey::int2[] AS key, pg_catalog.array_position(i.indkey::int2[], a.attnum) AS place
                              FROM pg_catalog.pg_index i
                              JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
                              JOIN pg_catalog.pg_am am ON am.oid = x.relam AND am.amname = 'btree'
                             WHERE i.indrelid = c.oid AND i.indisvalid AND i.indisready AND i.indpred IS NULL AND i.indnkeyatts > 1
                               AND pg_catalog.array_position(i.indkey::int2[], a.attnum) BETWEEN 1 AND i.indnkeyatts - 1
                               AND NOT EXISTS (
                                   SELECT FROM pg_catalog.generate_series(0, pg_catalog.array_position(i.indkey::int2[], a.attnum)) AS p(n)
                                     LEFT JOIN pg_catalog.pg_attribute pa ON pa.attrelid = c.oid AND pa.attnum = i.indkey[p.n]
                                     LEFT JOIN pg_catalog.pg_type pt ON pt.oid = pa.atttypid
                                     LEFT JOIN pg_catalog.pg_type pb ON pb.oid = pt.typbasetype
                                     LEFT JOIN pg_catalog.pg_opclass po ON po.oid = i.indclass[p.n]
                                    WHERE pa.attnum IS NULL OR i.indkey[p.n] = 0
                                       OR i.indoption[p.n] <> i.indoption[0] OR i.indoption[0] NOT IN (0, 3)
                                       OR i.indcollation[p.n] <> pa.attcollation OR NOT po.opcdefault
                                       OR NOT pg_catalog.has_column_privilege(c.oid, pa.attnum, 'SELECT')
                                       OR NOT (pt.typtype = 'e' OR 'pg_catalog'::pg_catalog.regnamespace
                                               IN (pt.typnamespace, coalesce(pb.typnamespace, pt.typnamespace))))
                             ORDER BY 2, i.indexrelid
                             LIMIT 1) AS best
                     CROSS JOIN LATERAL pg_catalog.generate_series(0, best.place - 1) AS k(place)
                      JOIN pg_catalog.pg_attribute before ON before.attrelid = c.oid AND before.attnum = best.key[k.place]) AS leading,
                   (SELECT pg_catalog.array_agg(behind.attname::text ORDER BY k.place)
                      FROM (SELECT i.indkey::int2[] AS key, i.indnkeyatts AS columns
                              FROM pg_catalog.pg_index i
                              JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
                              JOIN pg_catalog.pg_am am ON am.oid = x.relam AND am.amname = 'btree'
                             WHERE i.indrelid = c.oid AND i.indisvalid AND i.indisready AND i.indisunique AND i.indpred IS NULL
                               AND i.indnkeyatts > 1 AND i.indkey[0] = a.attnum
                               AND NOT EXISTS (
                                   SELECT FROM pg_catalog.generate_series(1, i.indnkeyatts - 1) AS p(n)
                                     LEFT JOIN pg_catalog.pg_attribute pa ON pa.attrelid = c.oid AND pa.attnum = i.indkey[p.n]
                                     LEFT JOIN pg_catalog.pg_type pt ON pt.oid = pa.atttypid
                                    WHERE pa.attnum IS NULL OR i.indkey[p.n] = 0
                                       OR NOT pg_catalog.has_column_privilege(c.oid, pa.attnum, 'SELECT')
                                       OR pt.typnamespace <> 'pg_catalog'::pg_catalog.regnamespace)
                             ORDER BY i.indnkeyatts, i.indexrelid
                             LIMIT 1) AS best
                     CROSS JOIN LATERAL pg_catalog.generate_series(1, best.columns - 1) AS k(place)
                      JOIN pg_catalog.pg_attribute behind ON behind.attrelid = c.oid AND behind.attnum = best.key[k.place]) AS trailing
              FROM ROWS FROM (pg_catalog.unnest(?::pg_catalog.oid[]), pg_catalog.unnest(?::text[])) AS w(relation, attname)
              JOIN pg_catalog.pg_class c ON c.oid = w.relation
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname = w.attname AND NOT a.attisdropped
            """;

    private IdColumnQuery() {}

    public static Map<Column, IdColumnRow> read(Session session, List<Column> columns) throws SQLException {
        var found = new HashMap<Column, IdColumnRow>();
        for (var chunk : Chunks.of(columns)) {
            session.query(
                    SQL,
                    row -> found.put(new Column(row.getLong("oid"), SharedText.of(row, "attname")), found(row)),
                    Column.arrays(session, chunk));
        }
        return found;
    }

    private static IdColumnRow found(ResultSet row) throws SQLException {
        return new IdColumnRow(
                new ColumnId(row.getLong("oid"), row.getInt("attnum")),
                new RelationName(SharedText.of(row, "nspname"), SharedText.of(row, "relname")),
                SharedText.of(row, "relkind"),
                row.getBoolean("inherited"),
                row.getBoolean("readable"),
                row.getBoolean("row_security"),
                row.getInt("indexes"),
                row.getBoolean("indexed"),
                names(row.getArray("leading")),
                names(row.getArray("trailing")));
    }

    private static List<String> names(@Nullable Array array) throws SQLException {
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }

    /** By name, because a partition may number its columns otherwise than its parent. */
    public record Column(long relation, String name) {
        /** The two parameters of {@code ROWS FROM (unnest(?::oid[]), unnest(?::text[]))}: relations and names. */
        static Object[] arrays(Session session, Collection<Column> columns) throws SQLException {
            return new Object[] {
                session.array("oid", columns.stream().map(Column::relation).toList()),
                session.array("text", columns.stream().map(Column::name).toList())
            };
        }
    }

    /**
     * A table that holds ids.
     *
     * @param inherited whether the column comes from a table above
     * @param indexes how many it has: the planner locks each of them
     * @param indexed whether one of them answers MIN and MAX
     * @param leading the columns before this one in an index whose comparisons PostgreSQL itself defines; empty where none is
     * @param trailing the columns after this one in a unique index that it leads; empty where none is
     */
    public record IdColumnRow(
            ColumnId attribute,
            RelationName table,
            String kind,
            boolean inherited,
            boolean readable,
            boolean rowSecurity,
            int indexes,
            boolean indexed,
            List<String> leading,
            List<String> trailing) {
        public int locks() {
            return 1 + indexes;
        }
    }
}
