package dev.seqwatch.operator;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/** Decides when a monitor is inspected next. */
interface Pacing {
    /**
     * An inspection that has ended.
     *
     * @param interval that the spec asks for
     * @param load how long the server worked on our statements; time spent waiting for a connection is no load
     * @param failures inspections in a row, up to this one, that could not read every database
     */
    record Ended(Instant startedAt, Instant endedAt, Duration interval, Duration load, int failures) {}

    /**
     * The next inspection.
     *
     * @param at not before this
     * @param spaced whether that is later than the interval asks for
     */
    record Next(Instant at, boolean spaced) {}

    Next next(Ended inspection);

    /** A problem that a person corrects is looked for again soon: that costs one request to the API and none to a database. */
    default Duration afterProblem() {
        return Duration.ofSeconds(30);
    }

    /** The first of the doubling waits after inspections that failed. */
    Duration FIRST_RETRY = Duration.ofSeconds(10);

    /** Doublings after which every interval is reached. */
    int MOST_DOUBLINGS = 16;

    /**
     * Starts are an interval apart, give or take a tenth, so that many monitors do not start together for ever. One that
     * failed is repeated soon, and each time later, up to the interval: an outage of seconds must not look like one of an
     * hour. After an inspection that was ten times as long as that allows, the database rests: it gives us a tenth of its
     * time at most.
     */
    static Pacing ordinary(RandomGenerator random) {
        return ended -> {
            var jitter = 0.9 + 0.2 * random.nextDouble();
            var wanted = ended.startedAt().plus(scaled(ended.interval(), jitter));
            if (ended.failures() > 0) {
                var retry = ended.endedAt().plus(scaled(retry(ended.failures()), jitter));
                wanted = retry.isBefore(wanted) ? retry : wanted;
            }
            var allowed = ended.endedAt().plus(ended.load().multipliedBy(10));
            return allowed.isAfter(ended.startedAt().plus(ended.interval()))
                    ? new Next(allowed, true)
                    : new Next(allowed.isAfter(wanted) ? allowed : wanted, false);
        };
    }

    private static Duration retry(int failures) {
        return FIRST_RETRY.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
    }

    private static Duration scaled(Duration duration, double factor) {
        return Duration.ofMillis((long) (duration.toMillis() * factor));
    }
}
