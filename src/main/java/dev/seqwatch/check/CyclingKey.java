package dev.seqwatch.check;

import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.forecast.Forecast;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Fact;
import dev.seqwatch.model.Headroom;
import dev.seqwatch.model.Numbers;
import dev.seqwatch.model.Sequence;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.Uniqueness;
import dev.seqwatch.model.WatchedSequence;
import dev.seqwatch.remedy.LazyText;
import dev.seqwatch.remedy.Remedy;
import dev.seqwatch.remedy.Script;
import dev.seqwatch.remedy.WidenRemedy;
import java.math.BigInteger;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** CYCLE on a sequence that feeds a unique column: after its end it begins again, on ids that are taken. */
final class CyclingKey implements Check {
    @Override
    public Set<Fact> needs() {
        return Set.of(Fact.UniqueIndexes);
    }

    @Override
    public Stream<Finding> examine(DatabaseState state, CheckPolicy policy, DatabaseHistory history) {
        return state.sequences().stream()
                .filter(watched -> watched.sequence().cycle())
                .flatMap(watched -> watched.sequenceColumns().stream()
                        .filter(sequenceColumn ->
                                sequenceColumn.storesValues() && sequenceColumn.uniqueness() == Uniqueness.Alone)
                        .limit(1)
                        .map(sequenceColumn -> finding(watched, sequenceColumn, state, policy, history)));
    }

    private Finding finding(
            WatchedSequence watched,
            SequenceColumn sequenceColumn,
            DatabaseState state,
            CheckPolicy policy,
            DatabaseHistory history) {
        var sequence = watched.sequence();
        var distance = sequenceColumn.stored().collision() == null ? watched.turnDistance(sequenceColumn) : null;
        var time = distance == null ? null : Forecast.firmTimeOf(distance, watched, state, history);
        var severity = distance != null
                        && isShortWay(distance, sequence)
                        && CollisionSeverity.of(distance, CollisionSeverity.given(watched), time) == Severity.Critical
                ? Severity.Critical
                : Severity.Warning;
        var taken = distance == null || severity != Severity.Critical
                ? ""
                : " In %s%s it returns %s, which %s holds."
                        .formatted(
                                Numbers.count(distance, "call"),
                                time == null ? "" : ", about " + Forecast.words(time) + " from now,",
                                Numbers.grouped(Objects.requireNonNull(
                                        sequenceColumn.stored().first())),
                                sequenceColumn.table().name());
        var text =
                "%s has CYCLE and feeds %s, which is unique: after %s it begins again at %s, and inserts fail with a duplicate key.%s"
                        .formatted(
                                watched.name(),
                                sequenceColumn.column(),
                                Numbers.grouped(sequence.end()),
                                Numbers.grouped(sequence.turn()),
                                taken);
        return Finding.of(
                this,
                severity,
                Subject.of(watched.name()).column(sequenceColumn.column()),
                text,
                remedy(watched, policy));
    }

    /** A ring whose old rows are deleted in time keeps a good part of itself free. */
    private static boolean isShortWay(BigInteger distance, Sequence sequence) {
        var ring = sequence.callsBetween(sequence.turn(), sequence.end());
        return distance.multiply(BigInteger.TEN).compareTo(ring) <= 0;
    }

    /** Without CYCLE it ends; near the end it needs more room in the same breath. */
    private static Remedy remedy(WatchedSequence watched, CheckPolicy policy) {
        var noCycle = new Script().statement("ALTER SEQUENCE " + watched.name().sql() + " NO CYCLE");
        var percent = policy.exhaustion().warningPercent();
        var ending = watched.withoutCycle();
        if (!(ending.headroom() instanceof Headroom.Finite finite && finite.usedAtLeast(percent))) {
            return Remedy.Run.of(noCycle);
        }
        return switch (WidenRemedy.of(ending, percent)) {
            case Remedy.Run(var script) -> new Remedy.Run(new LazyText(() -> noCycle + script.get()));
            case Remedy.Decide decide -> decide;
        };
    }
}
