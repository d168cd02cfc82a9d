package dev.seqwatch.compare;

import java.time.Duration;

/**
 * What a person says about a cutover.
 *
 * @param untilStop time until the source takes no more writes: what it gives meanwhile is left free at the target
 * @param replicated whether a subscription of the target is expected to bring the rows; else they come by other means
 * @param bothWrite whether both databases take inserts afterwards
 */
public record CutoverOptions(Duration untilStop, boolean replicated, boolean bothWrite) {
    public static final CutoverOptions DEFAULT = new CutoverOptions(Duration.ofHours(1), true, false);
}
