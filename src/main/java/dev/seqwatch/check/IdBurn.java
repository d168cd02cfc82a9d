package dev.seqwatch.check;

import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.forecast.Forecast;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Numbers;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.Table;
import dev.seqwatch.model.TableStatistics;
import dev.seqwatch.model.WatchedSequence;
import java.math.BigInteger;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Far more ids were given out than rows were stored: INSERT … ON CONFLICT and rolled-back inserts use up an id each time (manual,
 * section 9.17). Gaps are normal; the range they use up is the point. Told only where all rows were counted as they came
 * and few went: rows that were deleted leave the same gap, and a reset of the statistics forgets them. Nothing is told of
 * a partition tree or an inheritance tree, because a partition that is dropped takes its rows and their counters along, and
 * nothing of a position that setval moved: the server counts how often it read a sequence.
 */
final class IdBurn implements Check {
    /** Of a session's cache it may use one value and lose the others. */
    private static final int IDS_A_ROW = 10;

    private static final int FEWEST_ROWS = 100;

    @Override
    public Stream<Finding> examine(DatabaseState state, CheckPolicy policy, DatabaseHistory history) {
        return state.sequences().stream().flatMap(watched -> examine(watched, state, policy, history).stream());
    }

    private Optional<Finding> examine(
            WatchedSequence watched, DatabaseState state, CheckPolicy policy, DatabaseHistory history) {
        var next = watched.position().next(watched.sequence());
        var counters = counters(watched);
        var rows = counters.rows();
        if (next == null || rows < FEWEST_ROWS || !counters.beganEmpty() || mayHaveLostPartitions(watched)) {
            return Optional.empty();
        }
        var given = next.subtract(watched.sequence().start())
                .divide(watched.sequence().increment());
        var usual = BigInteger.valueOf(rows)
                .multiply(BigInteger.valueOf(IDS_A_ROW))
                .multiply(BigInteger.valueOf(watched.sequence().cache()));
        if (given.compareTo(usual) < 0 || movedBySetval(watched, given)) {
            return Optional.empty();
        }
        var soon = Forecast.of(watched, state, history)
                .filter(forecast -> forecast.within(policy.forecast().warningDays()));
        var text =
                "%s has returned %s for about %s: each upsert and each rolled-back insert uses an id. Decide whether the statements can look the row up before they insert."
                        .formatted(
                                watched.name(),
                                Numbers.count(given, "id"),
                                Numbers.count(BigInteger.valueOf(rows), "row"));
        return Optional.of(finding(soon.isPresent() ? Severity.Warning : Severity.Info, Subjects.of(watched), text));
    }

    private static boolean mayHaveLostPartitions(WatchedSequence watched) {
        return watched.sequenceColumns().stream()
                .map(SequenceColumn::table)
                .anyMatch(table -> table.partitioned() || table.tree());
    }

    /** Most of the ids were not given by nextval. */
    private static boolean movedBySetval(WatchedSequence watched, BigInteger ids) {
        return BigInteger.valueOf(watched.uses().accesses())
                        .multiply(BigInteger.valueOf(watched.sequence().cache()))
                        .compareTo(ids.divide(BigInteger.TWO))
                < 0;
    }

    /** Of all tables that the sequence feeds. */
    static TableStatistics counters(WatchedSequence watched) {
        return watched.sequenceColumns().stream()
                .map(SequenceColumn::table)
                .distinct()
                .map(Table::counters)
                .reduce(TableStatistics.NONE, TableStatistics::plus);
    }
}
