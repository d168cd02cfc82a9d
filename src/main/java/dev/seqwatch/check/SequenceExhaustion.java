package dev.seqwatch.check;

import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Headroom;
import dev.seqwatch.model.WatchedSequence;
import java.util.stream.Stream;

/** A sequence near the tightest bound of all that stores its values. An unread position is for {@link InsufficientPrivileges}. */
final class SequenceExhaustion implements Check {
    @Override
    public Stream<Finding> examine(DatabaseState state, CheckPolicy policy, DatabaseHistory history) {
        return state.sequences().stream().flatMap(watched -> switch (watched.headroom()) {
            case Headroom.Finite headroom -> examine(watched, headroom, policy);
            case Headroom.Endless _, Headroom.Unknown _ -> Stream.empty();
        });
    }

    private Stream<Finding> examine(WatchedSequence watched, Headroom.Finite headroom, CheckPolicy policy) {
        var thresholds = policy.exhaustion();
        if (!headroom.usedAtLeast(thresholds.warningPercent())) {
            return Stream.empty();
        }
        var severity = headroom.usedAtLeast(thresholds.criticalPercent()) ? Severity.Critical : Severity.Warning;
        var remedy = WidenRemedy.of(watched, thresholds.warningPercent());
        var text = message(watched, headroom);
        return Stream.of(remedy.finding(this, severity, Subjects.of(watched), text));
    }

    private static String message(WatchedSequence watched, Headroom.Finite headroom) {
        var limit = watched.limit();
        if (headroom.remaining().signum() > 0) {
            return "%s of %s is used: %s left before the limit, %s%s.%s"
                    .formatted(
                            Numbers.percent(headroom.usedRatio()),
                            watched.name(),
                            Numbers.count(headroom.remaining(), "value"),
                            limit,
                            switch (limit.kind()) {
                                case Sequence, Declared -> "";
                                case Column, Reference -> ", which ends at " + limit.value();
                            },
                            ExhaustionEffect.breaks(watched));
        }
        return switch (limit.kind()) {
            case Sequence ->
                "%s is used up (%s): the next nextval fails%s."
                        .formatted(watched.name(), limit, ExhaustionEffect.inserts(watched));
            case Column, Reference ->
                "%s has passed what %s can store (%s): the next value does not fit, and %s."
                        .formatted(watched.name(), limit, limit.value(), ExhaustionEffect.overflow(watched));
            case Declared -> "%s has passed its declared limit, %s.".formatted(watched.name(), limit);
        };
    }
}
