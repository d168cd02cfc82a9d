package dev.seqwatch.postgres.ids;

import dev.seqwatch.model.DenseRun;
import dev.seqwatch.postgres.connection.Row;
import dev.seqwatch.postgres.connection.Session;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.List;

/** Finds the ids ahead of a sequence where an index leads on their column, or the table is small. */
final class RunReader {
    /** Ids read from either end where only some of them are the sequence's own. */
    static final int WINDOW = 10_000;

    /** Each step of the walk multiplies what it has passed by 1.1, so that this many cover bigint. */
    private static final int MOST_STEPS = 1_000;

    private RunReader() {}

    sealed interface Ahead {
        /** The nearest run, and the last id before the limit. */
        record Found(DenseRun run, BigInteger last) implements Ahead {}

        record None() implements Ahead {}

        /** A window of ids of other writers, and behind it ids that were not read. */
        record TooMany() implements Ahead {}
    }

    static Ahead read(Session state, IdsAhead ahead) throws SQLException {
        record Ends(List<BigInteger> found, int seen) {}
        var ends = state.rows(ends(ahead), row -> new Ends(Row.numbers(row, "first", "last"), row.getInt("seen")))
                .getFirst();
        if (ends.found().isEmpty()) {
            return ends.seen() < WINDOW ? new Ahead.None() : new Ahead.TooMany();
        }
        var first = ends.found().getFirst();
        var run = state.rows(
                        run(ahead, first),
                        row -> new DenseRun(first, new BigInteger(row.getString("end")), row.getLong("count")))
                .getFirst();
        return new Ahead.Found(run, ends.found().getLast());
    }

    /**
     * Only ids of the sequence's own residue class collide. Where every whole number is in it, one index probe at either
     * end answers; else a window bounds the cost.
     */
    private static String ends(IdsAhead ahead) {
        var window = ahead.sparse() ? WINDOW : 1;
        var ids = "(SELECT %s AS id FROM %s WHERE %s ORDER BY 1 %s LIMIT %s) AS seqwatch_window";
        return """
                SELECT a.seen, a.first::bigint::text AS first, z.last::bigint::text AS last
                  FROM (SELECT pg_catalog.count(*) AS seen, pg_catalog.%s(id) FILTER (WHERE %s) AS first FROM %s) AS a,
                       (SELECT pg_catalog.%s(id) FILTER (WHERE %s) AS last FROM %s) AS z
                """.formatted(
                        ahead.nearest(),
                        ahead.own("id"),
                        ids.formatted(ahead.id(), ahead.from(), ahead.ahead(), ahead.forward(), window),
                        ahead.farthest(),
                        ahead.own("id"),
                        ids.formatted(ahead.id(), ahead.from(), ahead.ahead(), ahead.backward(), window));
    }

    /** Walks from id to the farthest id within the widest gap, one index probe a step. */
    private static String run(IdsAhead ahead, BigInteger first) {
        var sequence = ahead.sequence();
        var ascending = sequence.ascending();
        var walked = "pg_catalog.abs(seqwatch_run.id::bigint::numeric - %s)"
                .formatted(IdsAhead.literal(sequence.rangeStart()));
        var step = sequence.increment().abs();
        var gap = "least(greatest(pg_catalog.trunc(%s / %s), %s), %s)"
                .formatted(
                        walked,
                        DenseRun.PART_OF_THE_WAY,
                        step.multiply(BigInteger.valueOf(DenseRun.SMALL_GAP)),
                        step.multiply(DenseRun.widestGap(sequence, ahead.limit())));
        var reach = ascending
                ? "least(%s::numeric, seqwatch_run.id::bigint::numeric + %s)"
                        .formatted(IdsAhead.literal(ahead.limit()), gap)
                : "greatest(%s::numeric, seqwatch_run.id::bigint::numeric - %s)"
                        .formatted(IdsAhead.literal(ahead.limit()), gap);
        return """
                WITH RECURSIVE seqwatch_run(id, step) AS (
                  SELECT %s, 1
                  UNION ALL
                  SELECT seqwatch_step.id, seqwatch_run.step + 1
                    FROM seqwatch_run
                   CROSS JOIN LATERAL (
                     SELECT %s AS id FROM %s WHERE %s %s seqwatch_run.id AND %s %s %s ORDER BY %s %s LIMIT 1) AS seqwatch_step
                   WHERE seqwatch_run.step < %s
                ), seqwatch_end AS (SELECT id FROM seqwatch_run ORDER BY step DESC LIMIT 1)
                SELECT id::bigint::text AS end,
                       (SELECT pg_catalog.count(*)
                          FROM (SELECT FROM %s WHERE %s %s %s AND %s %s seqwatch_end.id LIMIT %s) AS seqwatch_count) AS count
                  FROM seqwatch_end
                """.formatted(
                        ahead.typed(IdsAhead.literal(first)),
                        ahead.typed(ahead.id()),
                        ahead.from(),
                        ahead.id(),
                        ascending ? ">" : "<",
                        ahead.id(),
                        ascending ? "<=" : ">=",
                        ahead.typed(reach),
                        ahead.id(),
                        ahead.backward(),
                        MOST_STEPS,
                        ahead.from(),
                        ahead.id(),
                        ascending ? ">=" : "<=",
                        ahead.typed(IdsAhead.literal(first)),
                        ahead.id(),
                        ascending ? "<=" : ">=",
                        DenseRun.MOST_ROWS);
    }
}
