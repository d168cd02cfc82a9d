package dev.seqwatch.postgres.ids;

import dev.seqwatch.model.LeadingValues;
import dev.seqwatch.model.Sql;
import dev.seqwatch.postgres.connection.Session;
import java.sql.SQLException;
import java.util.stream.Collectors;

/**
 * Tells one numbering from one that begins again where the ids lead a composite key, {@code (number, year)}: the last ids
 * behind the sequence and the first ones ahead of it are read with the rest of their key.
 */
final class TrailingValueReader {
    /** Rows read behind the sequence and ahead of it. */
    private static final int WINDOW = 200;

    private static final int SAMPLED_IDS = 10;

    private TrailingValueReader() {}

    static LeadingValues read(Session state, IdsAhead ahead) throws SQLException {
        return state.rows("SET LOCAL enable_seqscan = off; " + sql(ahead), row -> {
                    var current = row.getBoolean("current");
                    var sample = current ? "given" : "ahead";
                    return new LeadingValues(
                            String.join(", ", ahead.source().trailing()),
                            row.getInt("seen"),
                            true,
                            row.getInt("holding"),
                            current,
                            row.getInt(sample + "_sampled"),
                            row.getInt(sample + "_shared"));
                })
                .getFirst();
    }

    private static String sql(IdsAhead ahead) {
        var rest = ahead.source().trailing().stream()
                .map(column -> IdsAhead.ALIAS + "." + Sql.identifier(column))
                .collect(Collectors.joining(", "));
        var rows = "SELECT %s AS id, ROW(%s)::text AS rest FROM %s WHERE %s ORDER BY %s %s LIMIT %s";
        var behind = "%s %s %s"
                .formatted(ahead.id(), ahead.sequence().ascending() ? "<" : ">", IdsAhead.literal(ahead.next()));
        return """
                WITH seqwatch_given AS MATERIALIZED (%s), seqwatch_ahead AS MATERIALIZED (%s),
                seqwatch_given_ids AS MATERIALIZED (
                  SELECT id, pg_catalog.count(DISTINCT rest) AS holders FROM seqwatch_given GROUP BY id ORDER BY id %s LIMIT %s
                ), seqwatch_ahead_ids AS MATERIALIZED (
                  SELECT id, pg_catalog.count(DISTINCT rest) AS holders FROM seqwatch_ahead GROUP BY id ORDER BY id %s LIMIT %s
                )
                SELECT (SELECT pg_catalog.count(*) FROM seqwatch_given_ids) AS given_sampled,
                       (SELECT pg_catalog.count(*) FROM seqwatch_given_ids WHERE holders > 1) AS given_shared,
                       (SELECT pg_catalog.count(*) FROM seqwatch_ahead_ids) AS ahead_sampled,
                       (SELECT pg_catalog.count(*) FROM seqwatch_ahead_ids WHERE holders > 1) AS ahead_shared,
                       (SELECT pg_catalog.count(DISTINCT rest) FROM seqwatch_ahead) AS holding,
                       (SELECT pg_catalog.count(*)
                          FROM (SELECT rest FROM seqwatch_given UNION SELECT rest FROM seqwatch_ahead) AS seqwatch_all) AS seen,
                       EXISTS (SELECT FROM seqwatch_given
                                WHERE id IN (SELECT id FROM seqwatch_given_ids)
                                  AND rest NOT IN (SELECT rest FROM seqwatch_ahead)
                                GROUP BY rest
                               HAVING pg_catalog.count(DISTINCT id) * 2 > (SELECT pg_catalog.count(*) FROM seqwatch_given_ids)) AS current
                """.formatted(
                rows.formatted(ahead.id(), rest, ahead.from(), behind, ahead.id(), ahead.backward(), WINDOW),
                rows.formatted(ahead.id(), rest, ahead.from(), ahead.ahead(), ahead.id(), ahead.forward(), WINDOW),
                ahead.backward(),
                SAMPLED_IDS,
                ahead.forward(),
                SAMPLED_IDS);
    }
}
