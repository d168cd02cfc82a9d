package dev.seqwatch.postgres.catalog;

import dev.seqwatch.model.RelationName;
import dev.seqwatch.postgres.connection.Session;
import dev.seqwatch.postgres.connection.SharedText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Columns whose default, or whose domain's default, calls a function that is not PostgreSQL's own. */
public final class FunctionDefaultQuery {
    private static final String SQL = """
            WITH found AS (
              SELECT d.refobjid AS function, ad.adrelid AS relation, ad.adnum AS attnum, pg_catalog.pg_get_expr(ad.adbin, 0) AS expression
                FROM pg_catalog.pg_depend d
                JOIN pg_catalog.pg_attrdef ad ON ad.oid = d.objid
                JOIN pg_catalog.pg_attribute a ON a.attrelid = ad.adrelid AND a.attnum = ad.adnum AND a.attgenerated = ''
               WHERE d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass
                 AND d.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass
              UNION ALL
              SELECT d.refobjid, a.attrelid, a.attnum, pg_catalog.pg_get_expr(t.typdefaultbin, 0)
                FROM pg_catalog.pg_depend d
                JOIN pg_catalog.pg_type t ON t.oid = d.objid AND t.typdefaultbin IS NOT NULL
                JOIN pg_catalog.pg_attribute a
                  ON a.atttypid = t.oid AND NOT a.atthasdef AND a.attidentity = '' AND NOT a.attisdropped
               WHERE d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass
                 AND d.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass
            )
            SELECT f.function::bigint AS function, f.relation::bigint AS relation, n.nspname, c.relname, a.attname, f.expression
              FROM found f
              JOIN pg_catalog.pg_class c ON c.oid = f.relation AND c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't'
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
              JOIN pg_catalog.pg_attribute a ON a.attrelid = f.relation AND a.attnum = f.attnum
             ORDER BY n.nspname, c.relname, a.attnum
            """;

    private FunctionDefaultQuery() {}

    public static List<FunctionDefaultRow> read(Session session) throws SQLException {
        return session.query(SQL, FunctionDefaultQuery::found);
    }

    private static FunctionDefaultRow found(ResultSet row) throws SQLException {
        return new FunctionDefaultRow(
                row.getLong("function"),
                row.getLong("relation"),
                new RelationName(SharedText.of(row, "nspname"), SharedText.of(row, "relname")),
                SharedText.of(row, "attname"),
                row.getString("expression"));
    }

    public record FunctionDefaultRow(
            long function, long relation, RelationName table, String column, String expression) {}
}
