package dev.seqwatch.check;

import dev.seqwatch.sequence.Consumer;
import dev.seqwatch.sequence.Counters;
import dev.seqwatch.sequence.Counting;
import dev.seqwatch.sequence.Draw;
import dev.seqwatch.sequence.Headroom;
import dev.seqwatch.sequence.Snapshot;
import dev.seqwatch.sequence.Table;
import dev.seqwatch.sequence.WatchedSequence;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

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

    private static final Duration SHORTEST_COUNT = Duration.ofDays(1);
    private static final double DAY = Duration.ofDays(1).toMillis();

    /** The better source first: positions seen over time, then rows counted since the statistics began. */
    public static Optional<Forecast> of(WatchedSequence watched, Snapshot snapshot, History history) {
        if (!(watched.headroom() instanceof Headroom.Finite headroom)
                || headroom.remaining().signum() == 0) {
            return Optional.empty();
        }
        var course = course(watched, snapshot, history);
        var paces = Stream.concat(course.lasting().stream(), course.latest().stream());
        var seen = paces.flatMap(pace -> forecast(headroom, pace).stream())
                .filter(Forecast::firm)
                .filter(forecast -> !course.setBackWithin(forecast.left()))
                .min(Comparator.comparing(Forecast::left));
        if (seen.isPresent() || course.untilSetBack() != null) {
            return seen;
        }
        var lasting = course.lasting().flatMap(pace -> forecast(headroom, pace));
        return course.length().compareTo(Pace.WEEK) >= 0
                ? lasting
                : fromCounters(watched, headroom, snapshot).or(() -> lasting);
    }

    /** Whether it is firm and no more days are left. */
    boolean within(int days) {
        return firm && left.compareTo(Duration.ofDays(days)) <= 0;
    }

    private static Course course(WatchedSequence watched, Snapshot snapshot, History history) {
        var track = history.of(watched.name());
        var position = watched.position().next(watched.sequence());
        return Course.of(
                position == null ? track : track.with(new Track.Sample(snapshot.takenAt(), position)),
                watched.sequence());
    }

    private static Optional<Forecast> forecast(Headroom.Finite headroom, Pace pace) {
        return left(headroom, pace.perDay())
                .map(left -> new Forecast(
                        left, pace.perDay(), "seen over the last " + words(pace.seen()), pace.speaksFor(left)));
    }

    /** One id a row: an estimate, and named as one. */
    private static Optional<Forecast> fromCounters(
            WatchedSequence watched, Headroom.Finite headroom, Snapshot snapshot) {
        var counting = snapshot.counting();
        if (counting == null) {
            return Optional.empty();
        }
        var time = Duration.between(counting.since(), snapshot.takenAt());
        var counters = watched.consumers().stream()
                .map(Consumer::table)
                .distinct()
                .map(Table::counters)
                .reduce(Counters.NONE, Counters::plus);
        if (time.compareTo(SHORTEST_COUNT) < 0 || !tellsCalls(watched, headroom, counters, counting)) {
            return Optional.empty();
        }
        var pace = new Pace(counters.inserted() / (time.toMillis() / DAY), time);
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
     * where an application draws many ids by one call; and where the counters remember more than they may, because
     * pg_stat_reset_single_table_counters set the time of another table's reset.
     */
    private static boolean tellsCalls(
            WatchedSequence watched, Headroom.Finite headroom, Counters counters, Counting counting) {
        var remembered = counters.remembered();
        return !counters.beganEmpty()
                && BigInteger.valueOf(counters.inserted()).compareTo(headroom.used()) <= 0
                && (remembered == null || !remembered.isBefore(counting.since()))
                && watched.consumers().stream()
                        .noneMatch(consumer -> consumer.table().subscribed()
                                || (consumer.draw() == Draw.Declared
                                        && !watched.sequence().increment().abs().equals(BigInteger.ONE)));
    }

    private static Optional<Duration> left(Headroom.Finite headroom, double perDay) {
        var days = headroom.remaining().doubleValue() / perDay;
        return perDay <= 0 || days > HORIZON.toDays()
                ? Optional.empty()
                : Optional.of(Duration.ofMillis((long) (days * DAY)));
    }

    static String words(Duration duration) {
        var days = duration.toDays();
        return days >= 2
                ? days + " days"
                : duration.toHours() >= 2 ? duration.toHours() + " hours" : duration.toMinutes() + " minutes";
    }
}
