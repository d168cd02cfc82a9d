package dev.seqwatch.check;

import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.WatchedSequence;
import dev.seqwatch.remedy.OwnedByRemedy;
import dev.seqwatch.remedy.Remedy;
import dev.seqwatch.remedy.Script;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The owning column does not use the sequence and others do, or it belongs to a partition of the table that does: dropping the owner's table would take their
 * sequence away.
 */
final class SequenceOwnedElsewhere implements Check {
    @Override
    public Stream<Finding> examine(DatabaseState state, CheckPolicy policy, DatabaseHistory history) {
        return state.sequences().stream().flatMap(watched -> examine(watched).stream());
    }

    private Optional<Finding> examine(WatchedSequence watched) {
        var owned = watched.owned();
        var callingColumns = OwnedByRemedy.callingColumns(watched);
        if (owned == null || callingColumns.isEmpty() || owned.identity()) {
            return Optional.empty();
        }
        var inTree = owned.defaults()
                && callingColumns.stream()
                        .noneMatch(sequenceColumn -> sequenceColumn.column().equals(owned.column()));
        if (owned.defaults() && !inTree) {
            return Optional.empty();
        }
        var sequenceColumn = callingColumns.getFirst();
        var text =
                "%s feeds %s but is owned by %s, %s: dropping that table or column is refused, or with CASCADE takes the default away and inserts fail."
                        .formatted(
                                watched.name(),
                                sequenceColumn.column(),
                                owned.column(),
                                inTree ? "a partition or child of that table" : "which does not use it");
        return Optional.of(Finding.of(
                this,
                Severity.Warning,
                Subject.of(watched.name()).column(sequenceColumn.column()),
                text,
                (callingColumns.size() == 1 && OwnedByRemedy.wouldBeKey(sequenceColumn)
                        ? detach(watched)
                        : OwnedByRemedy.to(watched))));
    }

    private static Remedy detach(WatchedSequence watched) {
        return Remedy.Run.of(new Script()
                .comment(
                        "The sequence has no owner then. The column that uses it is in no key, so it does not become the owner.")
                .statement("ALTER SEQUENCE %s OWNED BY NONE"
                        .formatted(watched.name().sql())));
    }
}
