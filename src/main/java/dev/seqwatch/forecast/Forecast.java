package dev.seqwatch.forecast;

import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Headroom;
import dev.seqwatch.model.Numbers;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.StatsReset;
import dev.seqwatch.model.Table;
import dev.seqwatch.model.TableStatistics;
import dev.seqwatch.model.ValueSource;
import dev.seqwatch.model.WatchedSequence;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When a sequence reaches its limit if it is used on as it is now. No rate is invented: without enough samples, and
 * without counters whose beginning is known, there is no forecast.
 *
 * @param left until the limit; at most {@link #HORIZON}
 * @param perDay calls of nextval
 * @param basis what the rate was taken from, for the message
 * @param firm whether what was seen is enough to alarm somebody; if not, it is worth a look in a chart
 */
public record Forecast(Duration left, double perDay, String basis, boolean firm) {
    /** Beyond it a forecast says nothing. */
    public static final Duration HORIZON = Duration.ofDays(36_500);

    /** A severity is left only where the forecast is by this factor beyond its threshold. */
    private static final double HYSTERESIS = 1.15;

    private static final Duration NEAR = Duration.ofDays(365);

    private static final Duration SHORTEST_COUNT = Duration.ofDays(1);
    private static final double DAY = Duration.ofDays(1).toMillis();

    /** The better source first: positions seen over time, then rows counted since the statistics began. */
    public static Optional<Forecast> of(WatchedSequence watched, DatabaseState state, DatabaseHistory history) {
        if (!(watched.headroom() instanceof Headroom.Finite headroom)
                || headroom.remaining().signum() == 0) {
            return Optional.empty();
        }
        var end = history.ends().get(watched.name());
        return of(headroom, watched, state, history)
                .map(forecast -> end == null ? forecast : forecast.after(Duration.between(state.takenAt(), end)));
    }

    /** Only a firm one that ends within a year. */
    static Optional<Forecast> near(WatchedSequence watched, DatabaseState state, DatabaseHistory history) {
        var possible = watched.headroom() instanceof Headroom.Finite headroom
                && course(watched, state, history).fastest() * NEAR.toDays()
                        >= headroom.remaining().doubleValue();
        return possible
                ? of(watched, state, history)
                        .filter(Forecast::firm)
                        .filter(forecast -> forecast.left().compareTo(NEAR) <= 0)
                : Optional.empty();
    }

    /** Keeps what the last inspection forecast, unless that is later than this, or much earlier. */
    private Forecast after(Duration earlier) {
        var earliest = Duration.ofMillis((long) (left.toMillis() / HYSTERESIS));
        var kept = earlier.compareTo(left) > 0 ? left : earlier.compareTo(earliest) < 0 ? earliest : earlier;
        return firm ? new Forecast(kept, perDay, basis, true) : this;
    }

    /** The time in which so many calls will have been made; null where no forecast is firm. */
    public static @Nullable Duration firmTimeOf(
            BigInteger calls, WatchedSequence watched, DatabaseState state, DatabaseHistory history) {
        var next = watched.position().next(watched.sequence());
        var used = next == null
                ? BigInteger.ZERO
                : watched.sequence()
                        .callsBetween(watched.sequence().rangeStart(), next)
                        .max(BigInteger.ZERO);
        return of(new Headroom.Finite(calls, used), watched, state, history)
                .filter(Forecast::firm)
                .map(Forecast::left)
                .orElse(null);
    }

    private static Optional<Forecast> of(
            Headroom.Finite headroom, WatchedSequence watched, DatabaseState state, DatabaseHistory history) {
        var course = course(watched, state, history);
        var estimator = course.estimator();
        var lasting = estimator.flatMap(RateEstimator::lasting);
        var recent = estimator.flatMap(each -> each.recent(
                headroom.remaining().doubleValue(),
                lasting.map(UsageRate::perDay).orElse(0.0)));
        var seen = Stream.concat(lasting.stream(), recent.stream())
                .flatMap(pace -> forecast(headroom, pace).stream())
                .filter(Forecast::firm)
                .filter(forecast -> !course.setBackWithin(forecast.left()))
                .min(Comparator.comparing(Forecast::left));
        if (seen.isPresent() || course.untilSetBack() != null) {
            return seen;
        }
        var open = lasting.flatMap(pace -> forecast(headroom, pace));
        return course.length().compareTo(UsageRate.WEEK) >= 0
                ? open
                : fromCounters(watched, headroom, state).or(() -> open);
    }

    /**
     * Whether the positions seen are too few for a rate, so that the absence of a forecast proves nothing. Not where the
     * sequence was set back among them: what was foretold of it then is over.
     */
    public static boolean tooFewPositions(WatchedSequence watched, DatabaseState state, DatabaseHistory history) {
        var position = watched.position().next(watched.sequence());
        var track = history.of(watched.name());
        var seen = position == null ? track : track.with(new PositionHistory.Sample(state.takenAt(), position));
        var course = UsageTrend.of(seen, watched.sequence());
        return course.untilSetBack() == null
                && course.isTooShort()
                && course.legs().size() == Math.max(0, seen.samples().size() - 1);
    }

    /** Whether it is firm and no more days are left. */
    public boolean within(int days) {
        return firm && left.compareTo(Duration.ofDays(days)) <= 0;
    }

    private static UsageTrend course(WatchedSequence watched, DatabaseState state, DatabaseHistory history) {
        var track = history.of(watched.name());
        var position = watched.position().next(watched.sequence());
        return UsageTrend.of(
                position == null ? track : track.with(new PositionHistory.Sample(state.takenAt(), position)),
                watched.sequence());
    }

    private static Optional<Forecast> forecast(Headroom.Finite headroom, UsageRate pace) {
        return left(headroom, pace.perDay())
                .map(left -> new Forecast(
                        left, pace.perDay(), "seen over the last " + words(pace.seen()), pace.speaksFor(left)));
    }

    /** One id a row: an estimate, and named as one. */
    private static Optional<Forecast> fromCounters(
            WatchedSequence watched, Headroom.Finite headroom, DatabaseState state) {
        var counting = state.counting();
        if (counting == null) {
            return Optional.empty();
        }
        var time = Duration.between(counting.since(), state.takenAt());
        var counters = watched.sequenceColumns().stream()
                .map(SequenceColumn::table)
                .distinct()
                .map(Table::counters)
                .reduce(TableStatistics.NONE, TableStatistics::plus);
        if (time.compareTo(SHORTEST_COUNT) < 0 || !tellsCalls(watched, headroom, counters, counting)) {
            return Optional.empty();
        }
        var pace = UsageRate.plain(counters.inserted() / (time.toMillis() / DAY), time);
        var rows = Numbers.count(BigInteger.valueOf(counters.inserted()), "row");
        var basis = counting.known()
                ? "estimated from the %s inserted since the statistics were reset at %s"
                        .formatted(rows, counting.since())
                : "estimated, as the least that it can be, from the %s inserted since the server was made at %s"
                        .formatted(rows, counting.since());
        return left(headroom, pace.perDay())
                .map(left -> new Forecast(left, pace.perDay(), basis, pace.speaksFor(left)));
    }

    /**
     * Whether so many rows were so many calls, in that time. Not where a load or a restore may be among them; where more
     * came than the sequence ever gave, so that they brought their ids along; where they came by logical replication;
     * where an application takes many ids by one call; and where the counters remember more than they may, because
     * pg_stat_reset_single_table_counters set the time of another table's reset.
     */
    private static boolean tellsCalls(
            WatchedSequence watched, Headroom.Finite headroom, TableStatistics counters, StatsReset counting) {
        var remembered = counters.remembered();
        return !counters.beganEmpty()
                && BigInteger.valueOf(counters.inserted()).compareTo(headroom.used()) <= 0
                && (remembered == null || !remembered.isBefore(counting.since()))
                && watched.sequenceColumns().stream()
                        .noneMatch(sequenceColumn -> sequenceColumn.table().subscribed()
                                || (sequenceColumn.valueSource() == ValueSource.Declared
                                        && !watched.sequence().increment().abs().equals(BigInteger.ONE)));
    }

    private static Optional<Duration> left(Headroom.Finite headroom, double perDay) {
        var days = headroom.remaining().doubleValue() / perDay;
        return perDay <= 0 || days > HORIZON.toDays()
                ? Optional.empty()
                : Optional.of(Duration.ofMillis((long) (days * DAY)));
    }

    public static String words(Duration duration) {
        var days = duration.toDays();
        return days >= 2
                ? days + " days"
                : duration.toHours() >= 2 ? duration.toHours() + " hours" : duration.toMinutes() + " minutes";
    }
}
