package dev.seqwatch.check;

import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.forecast.Forecast;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Fact;
import dev.seqwatch.model.Headroom;
import dev.seqwatch.model.IdPartitions;
import dev.seqwatch.model.Numbers;
import dev.seqwatch.model.PartitionRange;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.WatchedSequence;
import dev.seqwatch.remedy.Remedy;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table is partitioned by ranges of ids, has no DEFAULT partition, and its sequence comes near the end of the last range.
 * Partitions are made in advance, by a schedule or by hand, so a sequence that is in the last one is no fault by itself: the
 * last one must be used as far as {@link SequenceExhaustion} asks for and, where the rate of use is known, end within days.
 */
final class PartitionsNearEnd implements Check {
    private static final Duration CRITICAL = Duration.ofDays(2);
    private static final Duration WARNING = Duration.ofDays(14);
    private static final String REFUSED = "inserts fail with \"no partition of relation found for row\"";

    @Override
    public Set<Fact> needs() {
        return Set.of(Fact.ColumnLimits);
    }

    @Override
    public Stream<Finding> examine(DatabaseState state, CheckPolicy policy, DatabaseHistory history) {
        return state.sequences().stream()
                .flatMap(watched -> Stream.concat(
                        watched.partitions().stream()
                                .flatMap(partitions -> examine(watched, partitions, state, policy, history).stream()),
                        refusedByBranches(watched).stream()));
    }

    /** A branch that new rows no longer go to may end anywhere; but where no branch takes the next id, new rows fail. */
    private Optional<Finding> refusedByBranches(WatchedSequence watched) {
        var next = watched.position().next(watched.sequence());
        var branches =
                watched.partitions().stream().filter(IdPartitions::branch).toList();
        return next == null
                        || isUsedUp(watched)
                        || branches.isEmpty()
                        || branches.stream().anyMatch(branch -> branch.take(next))
                ? Optional.empty()
                : Optional.of(refused(watched, branches.getLast(), next));
    }

    private Optional<Finding> examine(
            WatchedSequence watched,
            IdPartitions partitions,
            DatabaseState state,
            CheckPolicy policy,
            DatabaseHistory history) {
        var next = watched.position().next(watched.sequence());
        if (next == null) {
            return Optional.empty();
        }
        if (!partitions.take(next)) {
            return partitions.branch() || isUsedUp(watched)
                    ? Optional.empty()
                    : Optional.of(refused(watched, partitions, next));
        }
        return partitions
                .lastFrom(next, watched.sequence().ascending())
                .flatMap(last -> nearEnd(watched, partitions, last, next, state, policy, history));
    }

    /** Whether new rows may go elsewhere: to another branch of the tree, or to another table that the sequence feeds. */
    private static boolean mayBeClosed(WatchedSequence watched, IdPartitions partitions) {
        return partitions.branch() || watched.sequenceColumns().size() > 1;
    }

    /** SequenceExhaustion reports it. */
    private static boolean isUsedUp(WatchedSequence watched) {
        return watched.headroom() instanceof Headroom.Finite finite
                && finite.remaining().signum() == 0;
    }

    private Finding refused(WatchedSequence watched, IdPartitions partitions, BigInteger next) {
        var untouched = watched.position() instanceof Position.NeverCalled;
        var severity = partitions.ranges().isEmpty() && untouched
                ? Severity.Info
                : untouched || mayBeClosed(watched, partitions) ? Severity.Warning : Severity.Critical;
        var text = "No partition of %s takes %s, the next value of %s, and there is no DEFAULT partition: %s."
                .formatted(partitions.column().table(), Numbers.grouped(next), watched.name(), REFUSED);
        return Finding.of(
                        this,
                        severity,
                        subject(watched, partitions),
                        text,
                        new Remedy.Decide(
                                "Decide which ids the next partition takes, and add it. If a job adds partitions, find out why it stopped."))
                .withRemaining(0);
    }

    private Optional<Finding> nearEnd(
            WatchedSequence watched,
            IdPartitions partitions,
            PartitionRange last,
            BigInteger next,
            DatabaseState state,
            CheckPolicy policy,
            DatabaseHistory history) {
        var sequence = watched.sequence();
        var ascending = sequence.ascending();
        var end = Objects.requireNonNull(ascending ? last.last() : last.first());
        var direction = sequence.increment().signum();
        if (watched.limit().value().subtract(end).signum() * direction <= 0) {
            return Optional.empty();
        }
        var bound = ascending ? last.first() : last.last();
        var from = bound == null ? sequence.rangeStart() : bound;
        if (next.subtract(from).signum() * direction < 0) {
            return Optional.empty();
        }
        var left = sequence.callsBetween(next, end).add(BigInteger.ONE);
        var used = sequence.callsBetween(from, next);
        var share = new Headroom.Finite(left, used);
        var time = Forecast.firmTimeOf(left, watched, state, history);
        var severity = severity(share, time, policy);
        if (severity == null) {
            return Optional.empty();
        }
        if (mayBeClosed(watched, partitions)) {
            severity = Severity.Warning;
        }
        var text =
                "The last partition of %s, %s, is %s used: it ends at %s, and %s of %s are left%s. There is no DEFAULT partition. Then %s."
                        .formatted(
                                partitions.column().table(),
                                last.partition(),
                                Numbers.percent(share.usedRatio()),
                                Numbers.grouped(end),
                                Numbers.count(left, "value"),
                                watched.name(),
                                time == null ? "" : ", enough for about " + Forecast.words(time),
                                REFUSED);
        var finding = Finding.of(
                this, severity, subject(watched, partitions), text, new Remedy.Decide(advice(last, end, ascending)));
        return Optional.of(time == null ? finding.withRemaining(1 - share.usedRatio()) : finding.withRemaining(time));
    }

    private static @Nullable Severity severity(Headroom.Finite share, @Nullable Duration time, CheckPolicy policy) {
        var thresholds = policy.exhaustion();
        if (!share.usedAtLeast(thresholds.warningPercent())) {
            return null;
        }
        if (time != null) {
            return time.compareTo(CRITICAL) <= 0
                    ? Severity.Critical
                    : time.compareTo(WARNING) <= 0 ? Severity.Warning : null;
        }
        return share.usedAtLeast(thresholds.criticalPercent()) ? Severity.Critical : Severity.Warning;
    }

    private static String advice(PartitionRange last, BigInteger end, boolean ascending) {
        var width = last.first() == null || last.last() == null
                ? null
                : last.last().subtract(last.first()).add(BigInteger.ONE);
        var values = width == null
                ? ""
                : ascending
                        ? ", for example FOR VALUES FROM (%s) TO (%s)"
                                .formatted(
                                        end.add(BigInteger.ONE),
                                        end.add(BigInteger.ONE).add(width))
                        : ", for example FOR VALUES FROM (%s) TO (%s)".formatted(end.subtract(width), end);
        return "Decide which ids the next partition takes, and add it%s. If a job adds partitions, find out why it stopped."
                .formatted(values);
    }

    /** The column of the sequence, so that the finding belongs to both; a reference has its own table. */
    private static Subject subject(WatchedSequence watched, IdPartitions partitions) {
        return Subject.of(watched.name()).column(partitions.column());
    }
}
