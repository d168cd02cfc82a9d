package dev.seqwatch.postgres.catalog;

import dev.seqwatch.model.RelationName;
import dev.seqwatch.postgres.connection.Session;
import dev.seqwatch.postgres.connection.SharedText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Columns of views with a default of their own that depends on a sequence, and the column of a table that each shows. */
public final class ViewColumnQuery {
    /**
     * A stored query says of each of its columns where it comes from; those of subqueries stand before its own. Where a
     * view shows a view, the next step follows.
     */
    private static final String SQL = """
            WITH RECURSIVE defaults AS (
              SELECT DISTINCT d.refobjid AS sequence, v.oid AS view, ad.adnum AS attnum, pg_catalog.pg_get_expr(ad.adbin, 0) AS expression
                FROM pg_catalog.pg_attrdef ad
                JOIN pg_catalog.pg_class v ON v.oid = ad.adrelid AND v.relkind = 'v'
                JOIN pg_catalog.pg_depend d
                  ON d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND d.objid = ad.oid
                 AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
                JOIN pg_catalog.pg_class s ON s.oid = d.refobjid AND s.relkind = 'S'
            ), shown(view, attnum, relation, below) AS (
              SELECT DISTINCT view, attnum, view, attnum FROM defaults
              UNION
              SELECT shown.view, shown.attnum, m.match[1]::pg_catalog.oid, m.match[2]::int2
                FROM shown
                JOIN pg_catalog.pg_rewrite r ON r.ev_class = shown.relation AND r.ev_type = '1'
               CROSS JOIN LATERAL (
                  SELECT found.match
                    FROM pg_catalog.regexp_matches(r.ev_action::text,
                           ':resno ' || shown.below || ' :resname (?:[^\\\\ ]|\\\\.)+ :ressortgroupref \\d+ :resorigtbl (\\d+) :resorigcol (\\d+)',
                           'g') WITH ORDINALITY AS found(match, place)
                   ORDER BY found.place DESC LIMIT 1) m
               WHERE m.match[1] <> '0'
            )
            SELECT d.sequence::bigint AS sequence, q.nspname AS sequence_schema, s.relname AS sequence_name, n.nspname, v.relname,
                   a.attname, d.expression, t.relation::bigint AS relation, t.column_name
              FROM defaults d
              JOIN pg_catalog.pg_class s ON s.oid = d.sequence
              JOIN pg_catalog.pg_namespace q ON q.oid = s.relnamespace
              JOIN pg_catalog.pg_class v ON v.oid = d.view
              JOIN pg_catalog.pg_namespace n ON n.oid = v.relnamespace
              JOIN pg_catalog.pg_attribute a ON a.attrelid = d.view AND a.attnum = d.attnum
              LEFT JOIN (SELECT shown.view, shown.attnum, shown.relation, b.attname AS column_name
                           FROM shown
                           JOIN pg_catalog.pg_class c ON c.oid = shown.relation AND c.relkind IN ('r', 'p', 'f')
                           JOIN pg_catalog.pg_attribute b ON b.attrelid = shown.relation AND b.attnum = shown.below) t
                ON t.view = d.view AND t.attnum = d.attnum
            """;

    private ViewColumnQuery() {}

    public static List<ViewColumnRow> read(Session session) throws SQLException {
        return session.query(SQL, ViewColumnQuery::found);
    }

    private static ViewColumnRow found(ResultSet row) throws SQLException {
        var column = row.getString("column_name");
        return new ViewColumnRow(
                row.getLong("sequence"),
                new RelationName(row.getString("sequence_schema"), row.getString("sequence_name")),
                new RelationName(SharedText.of(row, "nspname"), SharedText.of(row, "relname")),
                SharedText.of(row, "attname"),
                row.getString("expression"),
                column == null ? null : new IdColumnQuery.Column(row.getLong("relation"), column));
    }

    /**
     * A view's default.
     *
     * @param column of the table below; null where the view computes the column
     */
    public record ViewColumnRow(
            long sequence,
            RelationName sequenceName,
            RelationName view,
            String viewColumn,
            String expression,
            IdColumnQuery.@Nullable Column column) {}
}
