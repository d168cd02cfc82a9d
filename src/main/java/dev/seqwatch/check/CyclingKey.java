package dev.seqwatch.check;

import dev.seqwatch.sequence.Headroom;
import dev.seqwatch.sequence.Snapshot;
import dev.seqwatch.sequence.Uniqueness;
import dev.seqwatch.sequence.WatchedSequence;
import java.util.stream.Stream;

/** CYCLE on a sequence that feeds a unique column: after its end it begins again, on ids that are taken. */
final class CyclingKey implements Check {
    @Override
    public Stream<Finding> examine(Snapshot snapshot, Policy policy, History history) {
        return snapshot.sequences().stream()
                .filter(watched -> watched.sequence().cycle())
                .flatMap(watched -> watched.consumers().stream()
                        .filter(consumer -> consumer.storesValues() && consumer.uniqueness() == Uniqueness.Alone)
                        .limit(1)
                        .map(consumer -> remedy(watched, policy)
                                .finding(
                                        this,
                                        Severity.Warning,
                                        Subject.of(watched.name()).column(consumer.column()),
                                        "%s has CYCLE and feeds %s, which is unique: after %s it begins again at %s, and inserts fail with a duplicate key."
                                                .formatted(
                                                        watched.name(),
                                                        consumer.column(),
                                                        watched.sequence().end(),
                                                        watched.sequence()
                                                                .range()
                                                                .end(!watched.sequence()
                                                                        .ascending())))));
    }

    /** Without CYCLE it ends; near the end it needs more room in the same breath. */
    private static Remedy remedy(WatchedSequence watched, Policy policy) {
        var noCycle = new Script().statement("ALTER SEQUENCE " + watched.name().sql() + " NO CYCLE");
        var percent = policy.exhaustion().warningPercent();
        var ending = watched.withoutCycle();
        if (!(ending.headroom() instanceof Headroom.Finite finite && finite.usedAtLeast(percent))) {
            return Remedy.Run.of(noCycle);
        }
        return switch (Widening.of(ending, percent)) {
            case Remedy.Run(var script) -> new Remedy.Run(noCycle + script);
            case Remedy.Decide decide -> decide;
        };
    }
}
