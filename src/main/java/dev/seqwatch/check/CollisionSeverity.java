package dev.seqwatch.check;

import dev.seqwatch.model.Headroom;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.WatchedSequence;
import java.math.BigInteger;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How urgent it is that a sequence will reach a stored id. Time decides where the rate of use is known. Else the distance
 * does, compared with all that the sequence ever gave: what it took a life to give will not be given in days.
 */
final class CollisionSeverity {
    /** So few calls may be made within hours by any application. */
    static final BigInteger NEAR = BigInteger.valueOf(1_000);

    /** So few calls may be made within weeks by any application. */
    private static final BigInteger WITHIN_WEEKS = BigInteger.valueOf(10_000);

    /** A sequence that took a year gives a 500th of it in 18 hours, and one that took three in two days. */
    private static final BigInteger PART_WITHIN_DAYS = BigInteger.valueOf(500);

    /** And a tenth of it in five weeks. */
    private static final BigInteger PART_WITHIN_WEEKS = BigInteger.TEN;

    private static final Duration CRITICAL = Duration.ofDays(2);
    private static final Duration WARNING = Duration.ofDays(56);

    private CollisionSeverity() {}

    /** Calls made so far: from START, or from the end of the range where it was set to values before START. */
    static BigInteger given(WatchedSequence watched) {
        var sequence = watched.sequence();
        return switch (watched.position()) {
            case Position.At(var last) -> {
                var calls = sequence.callsBetween(sequence.start(), last);
                yield calls.signum() < 0 ? sequence.callsBetween(sequence.turn(), last) : calls;
            }
            case Position.NeverCalled _, Position.Unreadable _ -> BigInteger.ZERO;
        };
    }

    /** The part of the calls between the first and the collision that is left; 0 where the next call collides. */
    static double remaining(BigInteger distance, BigInteger given) {
        var left = distance.subtract(BigInteger.ONE).doubleValue();
        return left / Math.max(1, left + given.doubleValue());
    }

    /**
     * The severity of ids that are in the way like the end of a type, so that it takes more than a setval to pass them: as
     * {@link SequenceExhaustion} and {@link ExhaustionForecast} judge an end.
     */
    static Severity ofEnd(BigInteger distance, BigInteger given, @Nullable Duration time, CheckPolicy policy) {
        if (time != null) {
            var days = time.toDays();
            return days < policy.forecast().criticalDays()
                    ? Severity.Critical
                    : days < policy.forecast().warningDays() ? Severity.Warning : Severity.Info;
        }
        var way = new Headroom.Finite(distance.subtract(BigInteger.ONE), given);
        return way.usedAtLeast(policy.exhaustion().criticalPercent())
                ? Severity.Critical
                : way.usedAtLeast(policy.exhaustion().warningPercent()) ? Severity.Warning : Severity.Info;
    }

    /**
     * The severity of a collision.
     *
     * @param distance calls of nextval until the id is given, that call included
     * @param given calls made so far
     * @param time until then; null where no rate of use is known
     */
    static Severity of(BigInteger distance, BigInteger given, @Nullable Duration time) {
        if (distance.equals(BigInteger.ONE)) {
            return Severity.Critical;
        }
        if (time != null) {
            return time.compareTo(CRITICAL) <= 0
                    ? Severity.Critical
                    : time.compareTo(WARNING) <= 0 ? Severity.Warning : Severity.Info;
        }
        if (distance.compareTo(NEAR.max(given.divide(PART_WITHIN_DAYS))) <= 0) {
            return Severity.Critical;
        }
        return distance.compareTo(WITHIN_WEEKS.max(given.divide(PART_WITHIN_WEEKS))) <= 0
                ? Severity.Warning
                : Severity.Info;
    }
}
