package dev.seqwatch.check;

import dev.seqwatch.sequence.Consumer;
import dev.seqwatch.sequence.Headroom;
import dev.seqwatch.sequence.Snapshot;
import dev.seqwatch.sequence.WatchedSequence;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When a sequence reaches its limit if it is used on as it is now. No rate is invented: without enough samples, and
 * without counters whose beginning is known, there is no forecast.
 *
 * @param left until the limit; at most {@link #HORIZON}
 * @param perDay calls of nextval
 * @param basis what the rate was taken from, for the message
 */
public record Forecast(Duration left, double perDay, String basis) {
    /** Beyond it a forecast says nothing. */
    public static final Duration HORIZON = Duration.ofDays(36_500);

    private static final Duration SHORTEST_TRACK = Duration.ofHours(1);
    private static final Duration LONGEST_TRACK = Duration.ofDays(14);
    private static final int FEWEST_SAMPLES = 4;
    private static final Duration SHORTEST_COUNT = Duration.ofDays(1);
    private static final double DAY = Duration.ofDays(1).toMillis();

    /** The better source first: positions seen over time, then rows counted since the statistics were reset. */
    public static Optional<Forecast> of(WatchedSequence watched, Snapshot snapshot, History history) {
        if (!(watched.headroom() instanceof Headroom.Finite headroom)
                || headroom.remaining().signum() == 0) {
            return Optional.empty();
        }
        return fromTrack(watched, headroom, snapshot, history.of(watched.name()))
                .or(() -> fromCounters(watched, headroom, snapshot));
    }

    private static Optional<Forecast> fromTrack(
            WatchedSequence watched, Headroom.Finite headroom, Snapshot snapshot, Track track) {
        var position = watched.position().next(watched.sequence());
        var all = position == null ? track : track.with(new Track.Sample(snapshot.takenAt(), position));
        var samples = rising(all.samples(), watched.sequence().increment(), snapshot.takenAt());
        if (samples.size() < FEWEST_SAMPLES) {
            return Optional.empty();
        }
        var window = Duration.between(samples.getFirst().at(), samples.getLast().at());
        if (window.compareTo(SHORTEST_TRACK) < 0) {
            return Optional.empty();
        }
        return forecast(
                headroom, perDay(samples, watched.sequence().increment()), "seen over the last " + words(window));
    }

    /** Since the last setval or RESTART that led back, and no longer than two weeks. */
    private static List<Track.Sample> rising(List<Track.Sample> samples, BigInteger step, Instant now) {
        var from = samples.size() - 1;
        while (from > 0
                && steps(samples.get(from - 1), samples.get(from), step) >= 0
                && samples.get(from - 1).at().isAfter(now.minus(LONGEST_TRACK))) {
            from--;
        }
        return samples.subList(Math.max(0, from), samples.size());
    }

    /**
     * The mean over the whole window, nights included. One short interval that holds most of the steps is a setval or a
     * bulk load, not a rate, and is left out.
     */
    private static double perDay(List<Track.Sample> samples, BigInteger step) {
        var time = millis(samples.getFirst(), samples.getLast());
        var total = steps(samples.getFirst(), samples.getLast(), step);
        var leftOutTime = 0.0;
        var leftOutSteps = 0.0;
        for (var i = 1; i < samples.size(); i++) {
            var part = steps(samples.get(i - 1), samples.get(i), step);
            var length = millis(samples.get(i - 1), samples.get(i));
            if (part > total / 2 && length < time / FEWEST_SAMPLES) {
                leftOutSteps = part;
                leftOutTime = length;
            }
        }
        return (total - leftOutSteps) / (time - leftOutTime) * DAY;
    }

    /** One id a row: an estimate, and named as one. */
    private static Optional<Forecast> fromCounters(
            WatchedSequence watched, Headroom.Finite headroom, Snapshot snapshot) {
        var since = snapshot.statisticsSince();
        if (since == null || Duration.between(since, snapshot.takenAt()).compareTo(SHORTEST_COUNT) < 0) {
            return Optional.empty();
        }
        var inserted = watched.consumers().stream()
                .map(Consumer::table)
                .distinct()
                .mapToLong(table -> table.inserted())
                .sum();
        var days = Duration.between(since, snapshot.takenAt()).toMillis() / DAY;
        return forecast(
                headroom,
                inserted / days,
                "estimated from the rows inserted since the statistics were reset at " + since);
    }

    private static Optional<Forecast> forecast(Headroom.Finite headroom, double perDay, String basis) {
        if (perDay <= 0) {
            return Optional.empty();
        }
        var days = headroom.remaining().doubleValue() / perDay;
        return days > HORIZON.toDays()
                ? Optional.empty()
                : Optional.of(new Forecast(Duration.ofMillis((long) (days * DAY)), perDay, basis));
    }

    private static double steps(Track.Sample from, Track.Sample to, BigInteger step) {
        return to.next().subtract(from.next()).doubleValue() / step.doubleValue();
    }

    private static double millis(Track.Sample from, Track.Sample to) {
        return Duration.between(from.at(), to.at()).toMillis();
    }

    static String words(Duration duration) {
        var days = duration.toDays();
        return days >= 2
                ? days + " days"
                : duration.toHours() >= 2 ? duration.toHours() + " hours" : duration.toMinutes() + " minutes";
    }
}
