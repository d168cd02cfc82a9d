package dev.seqwatch.check;

import dev.seqwatch.sequence.Given;
import dev.seqwatch.sequence.Position;
import dev.seqwatch.sequence.Sequence;
import dev.seqwatch.sequence.Snapshot;
import dev.seqwatch.sequence.ValueRange;
import dev.seqwatch.sequence.WatchedSequence;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Inspects a sequence under a load, on and on, and writes down what it forecasts each time.
 *
 * @param missed part of the inspections that do not happen
 * @param clock what its clock is ahead of the true time
 */
record Operator(Duration interval, double missed, Clock clock) {
    static final Operator USUAL = new Operator(Duration.ofMinutes(5), 0, _ -> Duration.ZERO);

    @FunctionalInterface
    interface Clock {
        Duration ahead(Duration sinceStart);
    }

    /**
     * One inspection.
     *
     * @param at after the start of the load
     * @param truth how long it really lasts from there
     */
    record Look(Duration at, Duration truth, Optional<Forecast> forecast) {
        boolean alarms(int days) {
            return forecast.filter(found -> found.within(days)).isPresent();
        }

        double ratio() {
            return forecast.map(found -> (double) found.left().toMillis() / Math.max(1, truth.toMillis()))
                    .orElse(Double.POSITIVE_INFINITY);
        }

        @Override
        public String toString() {
            return "after %s: truth %s, forecast %s".formatted(at, truth, forecast);
        }
    }

    Operator every(Duration other) {
        return new Operator(other, missed, clock);
    }

    Operator missing(double part) {
        return new Operator(interval, part, clock);
    }

    Operator clock(Clock other) {
        return new Operator(interval, missed, other);
    }

    List<Look> watch(Load load, long limit, RandomGenerator random) {
        var looks = new ArrayList<Look>();
        var history = History.NONE;
        var at = Duration.ZERO;
        while (at.compareTo(load.length()) < 0) {
            var now = Load.START.plus(at);
            var next = load.next(now);
            if (next.compareTo(BigInteger.valueOf(limit)) > 0) {
                break;
            }
            if (random.nextDouble() >= missed) {
                var snapshot = snapshot(watched(next, limit), now.plus(clock.ahead(at)));
                var forecast = Forecast.of(snapshot.sequences().getFirst(), snapshot, history);
                looks.add(new Look(at, load.until(limit, now), forecast));
                history = history.with(snapshot);
            }
            at = at.plusMillis((long) (interval.toMillis() * (0.9 + 0.2 * random.nextDouble())));
        }
        return looks;
    }

    private static WatchedSequence watched(BigInteger next, long limit) {
        var plain = Given.sequence("integer");
        var sequence = new Sequence(
                plain.name(),
                plain.dataType(),
                new ValueRange(BigInteger.ONE, BigInteger.valueOf(limit)),
                plain.start(),
                plain.increment(),
                1,
                false,
                plain.persistence(),
                plain.owner());
        return Given.watched(
                sequence,
                new Position.At(next.subtract(BigInteger.ONE)),
                List.of(Given.consumer("t", Given.INTEGER)),
                List.of());
    }

    private static Snapshot snapshot(WatchedSequence watched, Instant at) {
        var plain = Given.snapshot(watched);
        return new Snapshot(
                plain.database(),
                plain.server(),
                at,
                plain.took(),
                plain.sequences(),
                plain.blindSchemas(),
                plain.unresolved(),
                plain.defaultGrants(),
                null);
    }
}
