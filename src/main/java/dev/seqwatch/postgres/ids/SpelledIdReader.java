package dev.seqwatch.postgres.ids;

import dev.seqwatch.model.DenseRun;
import dev.seqwatch.model.IdSpelling;
import dev.seqwatch.model.NotCheckedReason;
import dev.seqwatch.model.StoredIds.Collision;
import dev.seqwatch.model.StoredIds.Source;
import dev.seqwatch.postgres.connection.Row;
import dev.seqwatch.postgres.connection.Session;
import dev.seqwatch.postgres.ids.CollisionConfirmation.Answer;
import java.math.BigInteger;
import java.sql.SQLException;

/**
 * Finds ids that are text, or computed: MAX of them is no number, but each of the next values of the sequence is one index
 * probe. A table without an index must be small.
 */
final class SpelledIdReader {
    /** Values looked for one by one. */
    static final int NEAREST = 1_000;

    private SpelledIdReader() {}

    static Answer read(Session state, IdsAhead ahead, IdSpelling spelling) throws SQLException {
        if (!MaxIdReader.answers(state, ahead.source())) {
            return new Answer.NotChecked(NotCheckedReason.NoUsableIndex);
        }
        var first = state.rows(
                        "SET LOCAL enable_seqscan = off; " + sql(ahead, spelling), row -> Row.numbers(row, "first"))
                .getFirst();
        if (first.isEmpty()) {
            return new Answer.Clear();
        }
        var id = first.getFirst();
        var source = ahead.source();
        return new Answer.Ahead(new Collision(
                source.column().table(),
                source.uniqueness(),
                new DenseRun(id, id, 1),
                id,
                null,
                spelling,
                new Source.Stored()));
    }

    private static String sql(IdsAhead ahead, IdSpelling spelling) {
        var sequence = ahead.sequence();
        var farthest = ahead.next().add(sequence.increment().multiply(BigInteger.valueOf(NEAREST - 1)));
        var last = sequence.ascending() ? farthest.min(ahead.limit()) : farthest.max(ahead.limit());
        return """
                SELECT pg_catalog.%s(seqwatch_value.id)::text AS first
                  FROM pg_catalog.generate_series(%s, %s, %s) AS seqwatch_value(id)
                 WHERE EXISTS (SELECT FROM %s WHERE %s)
                """.formatted(
                        ahead.nearest(),
                        bigint(ahead.next()),
                        bigint(last),
                        bigint(sequence.increment()),
                        ahead.from(),
                        spelling.matches(ahead.id(), "seqwatch_value.id"));
    }

    private static String bigint(BigInteger number) {
        return "'" + number + "'::bigint";
    }
}
