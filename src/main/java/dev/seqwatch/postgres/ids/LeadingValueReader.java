package dev.seqwatch.postgres.ids;

import dev.seqwatch.model.DenseRun;
import dev.seqwatch.model.LeadingValues;
import dev.seqwatch.model.NotCheckedReason;
import dev.seqwatch.model.Sql;
import dev.seqwatch.postgres.connection.Session;
import dev.seqwatch.postgres.ids.CollisionConfirmation.Answer;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the ids ahead of a sequence through an index that leads with other columns, {@code (tenant, id)}: one index probe a
 * leading value finds the next leading value, one more its last id (a loose index scan). Of very many leading values the
 * first and the last are read.
 */
final class LeadingValueReader {
    /** From either end. */
    static final int MOST_VALUES = 500;

    private static final int SAMPLED_VALUES = 20;
    private static final int SAMPLED_IDS = 10;

    /** Ids of one leading value that are searched for one of the sequence's own. */
    private static final int WINDOW = 100;

    private LeadingValueReader() {}

    /**
     * The ids under one leading value.
     *
     * @param first the nearest id ahead of the sequence
     * @param last the farthest
     * @param given the last id behind the sequence
     */
    private record Ids(
            @Nullable BigInteger first,
            @Nullable BigInteger last,
            @Nullable BigInteger given) {
        boolean ahead() {
            return first != null;
        }
    }

    /** @param rows ahead of the sequence, counted up to {@link DenseRun#MOST_ROWS} */
    record Found(List<Ids> all, LeadingValues values, long rows) {
        Answer answer(IdsAhead ahead) {
            var firsts = all.stream().map(Ids::first).filter(Objects::nonNull).toList();
            if (firsts.isEmpty()) {
                return values.complete()
                        ? new Answer.Clear()
                        : new Answer.NotChecked(NotCheckedReason.TooManyLeadingValues);
            }
            var sequence = ahead.sequence();
            var lasts = all.stream().map(Ids::last).filter(Objects::nonNull).toList();
            var first = sequence.nearest(firsts);
            var end = DenseRun.commonEnd(lasts, sequence, ahead.limit());
            return new Answer.Ahead(CollisionConfirmation.collision(
                    ahead.source(), new DenseRun(first, end, rows), sequence.farthest(lasts), values));
        }
    }

    static Found read(Session state, IdsAhead ahead) throws SQLException {
        record Line(Ids ids, int sampled, int shared, long rows) {}
        var lines = state.rows(
                "SET LOCAL enable_seqscan = off; " + sql(ahead),
                row -> new Line(
                        new Ids(
                                number(row.getString("first")),
                                number(row.getString("last")),
                                number(row.getString("given"))),
                        row.getInt("sampled"),
                        row.getInt("shared"),
                        row.getLong("rows")));
        var all = lines.stream().map(Line::ids).toList();
        var holding = (int) all.stream().filter(Ids::ahead).count();
        var current = all.stream().anyMatch(ids -> !ids.ahead() && ids.given() != null && recent(ahead, ids.given()));
        var values = new LeadingValues(
                String.join(", ", ahead.source().leading()),
                all.size(),
                all.size() < 2 * MOST_VALUES,
                holding,
                current,
                lines.isEmpty() ? 0 : lines.getFirst().sampled(),
                lines.isEmpty() ? 0 : lines.getFirst().shared());
        return new Found(all, values, lines.isEmpty() ? 0 : lines.getFirst().rows());
    }

    private static boolean recent(IdsAhead ahead, BigInteger given) {
        return ahead.sequence().callsBetween(given, ahead.next()).compareTo(BigInteger.valueOf(DenseRun.SMALL_GAP))
                <= 0;
    }

    private static @Nullable BigInteger number(@Nullable String text) {
        return text == null ? null : new BigInteger(text);
    }

    private static String sql(IdsAhead ahead) {
        var columns = ahead.source().leading().stream()
                .map(column -> IdsAhead.ALIAS + "." + Sql.identifier(column))
                .toList();
        var count = columns.size();
        var named = IntStream.range(0, count)
                .mapToObj(i -> columns.get(i) + " AS " + name(i))
                .collect(Collectors.joining(", "));
        var own = ahead.sparse()
                ? "(SELECT seqwatch_window.id FROM (SELECT %s AS id FROM %s WHERE %s AND %s ORDER BY %s %s LIMIT %s) AS seqwatch_window WHERE %s ORDER BY 1 %s LIMIT 1)"
                        .formatted(
                                ahead.id(),
                                ahead.from(),
                                same(ahead, "seqwatch_value"),
                                ahead.ahead(),
                                ahead.id(),
                                ahead.forward(),
                                WINDOW,
                                ahead.own("seqwatch_window.id"),
                                ahead.forward())
                : one(ahead, ahead.ahead(), ahead.forward());
        var last = one(ahead, ahead.ahead(), ahead.backward());
        var behind = "%s %s %s"
                .formatted(ahead.id(), ahead.sequence().ascending() ? "<" : ">", IdsAhead.literal(ahead.next()));
        return """
                WITH RECURSIVE seqwatch_up AS (%s), seqwatch_down AS (%s),
                seqwatch_value AS (
                  SELECT v.*, pg_catalog.row_number() OVER (ORDER BY %s) AS place, pg_catalog.count(*) OVER () AS total
                    FROM (SELECT %s FROM seqwatch_up UNION SELECT %s FROM seqwatch_down) AS v
                ), seqwatch_ends AS MATERIALIZED (
                  SELECT seqwatch_value.*, %s AS first, %s AS last, %s AS given FROM seqwatch_value
                ), seqwatch_reach AS MATERIALIZED (
                  SELECT seqwatch_ends.*, coalesce(last, given) AS reach FROM seqwatch_ends
                ), seqwatch_widest AS MATERIALIZED (
                  SELECT * FROM seqwatch_reach WHERE reach IS NOT NULL ORDER BY reach %s LIMIT %s
                ), seqwatch_sample AS (
                  SELECT seqwatch_chosen.place, seqwatch_id.id
                    FROM (SELECT * FROM seqwatch_reach
                           WHERE place %% greatest(1, total / %s) = 0
                             AND place <> (SELECT place FROM seqwatch_widest LIMIT 1)) AS seqwatch_chosen
                   CROSS JOIN LATERAL (SELECT %s AS id FROM %s WHERE %s AND %s %s seqwatch_chosen.reach
                                        ORDER BY %s %s LIMIT %s) AS seqwatch_id
                ), seqwatch_shared AS MATERIALIZED (
                  SELECT pg_catalog.count(*) AS sampled,
                         pg_catalog.count(*) FILTER (WHERE EXISTS (
                           SELECT FROM seqwatch_widest WHERE seqwatch_widest.place <> seqwatch_sample.place
                              AND EXISTS (SELECT FROM %s WHERE %s AND %s = seqwatch_sample.id))) AS shared
                    FROM seqwatch_sample
                ), seqwatch_rows AS MATERIALIZED (
                  SELECT pg_catalog.count(*) AS rows
                    FROM (SELECT FROM seqwatch_ends
                           CROSS JOIN LATERAL (SELECT FROM %s WHERE %s AND %s LIMIT %s) AS seqwatch_row LIMIT %s) AS seqwatch_all
                )
                SELECT %s AS first, %s AS last, %s AS given, seqwatch_shared.sampled, seqwatch_shared.shared, seqwatch_rows.rows
                  FROM seqwatch_ends CROSS JOIN seqwatch_shared CROSS JOIN seqwatch_rows
                """.formatted(
                        walk(ahead, columns, named, "seqwatch_up", ">", "ASC"),
                        walk(ahead, columns, named, "seqwatch_down", "<", "DESC"),
                        names("v", count),
                        names("seqwatch_up", count),
                        names("seqwatch_down", count),
                        own,
                        last,
                        one(ahead, behind, ahead.backward()),
                        ahead.backward(),
                        SAMPLED_VALUES / 2,
                        SAMPLED_VALUES,
                        ahead.id(),
                        ahead.from(),
                        same(ahead, "seqwatch_chosen"),
                        ahead.id(),
                        ahead.sequence().ascending() ? "<=" : ">=",
                        ahead.id(),
                        ahead.backward(),
                        SAMPLED_IDS,
                        ahead.from(),
                        same(ahead, "seqwatch_widest"),
                        ahead.id(),
                        ahead.from(),
                        same(ahead, "seqwatch_ends"),
                        ahead.ahead(),
                        DenseRun.MOST_ROWS,
                        DenseRun.MOST_ROWS,
                        ahead.text("seqwatch_ends.first"),
                        ahead.text("seqwatch_ends.last"),
                        ahead.text("seqwatch_ends.given"));
    }

    /** One leading value after the other, each found by one index probe. */
    private static String walk(
            IdsAhead ahead, List<String> columns, String named, String walk, String beyond, String order) {
        var by = columns.stream().map(column -> column + " " + order).collect(Collectors.joining(", "));
        return """
                (SELECT %s, 1 AS step FROM %s WHERE %s ORDER BY %s LIMIT 1)
                 UNION ALL
                SELECT seqwatch_step.*, %s.step + 1
                  FROM %s CROSS JOIN LATERAL (SELECT %s FROM %s WHERE (%s) %s (%s) ORDER BY %s LIMIT 1) AS seqwatch_step
                 WHERE %s.step < %s""".formatted(
                        named,
                        ahead.from(),
                        columns.stream().map(column -> column + " IS NOT NULL").collect(Collectors.joining(" AND ")),
                        by,
                        walk,
                        walk,
                        named,
                        ahead.from(),
                        String.join(", ", columns),
                        beyond,
                        names(walk, columns.size()),
                        by,
                        walk,
                        MOST_VALUES);
    }

    private static String one(IdsAhead ahead, String condition, String order) {
        return "(SELECT %s FROM %s WHERE %s AND %s ORDER BY %s %s LIMIT 1)"
                .formatted(ahead.id(), ahead.from(), same(ahead, "seqwatch_value"), condition, ahead.id(), order);
    }

    private static String same(IdsAhead ahead, String values) {
        var leading = ahead.source().leading();
        return IntStream.range(0, leading.size())
                .mapToObj(
                        i -> "%s.%s = %s.%s".formatted(IdsAhead.ALIAS, Sql.identifier(leading.get(i)), values, name(i)))
                .collect(Collectors.joining(" AND "));
    }

    private static String names(String values, int count) {
        return IntStream.range(0, count).mapToObj(i -> values + "." + name(i)).collect(Collectors.joining(", "));
    }

    private static String name(int place) {
        return "seqwatch_" + place;
    }
}
