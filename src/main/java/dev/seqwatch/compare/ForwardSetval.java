package dev.seqwatch.compare;

import dev.seqwatch.model.Sequence;
import dev.seqwatch.model.Sql;
import java.math.BigInteger;

/** Statements that move a sequence forward to a value, never back, so that running them twice changes nothing. */
final class ForwardSetval {
    private ForwardSetval() {}

    /**
     * The sequence gives {@code next} next, unless it is at or past it already.
     *
     * @param next within the range, or one step past its end where nothing is left
     */
    static String statement(Sequence sequence, BigInteger next) {
        var given = next.subtract(sequence.increment());
        var called = sequence.range().contains(given);
        return """
                SELECT pg_catalog.setval(%s::pg_catalog.regclass, %s, %s)
                  FROM %s AS seqwatch_sequence
                 WHERE seqwatch_sequence.last_value::pg_catalog.numeric
                       + CASE WHEN seqwatch_sequence.is_called THEN %s ELSE 0 END %s %s;""".formatted(
                        Sql.literal(sequence.name().sql()).strip(),
                        called ? given : next,
                        called,
                        sequence.name().sql(),
                        constant(sequence.increment()),
                        sequence.ascending() ? "<" : ">",
                        constant(next));
    }

    private static String constant(BigInteger number) {
        return number.signum() < 0 ? "(" + number + ")" : number.toString();
    }
}
