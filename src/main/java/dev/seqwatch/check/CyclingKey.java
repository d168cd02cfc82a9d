package dev.seqwatch.check;

import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Fact;
import dev.seqwatch.model.Headroom;
import dev.seqwatch.model.Uniqueness;
import dev.seqwatch.model.WatchedSequence;
import dev.seqwatch.remedy.LazyText;
import dev.seqwatch.remedy.Remedy;
import dev.seqwatch.remedy.Script;
import dev.seqwatch.remedy.WidenRemedy;
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
                        .map(sequenceColumn -> Finding.of(
                                this,
                                Severity.Warning,
                                Subject.of(watched.name()).column(sequenceColumn.column()),
                                "%s has CYCLE and feeds %s, which is unique: after %s it begins again at %s, and inserts fail with a duplicate key."
                                        .formatted(
                                                watched.name(),
                                                sequenceColumn.column(),
                                                watched.sequence().end(),
                                                watched.sequence()
                                                        .range()
                                                        .end(!watched.sequence().ascending())),
                                remedy(watched, policy))));
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
