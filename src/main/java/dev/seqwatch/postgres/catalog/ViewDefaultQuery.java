package dev.seqwatch.postgres.catalog;

import dev.seqwatch.model.ColumnName;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.postgres.connection.Session;
import dev.seqwatch.postgres.connection.SharedText;
import dev.seqwatch.postgres.nextval.Code;
import java.sql.SQLException;
import java.util.List;

/**
 * Columns of views with a default of their own that calls nextval: ALTER VIEW … ALTER COLUMN … SET DEFAULT. Views with a rule for
 * INSERT may do without it, and a security invoker's callers need grants below; both are left out.
 */
public final class ViewDefaultQuery {
    private static final String SQL = """
            SELECT DISTINCT d.refobjid::bigint AS sequence, v.oid::bigint AS relation, ad.adnum, n.nspname, v.relname, a.attname,
                   pg_catalog.pg_get_expr(ad.adbin, 0) AS expression, q.nspname AS sequence_schema, s.relname AS sequence_name
              FROM pg_catalog.pg_attrdef ad
              JOIN pg_catalog.pg_class v ON v.oid = ad.adrelid AND v.relkind = 'v'
              JOIN pg_catalog.pg_namespace n ON n.oid = v.relnamespace
              JOIN pg_catalog.pg_attribute a ON a.attrelid = v.oid AND a.attnum = ad.adnum
              JOIN pg_catalog.pg_depend d
                ON d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND d.objid = ad.oid
               AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
              JOIN pg_catalog.pg_class s ON s.oid = d.refobjid AND s.relkind = 'S'
              JOIN pg_catalog.pg_namespace q ON q.oid = s.relnamespace
             WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_rewrite i WHERE i.ev_class = v.oid AND i.ev_type = '3')
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_options_to_table(v.reloptions)
                                WHERE option_name = 'security_invoker' AND option_value::boolean)
            """;

    private ViewDefaultQuery() {}

    public static List<ViewDefaultRow> read(Session session) throws SQLException {
        return session
                .query(
                        SQL,
                        row -> new ViewDefaultRow(
                                row.getLong("sequence"),
                                new ColumnId(row.getLong("relation"), row.getInt("adnum")),
                                new RelationName(SharedText.of(row, "nspname"), SharedText.of(row, "relname"))
                                        .column(SharedText.of(row, "attname")),
                                Code.callsNextval(
                                        row.getString("expression"),
                                        row.getString("sequence_schema"),
                                        row.getString("sequence_name"))))
                .stream()
                .filter(ViewDefaultRow::calls)
                .toList();
    }

    public record ViewDefaultRow(long sequence, ColumnId attribute, ColumnName column, boolean calls) {}
}
