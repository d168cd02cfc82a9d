package dev.seqwatch.postgres.catalog;

import dev.seqwatch.model.ColumnType;
import dev.seqwatch.model.Fact;
import dev.seqwatch.postgres.connection.BatchBisect;
import dev.seqwatch.postgres.connection.Chunks;
import dev.seqwatch.postgres.connection.OptionalReads;
import dev.seqwatch.postgres.connection.Session;
import dev.seqwatch.postgres.connection.SharedText;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * CHECK constraints of columns and of their domains, and generated columns of their tables. The text of a table's own
 * expressions is read in a second step, because {@code pg_get_expr} opens the table: one locked table costs its own
 * constraints alone.
 */
public final class ColumnLimitQuery {
    private static final int BATCH = 50;

    /** {@code conenforced} exists from PostgreSQL 18 on. */
    private static final String CHECKS = """
            SELECT con.oid::bigint AS oid, w.relation::bigint AS relation, w.attname, con.conname, NULL::text AS expression
              FROM ROWS FROM (pg_catalog.unnest(?::pg_catalog.oid[]), pg_catalog.unnest(?::text[])) AS w(relation, attname)
              JOIN pg_catalog.pg_attribute a ON a.attrelid = w.relation AND a.attname = w.attname AND NOT a.attisdropped
              JOIN pg_catalog.pg_constraint con ON con.conrelid = w.relation AND con.contype = 'c' AND a.attnum = ANY (con.conkey)
             WHERE NOT (con.connoinherit AND EXISTS (SELECT FROM pg_catalog.pg_inherits i WHERE i.inhparent = w.relation))
               AND coalesce(pg_catalog.to_jsonb(con) ->> 'conenforced', 'true') = 'true'
             ORDER BY con.conname
            """;

    private static final String DOMAIN_CHECKS = """
            WITH RECURSIVE chain(relation, attname, type) AS (
              SELECT w.relation, w.attname, a.atttypid
                FROM ROWS FROM (pg_catalog.unnest(?::pg_catalog.oid[]), pg_catalog.unnest(?::text[])) AS w(relation, attname)
                JOIN pg_catalog.pg_attribute a ON a.attrelid = w.relation AND a.attname = w.attname AND NOT a.attisdropped
              UNION ALL
              SELECT chain.relation, chain.attname, t.typbasetype
                FROM chain JOIN pg_catalog.pg_type t ON t.oid = chain.type AND t.typtype = 'd'
            )
            SELECT 0::bigint AS oid, chain.relation::bigint AS relation, chain.attname, con.conname,
                   pg_catalog.pg_get_expr(con.conbin, 0) AS expression
              FROM chain JOIN pg_catalog.pg_constraint con ON con.contypid = chain.type AND con.contype = 'c'
             WHERE coalesce(pg_catalog.to_jsonb(con) ->> 'conenforced', 'true') = 'true'
             ORDER BY con.conname
            """;

    private static final String CHECK_TEXTS = """
            SELECT con.oid::bigint, pg_catalog.pg_get_expr(con.conbin, con.conrelid)
              FROM pg_catalog.pg_constraint con WHERE con.oid = ANY (?)
            """;

    private static final String GENERATED =
            "WITH RECURSIVE " + TypeSql.DOMAINS + """
            SELECT ad.oid::bigint AS oid, a.attrelid::bigint AS relation, a.attname, a.attgenerated = 's' AS stored,
            """ + TypeSql.COLUMNS + """
              FROM pg_catalog.pg_attrdef ad
              JOIN pg_catalog.pg_attribute a ON a.attrelid = ad.adrelid AND a.attnum = ad.adnum AND a.attgenerated <> ''
            """ + TypeSql.JOINS + """
             WHERE ad.adrelid = ANY (?) AND t.typname IN ('int2', 'int4', 'int8', 'varchar', 'bpchar')
             ORDER BY a.attnum
            """;

    private static final String GENERATED_TEXTS = """
            SELECT ad.oid::bigint, pg_catalog.pg_get_expr(ad.adbin, ad.adrelid)
              FROM pg_catalog.pg_attrdef ad WHERE ad.oid = ANY (?)
            """;

    private ColumnLimitQuery() {}

    /** The CHECK constraints that concern each of these columns. */
    public static Map<IdColumnQuery.Column, List<CheckRow>> checks(
            Session session, OptionalReads optional, List<IdColumnQuery.Column> columns) throws SQLException {
        var rows = new ArrayList<CheckRow>();
        for (var chunk : Chunks.of(columns)) {
            for (var sql : List.of(CHECKS, DOMAIN_CHECKS)) {
                rows.addAll(session.query(
                        sql,
                        row -> new CheckRow(
                                row.getLong("oid"),
                                new IdColumnQuery.Column(row.getLong("relation"), SharedText.of(row, "attname")),
                                row.getString("conname"),
                                row.getLong("oid") == 0,
                                row.getString("expression")),
                        IdColumnQuery.Column.arrays(session, chunk)));
            }
        }
        var texts = texts(
                session,
                optional,
                CHECK_TEXTS,
                rows.stream()
                        .filter(row -> !row.domain())
                        .collect(Collectors.toMap(
                                CheckRow::oid, row -> row.column().relation(), (one, _) -> one, LinkedHashMap::new)));
        var found = new HashMap<IdColumnQuery.Column, List<CheckRow>>();
        for (var row : rows) {
            found.computeIfAbsent(row.column(), _ -> new ArrayList<>())
                    .add(row.domain() ? row : row.with(texts.get(row.oid())));
        }
        return found;
    }

    /** The generated columns of these tables whose expression could be read, by their table. */
    public static Map<Long, List<GeneratedRow>> generated(Session session, OptionalReads optional, List<Long> relations)
            throws SQLException {
        record Unread(long oid, long relation, String column, ColumnType type, boolean stored) {}
        var rows = new ArrayList<Unread>();
        for (var chunk : Chunks.of(relations)) {
            rows.addAll(session.query(
                    GENERATED,
                    row -> new Unread(
                            row.getLong("oid"),
                            row.getLong("relation"),
                            SharedText.of(row, "attname"),
                            TypeSql.read(row),
                            row.getBoolean("stored")),
                    session.array("oid", chunk)));
        }
        var texts = texts(
                session,
                optional,
                GENERATED_TEXTS,
                rows.stream()
                        .collect(Collectors.toMap(Unread::oid, Unread::relation, (one, _) -> one, LinkedHashMap::new)));
        var found = new HashMap<Long, List<GeneratedRow>>();
        for (var row : rows) {
            var text = texts.get(row.oid());
            if (text != null) {
                found.computeIfAbsent(row.relation(), _ -> new ArrayList<>())
                        .add(new GeneratedRow(row.column(), row.type(), row.stored(), text));
            }
        }
        return found;
    }

    /** @param relations by the oid of the expression, the table that it opens */
    private static Map<Long, String> texts(
            Session session, OptionalReads optional, String sql, Map<Long, Long> relations) throws SQLException {
        var texts = new HashMap<Long, String>();
        for (var batch : Chunks.of(List.copyOf(relations.keySet()), BATCH)) {
            BatchBisect.run(
                    session,
                    batch,
                    oid -> Objects.requireNonNull(relations.get(oid)),
                    part -> session.query(
                            sql,
                            row -> texts.put(row.getLong(1), row.getString(2)),
                            session.array("oid", new ArrayList<>(part))),
                    (_, refusal) -> optional.refused(Fact.ColumnLimits, refusal));
        }
        return texts;
    }

    /**
     * A CHECK constraint.
     *
     * @param oid 0 for the constraint of a domain
     * @param column that it concerns
     * @param expression null where it could not be read
     */
    public record CheckRow(
            long oid,
            IdColumnQuery.Column column,
            String constraint,
            boolean domain,
            @Nullable String expression) {
        private CheckRow with(@Nullable String text) {
            return new CheckRow(oid, column, constraint, domain, text);
        }
    }

    /**
     * A generated column.
     *
     * @param stored whether an insert computes it; else a read does
     */
    public record GeneratedRow(String column, ColumnType type, boolean stored, String expression) {}
}
