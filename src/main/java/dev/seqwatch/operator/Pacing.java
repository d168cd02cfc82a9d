package dev.seqwatch.operator;

import dev.seqwatch.catalog.ReadResult;
import dev.seqwatch.inspection.Inspection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/** Decides when a monitor is inspected next. */
interface Pacing {
    /**
     * The next inspection.
     *
     * @param at not before this
     * @param spaced whether that is later than the interval asks for
     */
    record Next(Instant at, boolean spaced) {}

    Next next(Instant startedAt, Instant endedAt, Duration interval, List<Inspection> inspections);

    /** A problem that a person mends is looked for again soon: that costs one request to the API and none to a database. */
    default Duration afterProblem() {
        return Duration.ofSeconds(30);
    }

    /**
     * Starts are an interval apart, give or take a tenth, so that many monitors do not start together for ever. After an
     * inspection that was ten times as long as that allows, the database rests: it gives us a tenth of its time at most.
     */
    static Pacing ordinary(RandomGenerator random) {
        return (startedAt, endedAt, interval, inspections) -> {
            var jitter = 0.9 + 0.2 * random.nextDouble();
            var wanted = startedAt.plusMillis((long) (interval.toMillis() * jitter));
            var allowed = endedAt.plus(load(inspections).multipliedBy(10));
            return allowed.isAfter(startedAt.plus(interval))
                    ? new Next(allowed, true)
                    : new Next(allowed.isAfter(wanted) ? allowed : wanted, false);
        };
    }

    /** How long the databases had work with us; waiting for a host that does not answer burdens nobody. */
    private static Duration load(List<Inspection> inspections) {
        return inspections.stream()
                .map(inspection -> switch (inspection.reading()) {
                    case ReadResult.Success(var state) -> state.took();
                    case ReadResult.Unreachable unreachable ->
                        switch (unreachable.reason()) {
                            case TimedOut, ReadFailed -> unreachable.took();
                            case ConnectionFailed,
                                    AuthenticationFailed,
                                    NoSuchDatabase,
                                    PermissionDenied,
                                    TlsFailed,
                                    TooManyConnections,
                                    ServerUnavailable -> Duration.ZERO;
                        };
                })
                .reduce(Duration.ZERO, Duration::plus);
    }
}
