package dev.seqwatch.check;

import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Fact;
import dev.seqwatch.model.Headroom;
import dev.seqwatch.model.Limit;
import dev.seqwatch.model.Numbers;
import dev.seqwatch.model.ValueSource;
import dev.seqwatch.model.WatchedSequence;
import dev.seqwatch.remedy.WidenRemedy;
import java.math.BigInteger;
import java.util.Set;
import java.util.stream.Stream;

/** A sequence near the tightest bound of all that stores its values. An unread position is for {@link InsufficientPrivileges}. */
final class SequenceExhaustion implements Check {
    @Override
    public Set<Fact> needs() {
        return Set.of(Fact.CallingCode, Fact.ProbableUses, Fact.ColumnLimits);
    }

    @Override
    public Stream<Finding> examine(DatabaseState state, CheckPolicy policy, DatabaseHistory history) {
        return state.sequences().stream().flatMap(watched -> switch (watched.headroom()) {
            case Headroom.Finite headroom ->
                watched.used() || !state.knows(Fact.CallingCode) || moves(watched, history)
                        ? examine(watched, headroom, policy)
                        : unused(watched, headroom, policy);
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
        return Stream.of(
                Finding.of(this, severity, Subjects.of(watched), text, remedy).withRemaining(1 - headroom.usedRatio()));
    }

    /** Whether something that was not found has called it between earlier readings and this one. */
    private static boolean moves(WatchedSequence watched, DatabaseHistory history) {
        var next = watched.position().next(watched.sequence());
        return next != null
                && history.of(watched.name()).samples().stream()
                        .anyMatch(sample -> !sample.next().equals(next));
    }

    /** A leftover, or one that an application calls by name: nobody is known to be hurt, and its end may be a guard. */
    private Stream<Finding> unused(WatchedSequence watched, Headroom.Finite headroom, CheckPolicy policy) {
        if (!headroom.usedAtLeast(policy.exhaustion().warningPercent())) {
            return Stream.empty();
        }
        var text =
                "%s is %s used (%s), but nothing that was found calls it. Decide whether an application calls it by name, and then declare the column in the monitor's links; if nothing does, it harms nobody."
                        .formatted(watched.name(), Numbers.percent(headroom.usedRatio()), watched.limit());
        var isLeftover = headroom.remaining().signum() == 0
                || watched.owned() != null
                || !watched.otherUses().isEmpty();
        return Stream.of(
                isLeftover
                        ? finding(Severity.Info, Subjects.of(watched), text)
                        : Finding.of(
                                this,
                                Severity.Warning,
                                Subjects.of(watched),
                                text,
                                WidenRemedy.of(watched, policy.exhaustion().warningPercent())));
    }

    /** An application that takes INCREMENT ids by one call counts blocks. */
    private static String left(WatchedSequence watched, BigInteger calls) {
        var step = watched.sequence().increment().abs();
        var isPooled = !step.equals(BigInteger.ONE)
                && watched.sequenceColumns().stream()
                        .anyMatch(column -> column.valueSource() == ValueSource.Declared
                                || column.valueSource() == ValueSource.LinkedByName);
        return isPooled
                ? "%s of %s ids".formatted(Numbers.count(calls, "block"), Numbers.grouped(step))
                : Numbers.count(calls, "value");
    }

    private static String message(WatchedSequence watched, Headroom.Finite headroom) {
        var limit = watched.limit();
        if (headroom.remaining().signum() > 0) {
            return "%s of %s is used: %s left before the limit, %s%s.%s"
                    .formatted(
                            Numbers.percent(headroom.usedRatio()),
                            watched.name(),
                            left(watched, headroom.remaining()),
                            limit,
                            switch (limit.origin()) {
                                case Limit.Origin.OwnRange _, Limit.Origin.Declared _ -> "";
                                case Limit.Origin.OfColumn _, Limit.Origin.OfReference _ ->
                                    ", which ends at " + Numbers.grouped(limit.value());
                                case Limit.Origin.OfExpression _, Limit.Origin.OfGenerated _, Limit.Origin.OfCheck _ ->
                                    ", which has room up to value " + Numbers.grouped(limit.value());
                            },
                            ExhaustionEffect.breaks(watched));
        }
        return switch (limit.kind()) {
            case Sequence ->
                "%s is used up (%s): the next nextval fails%s."
                        .formatted(watched.name(), limit, ExhaustionEffect.inserts(watched));
            case Column, Reference ->
                "%s has passed what %s can store (%s): the next value does not fit, and %s."
                        .formatted(
                                watched.name(),
                                limit,
                                Numbers.grouped(limit.value()),
                                ExhaustionEffect.overflow(watched));
            case Check ->
                "%s has passed what %s allows (%s): %s."
                        .formatted(
                                watched.name(),
                                limit,
                                Numbers.grouped(limit.value()),
                                ExhaustionEffect.overflow(watched));
            case Declared -> "%s has passed its declared limit, %s.".formatted(watched.name(), limit);
        };
    }
}
