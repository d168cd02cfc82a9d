package dev.seqwatch.postgres.ids;

import dev.seqwatch.model.DenseRun;
import dev.seqwatch.model.LeadingValues;
import dev.seqwatch.model.Limit;
import dev.seqwatch.model.NotCheckedReason;
import dev.seqwatch.model.Server;
import dev.seqwatch.model.StoredIds.Collision;
import dev.seqwatch.model.StoredIds.Source;
import dev.seqwatch.model.Uniqueness;
import dev.seqwatch.postgres.catalog.SequenceQuery;
import dev.seqwatch.postgres.connection.BatchBisect;
import dev.seqwatch.postgres.connection.Session;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The second read that confirms ids ahead of a sequence, and finds the nearest of them. One REPEATABLE READ
 * transaction: its snapshot of the table is taken before the position, which no snapshot holds back, so an id that an
 * insert takes meanwhile is never ahead.
 */
public final class CollisionConfirmation {
    private CollisionConfirmation() {}

    public record Suspect(SequenceQuery.SequenceRow sequence, Limit limit, IdSource source) {}

    /** What the second read says of one suspect. */
    public sealed interface Answer {
        record Ahead(Collision collision) implements Answer {}

        record Clear() implements Answer {}

        record NotChecked(NotCheckedReason reason) implements Answer {}
    }

    public static Map<Suspect, Answer> read(Session session, Server server, List<Suspect> suspects)
            throws SQLException {
        var answers = new HashMap<Suspect, Answer>();
        var locked = Set.<Long>of();
        for (var suspect : suspects) {
            if (locked.contains(suspect.source().oid())) {
                answers.put(suspect, new Answer.NotChecked(NotCheckedReason.Locked));
                continue;
            }
            BatchBisect.run(
                    List.of(suspect),
                    one -> answers.put(suspect, session.repeatableRead(state -> answer(state, server, suspect))),
                    (_, refusal) -> refusal.notChecked()
                            .ifPresent(reason -> answers.put(suspect, new Answer.NotChecked(reason))));
            if (new Answer.NotChecked(NotCheckedReason.Locked).equals(answers.get(suspect))) {
                locked = BatchBisect.locked(session);
            }
        }
        return answers;
    }

    private static Answer answer(Session state, Server server, Suspect suspect) throws SQLException {
        var source = suspect.source();
        var sequence = suspect.sequence().sequence();
        var position = PositionReader.now(state, server, suspect.sequence()).orElse(null);
        if (position == null) {
            return new Answer.Clear(); // dropped: there is nothing left that could collide
        }
        var next = position.next(sequence);
        if (next == null) {
            return new Answer.NotChecked(NotCheckedReason.PositionUnknown);
        }
        if (sequence.callsBetween(next, suspect.limit().value()).signum() < 0) {
            return new Answer.Clear();
        }
        var ahead = new IdsAhead(sequence, source, next, suspect.limit().value());
        if (source.spelling() != null) {
            return SpelledIdReader.read(state, ahead, source.spelling());
        }
        if (!source.leading().isEmpty() && !MaxIdReader.answers(state, source)) {
            return LeadingValueReader.read(state, ahead).answer(ahead);
        }
        return switch (RunReader.read(state, ahead)) {
            case RunReader.Ahead.Found(var run, var last) -> {
                var values = source.uniqueness() == Uniqueness.Composite ? values(state, ahead) : null;
                yield new Answer.Ahead(collision(source, run, last, values));
            }
            case RunReader.Ahead.None _ -> new Answer.Clear();
            case RunReader.Ahead.TooMany _ -> new Answer.NotChecked(NotCheckedReason.TooManyIds);
        };
    }

    private static @Nullable LeadingValues values(Session state, IdsAhead ahead) throws SQLException {
        return !ahead.source().leading().isEmpty()
                ? LeadingValueReader.read(state, ahead).values()
                : ahead.source().trailing().isEmpty() ? null : TrailingValueReader.read(state, ahead);
    }

    static Collision collision(IdSource source, DenseRun run, BigInteger last, @Nullable LeadingValues values) {
        return new Collision(
                source.column().table(), source.uniqueness(), run, last, values, null, new Source.Stored());
    }
}
