package dev.seqwatch.assembly;

import dev.seqwatch.model.DatabaseState.UnknownCall;
import dev.seqwatch.model.ValueSource;
import dev.seqwatch.postgres.catalog.IdColumnQuery;
import dev.seqwatch.postgres.catalog.SequenceDefaultQuery;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Calls of nextval that stand in no column's own default.
 *
 * @param found calls whose sequence is known
 * @param unknown calls whose sequence only running them tells
 * @param filledOtherwise columns that a trigger assigns something else to
 */
public record NextvalUses(List<FoundUse> found, List<UnknownCall> unknown, Set<IdColumnQuery.Column> filledOtherwise) {
    public static final NextvalUses NONE = new NextvalUses(List.of(), List.of(), Set.of());

    public NextvalUses {
        found = List.copyOf(found);
        unknown = List.copyOf(unknown);
        filledOtherwise = Set.copyOf(filledOtherwise);
    }

    public NextvalUses withUnknown(List<UnknownCall> more) {
        return more.isEmpty()
                ? this
                : new NextvalUses(
                        found, Stream.concat(unknown.stream(), more.stream()).toList(), filledOtherwise);
    }

    /** What calls each sequence, by its oid. */
    Map<Long, List<String>> callers() {
        return found.stream()
                .collect(Collectors.groupingBy(
                        FoundUse::sequence,
                        Collectors.collectingAndThen(
                                Collectors.mapping(FoundUse::caller, Collectors.toCollection(LinkedHashSet::new)),
                                List::copyOf)));
    }

    /**
     * A call.
     *
     * @param sequence its oid
     * @param column that stores the value; null where the text does not show one
     * @param caller as a message names it
     * @param atInsert the INSERT that makes the call; null where none is known to
     */
    public record FoundUse(
            long sequence,
            IdColumnQuery.@Nullable Column column,
            ValueSource source,
            String caller,
            SequenceDefaultQuery.@Nullable AtInsert atInsert) {}
}
