package dev.seqwatch.check;

import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.forecast.Forecast;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Given;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.Sequence;
import dev.seqwatch.model.ValueRange;
import dev.seqwatch.model.WatchedSequence;
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
public record Operator(Duration interval, double missed, Clock clock) {
    public static final Operator USUAL = new Operator(Duration.ofMinutes(5), 0, _ -> Duration.ZERO);

    @FunctionalInterface
    public interface Clock {
        Duration ahead(Duration sinceStart);
    }

    /**
     * One inspection.
     *
     * @param at after the start of the load
     * @param truth how long it really lasts from there
     */
    public record Inspect(Duration at, Duration truth, Optional<Forecast> forecast) {
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

    public Operator every(Duration other) {
        return new Operator(other, missed, clock);
    }

    public Operator missing(double part) {
        return new Operator(interval, part, clock);
    }

    public Operator clock(Clock other) {
        return new Operator(interval, missed, other);
    }

    public List<Inspect> watch(Load load, long limit, RandomGenerator random) {
        return watch(load.length(), load, limit, random);
    }

    public List<Inspect> watch(Duration length, Load load, long limit, RandomGenerator random) {
        var looks = new ArrayList<Inspect>();
        var history = DatabaseHistory.NONE;
        var at = Duration.ZERO;
        while (at.compareTo(length) < 0) {
            var now = Load.START.plus(at);
            var next = load.next(now);
            if (next.compareTo(BigInteger.valueOf(limit)) > 0) {
                break;
            }
            if (random.nextDouble() >= missed) {
                var state = state(watched(next, limit), now.plus(clock.ahead(at)));
                var forecast = Forecast.of(state.sequences().getFirst(), state, history);
                looks.add(new Inspect(at, load.until(limit, now), forecast));
                history = history.with(state);
            }
            at = at.plusMillis((long) (interval.toMillis() * (0.9 + 0.2 * random.nextDouble())));
        }
        return looks;
    }

    private static WatchedSequence watched(BigInteger next, long limit) {
        var plain = Given.sequence("bigint");
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
                List.of(Given.sequenceColumn("t", Given.BIGINT)),
                List.of());
    }

    private static DatabaseState state(WatchedSequence watched, Instant at) {
        var plain = Given.state(watched);
        return new DatabaseState(
                plain.database(),
                plain.server(),
                at,
                plain.took(),
                plain.sequences(),
                plain.blindSchemas(),
                plain.lateBound(),
                plain.defaultGrants(),
                null);
    }
}
