package dev.seqwatch.catalog;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;

/**
 * Views through which an INSERT reaches a table without a rule or trigger of theirs: manual, CREATE VIEW, "Updatable
 * views". The owner of each view must hold INSERT on what lies below; where the view is a security invoker's, the caller
 * needs that grant himself and is found by it.
 */
final class InsertableViewQuery {
    /** Each view is opened while it is looked at. */
    private static final int BATCH = 100;

    /**
     * What a view inserts into is the one relation of its FROM; others may stand in its subqueries. pg_depend does not
     * tell them apart, the stored query does: it names the relation of FROM first, after the view itself up to 15.
     */
    private static final String CANDIDATES = """
            WITH RECURSIVE views AS (
              SELECT v.oid, v.relowner,
                     (SELECT m.match[1]::pg_catalog.oid
                        FROM pg_catalog.regexp_matches(r.ev_action::text, ':relid (\\d+)', 'g') WITH ORDINALITY AS m(match, place)
                       WHERE m.match[1]::pg_catalog.oid <> v.oid ORDER BY m.place LIMIT 1) AS below
                FROM pg_catalog.pg_class v
                JOIN pg_catalog.pg_rewrite r ON r.ev_class = v.oid AND r.ev_type = '1'
               WHERE v.relkind = 'v' AND v.oid >= 16384
                 AND NOT EXISTS (SELECT FROM pg_catalog.pg_trigger t WHERE t.tgrelid = v.oid AND t.tgtype & 64 = 64)
                 AND NOT EXISTS (SELECT FROM pg_catalog.pg_rewrite i WHERE i.ev_class = v.oid AND i.ev_type = '3')
                 AND NOT EXISTS (SELECT FROM pg_catalog.pg_options_to_table(v.reloptions)
                                  WHERE option_name = 'security_invoker' AND option_value::boolean)
            ), insertable AS (
              SELECT views.below AS base, views.oid
                FROM views JOIN pg_catalog.unnest(?::pg_catalog.oid[]) AS b(base) ON b.base = views.below
               WHERE pg_catalog.has_any_column_privilege(views.relowner, views.below, 'INSERT')
              UNION
              SELECT insertable.base, views.oid
                FROM insertable JOIN views ON views.below = insertable.oid
               WHERE pg_catalog.has_any_column_privilege(views.relowner, views.below, 'INSERT')
            )
            SELECT base::bigint, oid::bigint FROM insertable
            """;

    private static final String UPDATABLE = """
            SELECT v.oid::bigint FROM pg_catalog.unnest(?::pg_catalog.oid[]) AS v(oid)
             WHERE pg_catalog.pg_relation_is_updatable(v.oid, false) & 8 = 8
            """;

    private InsertableViewQuery() {}

    /** A view that another session locks is left out this time. */
    static List<Found> read(Session session, Collection<Long> tables) throws SQLException {
        var candidates = session.query(
                CANDIDATES,
                row -> new Found(row.getLong(1), row.getLong(2)),
                session.array("oid", List.copyOf(tables)));
        var views = candidates.stream().map(Found::view).distinct().toList();
        var updatable = new HashSet<Long>();
        for (var batch : Chunks.of(views, BATCH)) {
            Split.run(
                    batch,
                    part -> updatable.addAll(session.query(
                            UPDATABLE, row -> row.getLong(1), session.array("oid", new ArrayList<>(part)))),
                    (_, _) -> {});
        }
        return candidates.stream()
                .filter(found -> updatable.contains(found.view()))
                .toList();
    }

    record Found(long base, long view) {}
}
