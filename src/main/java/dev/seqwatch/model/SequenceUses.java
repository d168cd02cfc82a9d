package dev.seqwatch.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the uses of a sequence beside the columns that it feeds.
 *
 * @param callers functions, triggers, rules and views that call nextval on it, as a message names them
 * @param extension that the sequence or its table is a member of; else null
 */
public record SequenceUses(List<String> callers, @Nullable String extension) {
    public static final SequenceUses NONE = new SequenceUses(List.of(), null);

    public SequenceUses {
        callers = List.copyOf(callers);
    }
}
