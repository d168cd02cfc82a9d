package dev.seqwatch.operator;

import dev.seqwatch.catalog.Reading;
import dev.seqwatch.inspection.Inspection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * When a monitor is inspected next.
 *
 * @param at not before this
 * @param spaced whether that is later than the interval asks for
 */
record Pace(Instant at, boolean spaced) {
    /** A problem that a person mends is looked for again soon: it costs one request to the API and none to a database. */
    static final Duration AFTER_PROBLEM = Duration.ofSeconds(30);

    /** Inspections may take up to a tenth of a database's time. */
    private static final int REST = 10;

    private static final double JITTER = 0.1;

    /** Starts are an interval apart, give or take a tenth, so that many monitors do not start together for ever. */
    static Pace after(
            Instant startedAt,
            Instant endedAt,
            Duration interval,
            List<Inspection> inspections,
            RandomGenerator random) {
        var factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
        var wanted = startedAt.plusMillis((long) (interval.toMillis() * factor));
        var allowed = endedAt.plus(load(inspections).multipliedBy(REST));
        return allowed.isAfter(startedAt.plus(interval)) ? new Pace(allowed, true) : new Pace(wanted, false);
    }

    /** How long the databases had work with us; waiting for a host that does not answer burdens nobody. */
    private static Duration load(List<Inspection> inspections) {
        return inspections.stream()
                .map(inspection -> switch (inspection.reading()) {
                    case Reading.Read(var snapshot) -> snapshot.took();
                    case Reading.Unreachable unreachable ->
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
