package dev.seqwatch.check;

import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Fact;
import java.util.Set;
import java.util.stream.Stream;

/** A sequence that feeds no column and that no column owns, and that nothing else in the database depends on. */
final class OrphanSequence implements Check {
    @Override
    public Set<Fact> needs() {
        return Set.of(Fact.OtherUses, Fact.CallingCode);
    }

    @Override
    public Stream<Finding> examine(DatabaseState state, CheckPolicy policy, DatabaseHistory history) {
        if (!state.knows(Fact.OtherUses) || !state.knows(Fact.CallingCode)) {
            return Stream.empty();
        }
        return state.sequences().stream()
                .filter(watched -> watched.owned() == null
                        && watched.sequenceColumns().stream()
                                .noneMatch(column -> column.valueSource().certain())
                        && watched.uses().callers().isEmpty()
                        && watched.otherUses().isEmpty())
                .map(watched -> finding(
                        Severity.Info,
                        Subjects.of(watched),
                        "%s is neither owned nor in any default that PostgreSQL knows of: no column limits it here. Decide whether an application calls it by name, or whether it can be dropped."
                                .formatted(watched.name())));
    }
}
