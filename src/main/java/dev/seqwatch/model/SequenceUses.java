package dev.seqwatch.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the uses of a sequence beside the columns that it feeds.
 *
 * @param callers functions, triggers, rules and views that call nextval on it, as a message names them
 * @param extension that the sequence or its table is a member of; else null
 * @param accesses how often the server read the sequence's block since its statistics began: once for each call of nextval
 *     that takes values from the sequence and not from the cache of a session, and a few times for those who look at it
 */
public record SequenceUses(List<String> callers, @Nullable String extension, long accesses) {
    public static final SequenceUses NONE = new SequenceUses(List.of(), null, 0);

    public SequenceUses {
        callers = List.copyOf(callers);
    }
}
