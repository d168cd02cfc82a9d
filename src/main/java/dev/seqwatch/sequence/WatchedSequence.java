package dev.seqwatch.sequence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sequence with all that bears on it.
 *
 * @param owned the column that owns it, or null
 * @param otherUses views, functions and other objects that depend on it
 * @param withoutUsage roles that may insert but may not call it
 * @param limit the tightest bound in the direction of the increment
 */
public record WatchedSequence(
        Sequence sequence,
        Position position,
        @Nullable Ownership owned,
        List<Consumer> consumers,
        List<Reference> references,
        List<String> otherUses,
        List<InsertGrant> withoutUsage,
        Limit limit) {
    public WatchedSequence {
        consumers = List.copyOf(consumers);
        references = List.copyOf(references);
        otherUses = List.copyOf(otherUses);
        withoutUsage = List.copyOf(withoutUsage);
    }

    public RelationName name() {
        return sequence.name();
    }

    public Headroom headroom() {
        return Headroom.of(sequence, position, limit);
    }
}
