package dev.seqwatch.postgres.catalog;

import dev.seqwatch.model.ColumnType;
import dev.seqwatch.model.ValueSource;
import dev.seqwatch.postgres.connection.Session;
import dev.seqwatch.postgres.connection.SharedText;
import dev.seqwatch.postgres.nextval.Code;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every column with a sequence in its default: identity, a default that depends on one, the default of its domain, and
 * defaults that call nextval without a dependency (late-bound; the sequence is 0 there). A dependency is not yet a call. Their text is asked for without
 * the table that it belongs to, which pg_get_expr would open: a lock on one table would stop the reading of all. Only
 * generated columns need it, and no sequence feeds them.
 */
public final class SequenceDefaultQuery {
    private static final String SQL =
            "WITH RECURSIVE " + TypeSql.DOMAINS + """
            , defaultRows AS (
              SELECT d.objid AS sequence, d.refobjid AS relation, d.refobjsubid AS attnum, NULL::text AS expression
                FROM pg_catalog.pg_depend d
                JOIN pg_catalog.pg_class s ON s.oid = d.objid AND s.relkind = 'S'
               WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                 AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.deptype = 'i'
              UNION ALL
              SELECT d.refobjid, ad.adrelid, ad.adnum, pg_catalog.pg_get_expr(ad.adbin, 0)
                FROM pg_catalog.pg_depend d
                JOIN pg_catalog.pg_class s ON s.oid = d.refobjid AND s.relkind = 'S'
                JOIN pg_catalog.pg_attrdef ad ON ad.oid = d.objid
                JOIN pg_catalog.pg_attribute a ON a.attrelid = ad.adrelid AND a.attnum = ad.adnum AND a.attgenerated = ''
               WHERE d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass
                 AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
              UNION ALL
              SELECT d.refobjid, a.attrelid, a.attnum, pg_catalog.pg_get_expr(t.typdefaultbin, 0)
                FROM pg_catalog.pg_depend d
                JOIN pg_catalog.pg_class s ON s.oid = d.refobjid AND s.relkind = 'S'
                JOIN pg_catalog.pg_type t ON t.oid = d.objid
                JOIN pg_catalog.pg_attribute a
                  ON a.atttypid = t.oid AND NOT a.atthasdef AND a.attidentity = '' AND NOT a.attisdropped
               WHERE d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass
                 AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
              UNION ALL
              SELECT 0, ad.adrelid, ad.adnum, pg_catalog.pg_get_expr(ad.adbin, 0)
                FROM pg_catalog.pg_attrdef ad
                JOIN pg_catalog.pg_attribute a ON a.attrelid = ad.adrelid AND a.attnum = ad.adnum AND a.attgenerated = ''
               WHERE pg_catalog.strpos(ad.adbin::text, ':funcid '
                       || 'pg_catalog.nextval(regclass)'::pg_catalog.regprocedure::pg_catalog.oid || ' ') > 0
                 AND NOT EXISTS (
                     SELECT FROM pg_catalog.pg_depend d
                       JOIN pg_catalog.pg_class s ON s.oid = d.refobjid AND s.relkind = 'S'
                      WHERE d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND d.objid = ad.oid
                        AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass)
            )
            SELECT d.sequence::bigint AS sequence, q.nspname AS sequence_schema, s.relname AS sequence_name,
                   a.attrelid::bigint AS relation, a.attnum, a.attname, a.attidentity, d.expression,
            """ + TypeSql.COLUMNS + """
              FROM defaultRows d
              JOIN pg_catalog.pg_class c ON c.oid = d.relation AND c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't'
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
              JOIN pg_catalog.pg_attribute a ON a.attrelid = d.relation AND a.attnum = d.attnum
              LEFT JOIN pg_catalog.pg_class s ON s.oid = d.sequence
              LEFT JOIN pg_catalog.pg_namespace q ON q.oid = s.relnamespace
            """ + TypeSql.JOINS + """
             ORDER BY n.nspname, c.relname, a.attnum
            """;

    private SequenceDefaultQuery() {}

    public static List<DefaultRow> read(Session session) throws SQLException {
        return session.query(SQL, SequenceDefaultQuery::found);
    }

    private static DefaultRow found(ResultSet row) throws SQLException {
        return new DefaultRow(
                row.getLong("sequence"),
                new ColumnId(row.getLong("relation"), row.getInt("attnum")),
                SharedText.of(row, "attname"),
                SharedText.of(row, "attidentity"),
                TypeSql.read(row),
                row.getString("expression"),
                null,
                calls(row));
    }

    /** currval, an array of sequences and the nextval of another schema depend on the sequence and do not call it. */
    private static boolean calls(ResultSet row) throws SQLException {
        var expression = row.getString("expression");
        return expression == null
                || row.getLong("sequence") == 0
                || Code.callsNextval(expression, row.getString("sequence_schema"), row.getString("sequence_name"));
    }

    /** A column and a sequence, whatever calls it. */
    public record Use(long sequence, ColumnId attribute) {}

    /**
     * What calls nextval for a column.
     *
     * @param name as a message names it; null for what is declared or concluded
     * @param atInsert the INSERT that makes the call; null where none is known to
     */
    public record Caller(
            ValueSource source,
            @Nullable String name,
            @Nullable AtInsert atInsert) {
        /** Not known to be made by an INSERT. */
        public Caller(ValueSource source, @Nullable String name) {
            this(source, name, null);
        }
    }

    /**
     * An INSERT that makes a call.
     *
     * @param relation oid of the table or view that it names
     * @param owner oid of the role whose rights the call has, because a function of that role is SECURITY DEFINER; null
     *     where it has the rights of the role that inserts (manual, CREATE FUNCTION)
     */
    public record AtInsert(long relation, @Nullable Long owner) {}

    /**
     * A column and its source.
     *
     * @param identity {@code a}, {@code d} or empty, as {@code pg_attribute.attidentity} holds it
     * @param expression of the default; null for identity columns, and where the caller is not the default itself
     * @param caller null where the column's own default or identity calls nextval
     * @param calls whether it calls PostgreSQL's nextval on the sequence
     */
    public record DefaultRow(
            long sequence,
            ColumnId attribute,
            String column,
            String identity,
            ColumnType type,
            @Nullable String expression,
            @Nullable Caller caller,
            boolean calls) {
        /** What other than the default of the column calls nextval for it. */
        public static DefaultRow of(long sequence, ColumnQuery.ColumnRow column, Caller caller) {
            return new DefaultRow(sequence, column.attribute(), column.column(), "", column.type(), null, caller, true);
        }

        public Use use() {
            return new Use(sequence, attribute);
        }
    }
}
