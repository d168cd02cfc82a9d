package dev.seqwatch.check;

import dev.seqwatch.sequence.Consumer;
import dev.seqwatch.sequence.Snapshot;
import dev.seqwatch.sequence.ValueRange;
import dev.seqwatch.sequence.WatchedSequence;
import java.util.List;
import java.util.stream.Stream;

/**
 * A column was widened and its sequence left behind: ALTER COLUMN … TYPE widens the sequence of an identity column, not
 * that of a serial one.
 */
final class SequenceNarrowerThanColumn implements Check {
    @Override
    public Stream<Finding> examine(Snapshot snapshot, Policy policy, History history) {
        return snapshot.sequences().stream()
                .filter(SequenceNarrowerThanColumn::leftBehind)
                .map(this::examine);
    }

    /** One that turns over does not end: what CYCLE does to a key is for {@link CyclingKey}. */
    private static boolean leftBehind(WatchedSequence watched) {
        var sequence = watched.sequence();
        var end = sequence.end();
        var ascending = sequence.ascending();
        var storing = storing(watched);
        return !sequence.cycle()
                && (end.equals(ValueRange.SMALLINT.end(ascending)) || end.equals(ValueRange.INTEGER.end(ascending)))
                && storing.stream().anyMatch(consumer -> consumer.type().numeric())
                && storing.stream().allMatch(consumer -> {
                    var bounds = consumer.type().bounds();
                    return bounds == null
                            || bounds.end(ascending).subtract(end).signum()
                                            * sequence.increment().signum()
                                    > 0;
                });
    }

    private static List<Consumer> storing(WatchedSequence watched) {
        return watched.consumers().stream().filter(Consumer::storesValues).toList();
    }

    private Finding examine(WatchedSequence watched) {
        var sequence = watched.sequence();
        var consumer = storing(watched).stream()
                .filter(each -> each.type().numeric())
                .findFirst()
                .orElseThrow();
        return finding(
                Severity.Warning,
                Subjects.of(watched),
                "%s still ends at %s although %s is %s by now: the column was widened, the sequence was not, and nextval will fail there."
                        .formatted(
                                watched.name(),
                                sequence.end(),
                                consumer.column(),
                                consumer.type().display()),
                new Script().statement(Widening.alterSequence(watched)).toString());
    }
}
