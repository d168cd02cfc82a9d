package dev.seqwatch.model;

import java.util.List;

/**
 * What is known of the uses of a sequence beside the columns that it feeds.
 *
 * @param callers functions, triggers, rules and views that call nextval on it, as a message names them
 */
public record SequenceUses(List<String> callers) {
    public static final SequenceUses NONE = new SequenceUses(List.of());

    public SequenceUses {
        callers = List.copyOf(callers);
    }
}
