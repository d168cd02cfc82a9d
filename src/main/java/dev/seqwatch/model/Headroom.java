package dev.seqwatch.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** What a sequence still has to give before its limit. */
public sealed interface Headroom {
    /**
     * It ends.
     *
     * @param remaining calls of nextval that still give a usable value
     * @param used calls already made, counted from the start of the range
     */
    record Finite(BigInteger remaining, BigInteger used) implements Headroom {
        /** From 0 to 1, and 1 only where nothing remains. */
        public double usedRatio() {
            if (remaining.signum() == 0) {
                return 1;
            }
            var ratio = new BigDecimal(used)
                    .divide(new BigDecimal(used.add(remaining)), new MathContext(17, RoundingMode.DOWN))
                    .doubleValue();
            return Math.min(ratio, Math.nextDown(1.0));
        }

        /** Exact where a double is not: whether at least {@code percent} of the range is used. */
        public boolean usedAtLeast(int percent) {
            var total = used.add(remaining);
            return remaining.signum() == 0
                    || used.multiply(BigInteger.valueOf(100)).compareTo(total.multiply(BigInteger.valueOf(percent)))
                            >= 0;
        }
    }

    /** CYCLE, and nothing tighter than the sequence's own range: it never ends. */
    record Endless() implements Headroom {}

    /** The position is not known. */
    record Unknown(UnreadableReason reason) implements Headroom {}

    /** Counts whole steps from the position to the limit, and back to the start of the range. */
    static Headroom of(Sequence sequence, Position position, Limit limit) {
        return of(sequence, position, limit, true);
    }

    /**
     * The same, where START may begin a block of its own.
     *
     * @param usedBefore whether ids before START may have been used, so that it begins none
     */
    static Headroom of(Sequence sequence, Position position, Limit limit, boolean usedBefore) {
        if (position instanceof Position.Unreadable(var reason)) {
            return new Unknown(reason);
        }
        var next = position.next(sequence);
        if (next == null || (sequence.cycle() && limit.kind() == Limit.Kind.Sequence)) {
            return new Endless();
        }
        var step = sequence.increment();
        var stepsLeft = limit.value().subtract(next).divide(step);
        var beyond = limit.value().compareTo(next) * step.signum() < 0;
        var remaining = beyond ? BigInteger.ZERO : stepsLeft.add(BigInteger.ONE);
        var used =
                next.subtract(sequence.usedFrom(next, usedBefore)).divide(step).max(BigInteger.ZERO);
        return new Finite(remaining, used);
    }
}
