package dev.seqwatch.compare;

import dev.seqwatch.model.CutoverState;
import dev.seqwatch.model.WatchedSequence;
import java.math.BigInteger;
import java.time.Duration;

/**
 * How far the target must be ahead of the source because the source still gives ids: none once it takes no more writes, for
 * values that a session holds in its cache lie before the position. Else twice what it gives at its present rate in the time
 * until the writes stop, and a cache for each session that may open; at least a thousand calls, because a look of some
 * seconds shows no rate below one call in that time. It never takes more than a hundredth of what is left.
 *
 * @param untilStop time until the source takes no more writes
 */
record Margin(CutoverState state, SourceWrites writes, Duration untilStop) {
    private static final BigInteger LEAST_CALLS = BigInteger.valueOf(1_000);
    private static final BigInteger HUNDRED = BigInteger.valueOf(100);

    /** Calls of nextval. */
    BigInteger calls(WatchedSequence source) {
        if (writes.stopped()) {
            return BigInteger.ZERO;
        }
        var cached = BigInteger.valueOf(source.sequence().cache())
                .multiply(BigInteger.valueOf(state.second().sessions().size() + 1L));
        var wanted = given(source).multiply(BigInteger.TWO).add(cached).max(LEAST_CALLS);
        var next = source.position().next(source.sequence());
        var left = next == null
                ? BigInteger.ZERO
                : source.sequence().callsBetween(next, source.limit().value()).max(BigInteger.ZERO);
        return wanted.min(left.divide(HUNDRED));
    }

    /** What the source gives until the writes stop, if it continues as between the looks. */
    private BigInteger given(WatchedSequence source) {
        var before = state.first().positions().get(source.name());
        var after = state.second().positions().get(source.name());
        if (before == null || after == null) {
            return BigInteger.ZERO;
        }
        var from = before.next(source.sequence());
        var to = after.next(source.sequence());
        var millis = Duration.between(state.first().at(), state.second().at()).toMillis();
        return from == null || to == null || millis <= 0
                ? BigInteger.ZERO
                : source.sequence()
                        .callsBetween(from, to)
                        .max(BigInteger.ZERO)
                        .multiply(BigInteger.valueOf(untilStop.toMillis()))
                        .divide(BigInteger.valueOf(millis));
    }
}
