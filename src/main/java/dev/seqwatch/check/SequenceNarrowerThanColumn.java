package dev.seqwatch.check;

import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Numbers;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.WatchedSequence;
import dev.seqwatch.remedy.Script;
import dev.seqwatch.remedy.WidenRemedy;
import java.util.List;
import java.util.stream.Stream;

/**
 * A column was widened and its sequence left behind: ALTER COLUMN … TYPE widens the sequence of an identity column, not
 * that of a serial one.
 */
final class SequenceNarrowerThanColumn implements Check {
    @Override
    public Stream<Finding> examine(DatabaseState state, CheckPolicy policy, DatabaseHistory history) {
        return state.sequences().stream()
                .filter(SequenceNarrowerThanColumn::leftBehind)
                .map(this::examine);
    }

    /**
     * Only the end of the sequence's own type was forgotten; any other end was chosen. A sequence with CYCLE does not end:
     * {@link CyclingKey} reports what CYCLE does to a key.
     */
    private static boolean leftBehind(WatchedSequence watched) {
        var sequence = watched.sequence();
        var end = sequence.end();
        var ascending = sequence.ascending();
        var storing = storing(watched);
        return !sequence.cycle()
                && !sequence.dataType().equals("bigint")
                && !WidenRemedy.hasChosenEnd(sequence)
                && storing.stream()
                        .anyMatch(sequenceColumn -> sequenceColumn.type().isNumeric())
                && storing.stream().allMatch(sequenceColumn -> {
                    var bounds = sequenceColumn.type().bounds();
                    return bounds == null
                            || bounds.end(ascending).subtract(end).signum()
                                            * sequence.increment().signum()
                                    > 0;
                });
    }

    private static List<SequenceColumn> storing(WatchedSequence watched) {
        return watched.sequenceColumns().stream()
                .filter(SequenceColumn::storesValues)
                .toList();
    }

    private Finding examine(WatchedSequence watched) {
        var sequence = watched.sequence();
        var sequenceColumn = storing(watched).stream()
                .filter(each -> each.type().isNumeric())
                .findFirst()
                .orElseThrow();
        return finding(
                Severity.Warning,
                Subjects.of(watched),
                "%s still ends at %s although %s is %s by now: the column was widened, the sequence was not, and nextval will fail there."
                        .formatted(
                                watched.name(),
                                Numbers.grouped(sequence.end()),
                                sequenceColumn.column(),
                                sequenceColumn.type().display()),
                new Script().statement(WidenRemedy.alterSequence(watched)).toString());
    }
}
