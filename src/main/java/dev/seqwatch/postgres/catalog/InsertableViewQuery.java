package dev.seqwatch.postgres.catalog;

import dev.seqwatch.model.Fact;
import dev.seqwatch.model.NotCheckedReason;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.Server;
import dev.seqwatch.model.UnknownFact;
import dev.seqwatch.postgres.connection.BatchBisect;
import dev.seqwatch.postgres.connection.Chunks;
import dev.seqwatch.postgres.connection.OptionalReads;
import dev.seqwatch.postgres.connection.Session;
import dev.seqwatch.postgres.connection.SharedText;
import dev.seqwatch.postgres.connection.StatementError;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * Views through which an INSERT reaches a column's default without a rule or trigger of theirs: manual, CREATE VIEW,
 * "Updatable views". A default that a view sets for its own column stands in for the one below.
 */
public final class InsertableViewQuery {
    /** Each view is opened while it is looked at. */
    private static final int BATCH = 100;

    /**
     * What a view inserts into is the one relation of its FROM; others may stand in its subqueries. pg_depend does not
     * tell them apart, the stored query does: it names the relation of FROM first, after the view itself up to 15, and of
     * each column where it comes from. The owner of a view must hold INSERT on what lies below, and row-level security
     * must not keep it from inserting there. Below a security invoker's
     * view the caller needs that grant himself, whatever lies above it (rewriteHandler.c, rewriteTargetView), and is found
     * by it.
     */
    private static final String CANDIDATES = """
            WITH RECURSIVE views AS (
              SELECT v.oid, v.relowner, r.ev_action::text AS action,
                     (SELECT m.match[1]::pg_catalog.oid
                        FROM pg_catalog.regexp_matches(r.ev_action::text, ':relid (\\d+)', 'g') WITH ORDINALITY AS m(match, place)
                       WHERE m.match[1]::pg_catalog.oid <> v.oid ORDER BY m.place LIMIT 1) AS below
                FROM pg_catalog.pg_class v
                JOIN pg_catalog.pg_rewrite r ON r.ev_class = v.oid AND r.ev_type = '1'
               WHERE v.oid = ANY (?)
                 AND NOT EXISTS (SELECT FROM pg_catalog.pg_trigger t WHERE t.tgrelid = v.oid AND t.tgtype & 64 = 64)
                 AND NOT EXISTS (SELECT FROM pg_catalog.pg_rewrite i WHERE i.ev_class = v.oid AND i.ev_type = '3')
                 AND NOT EXISTS (SELECT FROM pg_catalog.pg_options_to_table(v.reloptions)
                                  WHERE option_name = 'security_invoker' AND option_value::boolean)
            ), insertable(base, drawing, relation, attnums) AS (
              SELECT b.base, b.drawing, b.base, ARRAY[b.drawing]
                FROM ROWS FROM (pg_catalog.unnest(?::pg_catalog.oid[]), pg_catalog.unnest(?::int2[])) AS b(base, drawing)
              UNION
              SELECT i.base, i.drawing, v.oid, shown.attnums
                FROM insertable i
                JOIN views v ON v.below = i.relation
                JOIN pg_catalog.pg_class b ON b.oid = v.below
               CROSS JOIN LATERAL (
                  -- the columns that show it, each behind its number; a subquery may add a number to them
                  SELECT coalesce(pg_catalog.array_agg(
                           pg_catalog.substring(pg_catalog.right(part.before, 400), '^.*:resno (\\d+) :resname ')::int2), '{}') AS attnums
                    FROM pg_catalog.unnest(i.attnums) AS wanted(attnum)
                   CROSS JOIN LATERAL pg_catalog.string_to_array(
                           v.action, ':resorigtbl ' || v.below || ' :resorigcol ' || wanted.attnum || ' ') AS parts(list)
                   CROSS JOIN LATERAL pg_catalog.unnest(parts.list[:pg_catalog.cardinality(parts.list) - 1]) AS part(before)) shown
               WHERE pg_catalog.has_any_column_privilege(v.relowner, v.below, 'INSERT')
                 AND
            """ + RowSecuritySql.mayInsert("v.relowner", "b") + """

                 AND NOT EXISTS (SELECT FROM pg_catalog.pg_attrdef d WHERE d.adrelid = v.oid AND d.adnum = ANY (shown.attnums))
            )
            SELECT DISTINCT i.base::bigint AS base, i.drawing, i.relation::bigint AS view, n.nspname, c.relname
              FROM insertable i
              JOIN pg_catalog.pg_class c ON c.oid = i.relation AND c.relkind = 'v'
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            """;

    /**
     * Views that depend on these relations, however indirectly. Few of them take inserts, and to ask PostgreSQL which do is
     * far cheaper than to search their stored queries.
     */
    private static final String ABOVE = """
            WITH RECURSIVE above(relation) AS (
              SELECT pg_catalog.unnest(?::pg_catalog.oid[])
              UNION
              SELECT r.ev_class
                FROM above
                JOIN pg_catalog.pg_depend d
                  ON d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = above.relation
                 AND d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
                JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid AND r.ev_type = '1'
            )
            SELECT v.oid::bigint
              FROM above JOIN pg_catalog.pg_class v ON v.oid = above.relation
             WHERE v.relkind = 'v' AND v.oid >= 16384
            """;

    private static final String UPDATABLE = """
            SELECT v.oid::bigint FROM pg_catalog.unnest(?::pg_catalog.oid[]) AS v(oid)
             WHERE pg_catalog.pg_relation_is_updatable(v.oid, true) & 8 = 8
            """;

    private InsertableViewQuery() {}

    /** For columns with a default that calls nextval, those of views included. */
    public static Answer read(Session session, Server server, OptionalReads optional, List<ColumnId> columns)
            throws SQLException {
        if (!server.hasKnownNodeTrees()) {
            optional.unknown(Fact.InsertableViews, UnknownFact.Reason.NewServer);
            return new Answer(List.of(), List.of());
        }
        var relations = columns.stream().map(ColumnId::relation).toList();
        var views = session.query(ABOVE, row -> row.getLong(1), session.array("oid", relations));
        var updatable = new HashSet<Long>();
        var unknown = new HashSet<Long>();
        for (var batch : Chunks.of(views, BATCH)) {
            BatchBisect.run(
                    session,
                    batch,
                    Long::longValue,
                    part -> updatable.addAll(session.query(
                            UPDATABLE, row -> row.getLong(1), session.array("oid", new ArrayList<>(part)))),
                    (view, refusal) -> {
                        if (refusal == StatementError.Locked) {
                            unknown.add(view);
                        } else {
                            optional.refused(Fact.InsertableViews, refusal);
                        }
                    });
        }
        if (updatable.isEmpty() && unknown.isEmpty()) {
            return new Answer(List.of(), List.of());
        }
        var candidates = session.query(
                CANDIDATES,
                row -> new InsertableViewRow(
                        new ColumnId(row.getLong("base"), row.getInt("drawing")),
                        row.getLong("view"),
                        new RelationName(SharedText.of(row, "nspname"), SharedText.of(row, "relname"))),
                session.array(
                        "oid",
                        Stream.concat(updatable.stream(), unknown.stream()).toList()),
                session.array("oid", relations),
                session.array("int2", columns.stream().map(ColumnId::number).toList()));
        return new Answer(
                candidates.stream()
                        .filter(found -> updatable.contains(found.view()))
                        .toList(),
                candidates.stream()
                        .filter(found -> unknown.contains(found.view()))
                        .toList());
    }

    /**
     * Views over drawing columns.
     *
     * @param unknown those that another session locks: {@link NotCheckedReason#ViewUnknown}
     */
    public record Answer(List<InsertableViewRow> insertable, List<InsertableViewRow> unknown) {}

    /** A view over a table, or over a view with a default of its own, or that view itself. */
    public record InsertableViewRow(ColumnId column, long view, RelationName name) {}
}
