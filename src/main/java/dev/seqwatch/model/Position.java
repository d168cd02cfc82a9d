package dev.seqwatch.model;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Where a sequence stands. Unknown is an answer of its own: it is never zero and never healthy. */
public sealed interface Position {
    /** {@code is_called} is false: the next call gives exactly {@code next}, which need not be START. */
    record NeverCalled(BigInteger next) implements Position {}

    /** {@code last_value} was given out; with a CACHE above 1 sessions may still hold values before it. */
    record At(BigInteger lastValue) implements Position {}

    record Unreadable(UnreadableReason reason) implements Position {}

    /** What the next call would give, limits aside; null where the position is not known. */
    default @Nullable BigInteger next(Sequence sequence) {
        return switch (this) {
            case NeverCalled(var next) -> next;
            case At(var lastValue) -> lastValue.add(sequence.increment());
            case Unreadable _ -> null;
        };
    }
}
