package dev.seqwatch.catalog;

import dev.seqwatch.model.Limit;
import dev.seqwatch.model.NotCheckedReason;
import dev.seqwatch.model.Sequence;
import dev.seqwatch.model.Server;
import dev.seqwatch.model.StoredIds.Collision;
import dev.seqwatch.model.StoredIds.Source;
import dev.seqwatch.model.ValueRange;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The second read that confirms ids ahead of a sequence, and finds the nearest of them. One REPEATABLE READ
 * transaction: its snapshot of the table is taken before the position, which no snapshot holds back, so an id that an
 * insert draws meanwhile is never ahead.
 */
final class CollisionConfirmation {
    /** Ids looked at from either end where only some of them are the sequence's own. */
    static final int WINDOW = 10_000;

    /** Values looked for one by one where ids are text. */
    private static final int NEAREST = 1_000;

    private CollisionConfirmation() {}

    record Suspect(SequenceQuery.SequenceRow sequence, Limit limit, IdSource source) {}

    /** What the second read says of one suspect. */
    sealed interface Answer {
        record Ahead(Collision collision) implements Answer {}

        record Clear() implements Answer {}

        record NotChecked(NotCheckedReason reason) implements Answer {}
    }

    static Map<Suspect, Answer> read(Session session, Server server, List<Suspect> suspects) throws SQLException {
        var answers = new HashMap<Suspect, Answer>();
        for (var suspect : suspects) {
            BatchBisect.run(
                    List.of(suspect),
                    one -> answers.put(suspect, session.repeatableRead(state -> answer(state, server, suspect))),
                    (_, refusal) -> refusal.notChecked()
                            .ifPresent(reason -> answers.put(suspect, new Answer.NotChecked(reason))));
        }
        return answers;
    }

    private static Answer answer(Session state, Server server, Suspect suspect) throws SQLException {
        var sequence = suspect.sequence().sequence();
        var position = PositionReader.now(state, server, suspect.sequence());
        var next = position.next(sequence);
        if (next == null) {
            return new Answer.NotChecked(NotCheckedReason.PositionUnknown);
        }
        if (next.subtract(suspect.limit().value()).signum()
                        * sequence.increment().signum()
                > 0) {
            return new Answer.Clear();
        }
        var sql = suspect.source().type().isText() ? isText(sequence, suspect, next) : text(sequence, suspect, next);
        return state.rows(sql, row -> {
                    var first = Optional.ofNullable(row.getString("first"));
                    var last = Optional.ofNullable(row.getString("last"));
                    if (first.isPresent() || last.isPresent()) {
                        return (Answer) new Answer.Ahead(new Collision(
                                suspect.source().column().table(),
                                suspect.source().uniqueness(),
                                new BigInteger(first.or(() -> last).orElseThrow()),
                                new BigInteger(last.or(() -> first).orElseThrow()),
                                new Source.Stored()));
                    }
                    return row.getInt("seen") < WINDOW
                            ? new Answer.Clear()
                            : new Answer.NotChecked(
                                    suspect.source().type().isText()
                                            ? NotCheckedReason.NoUsableIndex
                                            : NotCheckedReason.TooManyIds);
                })
                .getFirst();
    }

    /**
     * Only ids of the sequence's own residue class collide. Where every whole number is in it, one index probe at either
     * end answers; else a window bounds the cost.
     */
    private static String text(Sequence sequence, Suspect suspect, BigInteger next) {
        var column = suspect.source().column().sql();
        var ascending = sequence.ascending();
        var limit = suspect.limit().value();
        var type = Optional.ofNullable(suspect.source().type().bounds()).orElse(ValueRange.BIGINT);
        var low = ascending ? next.max(type.min()) : limit;
        var high = ascending ? limit : next.min(type.max());
        var sparse = sequence.increment().abs().compareTo(BigInteger.ONE) > 0
                || suspect.source().type().base().equals("numeric");
        var own = sparse
                ? "(%s - %s) %% %s = 0"
                        .formatted(
                                suspect.source().type().base().equals("oid") ? "id::bigint::numeric" : "id::numeric",
                                literal(next),
                                sequence.increment().abs())
                : "true";
        var window = sparse ? WINDOW : 1;
        var ids = "(SELECT %s AS id FROM %s WHERE %s BETWEEN %s AND %s ORDER BY %s "
                .formatted(column, suspect.source().from(), column, literal(low), literal(high), column);
        var end = " LIMIT " + window + ") ahead";
        return """
                SELECT a.seen, a.first::bigint::text AS first, z.last::bigint::text AS last
                  FROM (SELECT pg_catalog.count(*) AS seen, pg_catalog.%s(id) FILTER (WHERE %s) AS first FROM %s) a,
                       (SELECT pg_catalog.%s(id) FILTER (WHERE %s) AS last FROM %s) z
                """.formatted(
                        ascending ? "min" : "max",
                        own,
                        ids + (ascending ? "ASC" : "DESC") + end,
                        ascending ? "max" : "min",
                        own,
                        ids + (ascending ? "DESC" : "ASC") + end);
    }

    /** MAX of text is no number, but each of the next values is one probe. A table without an index must be small. */
    private static String isText(Sequence sequence, Suspect suspect, BigInteger next) {
        var source = suspect.source();
        var limit = suspect.limit().value();
        var farthest = next.add(sequence.increment().multiply(BigInteger.valueOf(NEAREST - 1)));
        var last = sequence.ascending() ? farthest.min(limit) : farthest.max(limit);
        return """
                SELECT CASE WHEN %s THEN 0 ELSE %d END AS seen, n.first, n.first AS last
                  FROM (SELECT CASE WHEN %s THEN (
                          SELECT pg_catalog.%s(g.id) FROM pg_catalog.generate_series(%s, %s, %s) AS g(id)
                           WHERE EXISTS (SELECT FROM %s WHERE %s = g.id::text)) END AS first) n
                """.formatted(
                        MaxIdReader.readable(source),
                        WINDOW,
                        MaxIdReader.readable(source),
                        sequence.ascending() ? "min" : "max",
                        bigint(next),
                        bigint(last),
                        bigint(sequence.increment()),
                        source.from(),
                        source.column().sql());
    }

    private static String bigint(BigInteger number) {
        return "'" + number + "'::bigint";
    }

    private static String literal(BigInteger number) {
        return number.signum() < 0 ? "(" + number + ")" : number.toString();
    }
}
