package dev.seqwatch.model;

import java.math.BigInteger;
import java.util.Collection;

/**
 * A sequence as its row in {@code pg_sequence} defines it (manual, section 52.47).
 *
 * @param dataType {@code smallint}, {@code integer} or {@code bigint}
 * @param increment never zero; below zero the sequence descends
 * @param owner the role that owns the relation
 */
public record Sequence(
        RelationName name,
        String dataType,
        ValueRange range,
        BigInteger start,
        BigInteger increment,
        long cache,
        boolean cycle,
        Persistence persistence,
        String owner) {

    public Sequence withoutCycle() {
        return new Sequence(name, dataType, range, start, increment, cache, false, persistence, owner);
    }

    public boolean ascending() {
        return increment.signum() > 0;
    }

    /** Calls of nextval that lead from one value to another, whole steps only; negative where that lies behind. */
    public BigInteger callsBetween(BigInteger from, BigInteger to) {
        return to.subtract(from).divide(increment);
    }

    /** Of some values, at least one, the one that the sequence reaches first. */
    public BigInteger nearest(Collection<BigInteger> values) {
        return values.stream()
                .reduce(ascending() ? BigInteger::min : BigInteger::max)
                .orElseThrow();
    }

    /** The one that it reaches last. */
    public BigInteger farthest(Collection<BigInteger> values) {
        return values.stream()
                .reduce(ascending() ? BigInteger::max : BigInteger::min)
                .orElseThrow();
    }

    /** MAXVALUE, or MINVALUE where the sequence descends. */
    public BigInteger end() {
        return range.end(ascending());
    }

    /**
     * Where its values begin: MINVALUE, but 1 where only a wide MINVALUE lies below 1 and START does not; mirrored for
     * descending sequences. So a sequence made with {@code MINVALUE -2147483648} for no reason is not half used at 1.
     */
    public BigInteger rangeStart() {
        var one = BigInteger.ONE;
        if (ascending()) {
            return range.min().compareTo(one) < 0 && start.compareTo(one) >= 0 ? one : range.min();
        }
        var minusOne = one.negate();
        return range.max().compareTo(minusOne) > 0 && start.compareTo(minusOne) <= 0 ? minusOne : range.max();
    }

    /** The value that it begins again at where it turns: MINVALUE, or MAXVALUE where it descends. */
    public BigInteger turn() {
        return range.end(!ascending());
    }

    /**
     * Whether the first stored id tells something: ids before a START that is more than a hundredth into the range show
     * that the part before it was used, and after a turn the first stored id is given again.
     */
    public boolean asksForFirstId() {
        return cycle || startsWithin();
    }

    /** Whether START is more than a hundredth into the range. */
    boolean startsWithin() {
        var whole = callsBetween(rangeStart(), end());
        return callsBetween(rangeStart(), start)
                        .multiply(BigInteger.valueOf(100))
                        .compareTo(whole)
                > 0;
    }

    /**
     * Where its use is counted from: a START within the range begins a block of its own, such as numbers from 2,000,000,000
     * on, as long as nothing shows that values before it were used.
     *
     * @param usedBefore whether ids before START may have been used
     */
    BigInteger usedFrom(BigInteger next, boolean usedBefore) {
        if (isBefore(next, rangeStart())) {
            return turn();
        }
        return startsWithin() && !usedBefore && !isBefore(next, start) ? start : rangeStart();
    }

    private boolean isBefore(BigInteger value, BigInteger other) {
        return value.subtract(other).signum() * increment.signum() < 0;
    }

    /** The bounds that the data type itself allows. */
    public ValueRange typeRange() {
        return switch (dataType) {
            case "smallint" -> ValueRange.SMALLINT;
            case "integer" -> ValueRange.INTEGER;
            default -> ValueRange.BIGINT;
        };
    }
}
