package dev.seqwatch.check;

import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.forecast.Forecast;
import dev.seqwatch.forecast.PositionHistory;
import dev.seqwatch.model.ColumnName;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Fact;
import dev.seqwatch.model.Headroom;
import dev.seqwatch.model.IntegerColumn;
import dev.seqwatch.model.IntegerColumn.Values;
import dev.seqwatch.model.KeyKind;
import dev.seqwatch.model.Numbers;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.Reference;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.ValueRange;
import dev.seqwatch.model.WatchedSequence;
import dev.seqwatch.remedy.WidenRemedy;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A smallint or integer column, or an array of these, that stores ids near the end of its type, whether or not a sequence
 * feeds it. {@link SequenceExhaustion} judges the position of a sequence; this check judges the ids that are stored, and
 * is silent where a finding about a sequence names the same limit already.
 */
final class ColumnNearLimit implements Check {
    /** So many ids at the end are no exception, so that more will follow. */
    private static final int MANY = 100;

    /** What came in less time may have been one load. */
    private static final Duration SHORTEST = Duration.ofHours(1);

    private static final double DAY = Duration.ofDays(1).toMillis();

    @Override
    public Set<Fact> needs() {
        return Set.of(Fact.IntegerColumns);
    }

    @Override
    public Stream<Finding> examine(DatabaseState state, CheckPolicy policy, DatabaseHistory history) {
        var sequences = new HashMap<ColumnName, Set<WatchedSequence>>();
        for (var watched : state.sequences()) {
            watched.sequenceColumns().forEach(each -> add(sequences, each.column(), watched));
            watched.references().forEach(each -> add(sequences, each.column(), watched));
            Stream.ofNullable(watched.limit().column()).forEach(each -> add(sequences, each, watched));
        }
        var descending = state.sequences().stream().flatMap(watched -> descending(watched, policy));
        var near = state.integerColumns().beyondHalf().stream()
                .flatMap(column ->
                        judge(column, sequences.getOrDefault(column.column(), Set.of()), state.takenAt(), policy)
                                .stream())
                .toList();
        var named = near.stream().map(judged -> judged.column().column()).collect(Collectors.toSet());
        var byColumn = state.references().stream().collect(Collectors.groupingBy(Reference::column));
        var byKey = WidenRemedy.byKey(state.references());
        return Stream.concat(
                descending,
                near.stream()
                        .filter(judged -> byColumn.getOrDefault(judged.column().column(), List.of()).stream()
                                .noneMatch(reference -> followsAKey(reference, named)))
                        .map(judged -> finding(judged, byKey, history.of(judged.column(), state.takenAt()))));
    }

    /** Ids below zero that were not made by the descending sequence of their column, which stands far from them. */
    private Stream<Finding> descending(WatchedSequence watched, CheckPolicy policy) {
        return watched.sequence().ascending()
                ? Stream.empty()
                : watched.sequenceColumns().stream()
                        .filter(column -> column.storesValues() && KeyKind.smallOrInteger(column))
                        .flatMap(column -> descending(watched, column, policy).stream());
    }

    private Optional<Finding> descending(WatchedSequence watched, SequenceColumn column, CheckPolicy policy) {
        var smallest = column.stored().farthest();
        var bounds = column.type().bounds();
        var collision = column.stored().collision();
        if (smallest == null
                || bounds == null
                || collision == null
                || collision.run().rows() < MANY) {
            return Optional.empty();
        }
        var end = bounds.min();
        var thresholds = policy.exhaustion();
        var severity = isUsed(smallest, end, thresholds.criticalPercent())
                        && isUsed(collision.run().end(), end, thresholds.criticalPercent())
                ? Severity.Critical
                : Severity.Warning;
        if (!isUsed(smallest, end, thresholds.warningPercent()) || isSaid(Set.of(watched), severity, policy)) {
            return Optional.empty();
        }
        var text =
                "%s stores ids down to %s, %s of its type %s, which ends at %s: %s left. Then inserts of smaller ids fail with \"out of range\"."
                        .formatted(
                                column.column(),
                                Numbers.grouped(smallest),
                                Numbers.percent(smallest.doubleValue() / end.doubleValue()),
                                column.type().display(),
                                Numbers.grouped(end),
                                Numbers.count(smallest.subtract(end), "value"));
        return Optional.of(Finding.of(
                        this,
                        severity,
                        Subject.of(watched.name()).column(column.column()),
                        text,
                        WidenRemedy.everything(watched))
                .withRemaining(1 - smallest.doubleValue() / end.doubleValue()));
    }

    private static boolean isUsed(BigInteger value, BigInteger end, int percent) {
        return value.multiply(BigInteger.valueOf(100)).compareTo(end.multiply(BigInteger.valueOf(percent))) <= 0;
    }

    private static void add(
            Map<ColumnName, Set<WatchedSequence>> sequences, ColumnName column, WatchedSequence watched) {
        sequences.computeIfAbsent(column, _ -> new LinkedHashSet<>()).add(watched);
    }

    /** A column whose key is reported; the remedy of that finding widens both. */
    private static boolean followsAKey(Reference reference, Set<ColumnName> named) {
        return named.contains(reference.key()) && !reference.key().equals(reference.column());
    }

    /** @param sequences those that the column stores values of, or that it limits */
    private static Optional<Judged> judge(
            IntegerColumn column, Set<WatchedSequence> sequences, Instant now, CheckPolicy policy) {
        var feeding = sequences.stream()
                .filter(watched -> watched.sequenceColumns().stream()
                        .anyMatch(each -> each.column().equals(column.column())))
                .findFirst();
        var thresholds = policy.exhaustion();
        if (!usedAtLeast(column, thresholds.warningPercent())) {
            return Optional.empty();
        }
        var ids = new IdDistribution(column, feeding.isPresent());
        var threshold = end(column) * thresholds.warningPercent() / 100;
        if (!ids.looksLikeIds(threshold, now)) {
            return Optional.empty();
        }
        var severity = usedAtLeast(column, thresholds.criticalPercent()) && ids.certain() && isMany(column, threshold)
                ? Severity.Critical
                : Severity.Warning;
        return isSaid(sequences, severity, policy)
                        || feeding.stream().anyMatch(watched -> isWithinBlock(column, watched))
                ? Optional.empty()
                : Optional.of(new Judged(column, feeding, severity));
    }

    /** Ids from 2,000,000,000 on, because the sequence starts there: how much of the block is used is the sequence's part. */
    private static boolean isWithinBlock(IntegerColumn column, WatchedSequence watched) {
        return watched.countsFromStart()
                && watched.position() instanceof Position.At(var lastValue)
                && BigInteger.valueOf(column.values().largest()).compareTo(lastValue) <= 0;
    }

    private record Judged(IntegerColumn column, Optional<WatchedSequence> feeding, Severity severity) {}

    /** Where few ids are near the end, they may be exceptions that nothing follows. */
    private static boolean isMany(IntegerColumn column, long threshold) {
        return switch (column.values()) {
            case Values.Stored stored ->
                stored.largestFirst().stream()
                                .filter(value -> value >= threshold)
                                .count()
                        >= MANY;
            case Values.Sampled sampled ->
                sampled.histogram().stream().filter(value -> value >= threshold).count() >= MANY / 10;
        };
    }

    /** Whether a finding about the position of one of the sequences says the same, and is as urgent. */
    private static boolean isSaid(Set<WatchedSequence> sequences, Severity severity, CheckPolicy policy) {
        var percent = severity == Severity.Critical
                ? policy.exhaustion().criticalPercent()
                : policy.exhaustion().warningPercent();
        return sequences.stream()
                .anyMatch(
                        watched -> watched.headroom() instanceof Headroom.Finite finite && finite.usedAtLeast(percent));
    }

    private Finding finding(Judged judged, Map<ColumnName, List<Reference>> byKey, PositionHistory seen) {
        var column = judged.column();
        var largest = column.values().largest();
        var left = end(column) - largest;
        var text = "%s stores ids up to %s, %s of its type %s, which ends at %s: %s left. Then %s.%s%s"
                .formatted(
                        column.column(),
                        grouped(largest),
                        Numbers.percent((double) largest / end(column)),
                        column.type().display(),
                        grouped(end(column)),
                        Numbers.count(BigInteger.valueOf(left), "value"),
                        "inserts of larger ids fail with \"out of range\"",
                        forecast(left, seen.samples()),
                        source(column.values()));
        var subject = judged.feeding()
                .map(watched -> Subject.of(watched.name()).column(column.column()))
                .orElseGet(() -> Subject.of(column.column()));
        var remedy = judged.feeding().map(WidenRemedy::everything).orElseGet(() -> WidenRemedy.column(column, byKey));
        return Finding.of(this, judged.severity(), subject, text, remedy).withRemaining((double) left / end(column));
    }

    /** What the first and the last of the values that were seen tell; empty where they tell nothing yet. */
    private static String forecast(long left, List<PositionHistory.Sample> seen) {
        if (seen.size() < 2) {
            return "";
        }
        var time = Duration.between(seen.getFirst().at(), seen.getLast().at());
        var grown = seen.getLast().next().subtract(seen.getFirst().next());
        var days = (double) left / grown.doubleValue() * time.toMillis() / DAY;
        return grown.signum() <= 0 || time.compareTo(SHORTEST) < 0 || days > Forecast.HORIZON.toDays()
                ? ""
                : " It grew by %s in the last %s; at that rate it reaches the end in about %s."
                        .formatted(
                                Numbers.count(grown, "value"),
                                Forecast.words(time),
                                Forecast.words(Duration.ofMillis((long) (days * DAY))));
    }

    private static String source(Values values) {
        return switch (values) {
            case Values.Stored _ -> "";
            case Values.Sampled sampled ->
                " Seen in the column's statistics%s; the table may hold larger ids by now."
                        .formatted(sampled.analyzed() == null ? "" : " of the ANALYZE at " + sampled.analyzed());
        };
    }

    private static boolean usedAtLeast(IntegerColumn column, int percent) {
        return column.values().largest() * 100 >= end(column) * percent;
    }

    private static long end(IntegerColumn column) {
        return Objects.requireNonNull(
                        ValueRange.ofInteger(column.type().base().equals("int2") ? "smallint" : "integer"))
                .max()
                .longValueExact();
    }

    private static String grouped(long number) {
        return Numbers.grouped(BigInteger.valueOf(number));
    }
}
