package dev.seqwatch.forecast;

import dev.seqwatch.model.Sequence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way that a sequence went in the time that matters, since it was last set back: by setval, RESTART, CYCLE, or made anew.
 *
 * @param legs between one sample and the next, oldest first
 * @param untilSetBack where something sets it back again and again: until that is due; null where nothing does
 */
record UsageTrend(List<Leg> legs, @Nullable Duration untilSetBack) {
    private static final Duration SHORTEST = Duration.ofHours(1);
    private static final double DAY = Duration.ofDays(1).toMillis();
    private static final int FEWEST = 3;

    /** What a server logs ahead (SEQ_LOG_VALS): a standby, read in its primary's absence, shows as much too many. */
    private static final int LOGGED_AHEAD = 32;

    UsageTrend {
        legs = List.copyOf(legs);
    }

    /** From one sample to the next; calls of nextval, and time in milliseconds. */
    record Leg(double steps, double millis) {
        static final Leg NONE = new Leg(0, 0);

        private static Leg between(PositionHistory.Sample from, PositionHistory.Sample to, Sequence sequence) {
            return new Leg(
                    to.next().subtract(from.next()).doubleValue()
                            / sequence.increment().doubleValue(),
                    Duration.between(from.at(), to.at()).toMillis());
        }

        Leg plus(Leg other) {
            return new Leg(steps + other.steps, millis + other.millis);
        }

        Leg minus(Leg other) {
            return new Leg(steps - other.steps, millis - other.millis);
        }

        /** Its youngest part, as if all calls lay evenly over it. */
        Leg cut(Duration youngest) {
            var length = (double) youngest.toMillis();
            return length >= millis ? this : new Leg(steps * length / millis, length);
        }

        double perDay() {
            return millis <= 0 ? 0 : steps / millis * DAY;
        }

        UsageRate pace() {
            return new UsageRate(perDay(), time());
        }

        Duration time() {
            return Duration.ofMillis((long) millis);
        }
    }

    static UsageTrend of(PositionHistory track, Sequence sequence) {
        var samples = track.samples();
        var legs = new ArrayList<Leg>();
        var setBack = new ArrayList<Instant>();
        var slack = LOGGED_AHEAD + sequence.cache();
        for (var i = samples.size() - 1; i > 0; i--) {
            var to = samples.get(i);
            var leg = Leg.between(samples.get(i - 1), to, sequence);
            var room = PositionHistory.MATTERS.minus(
                    Duration.between(to.at(), samples.getLast().at()));
            if (!room.isPositive()) {
                break;
            }
            if (leg.steps() < -slack) {
                setBack.add(to.at());
            } else if (setBack.isEmpty()) {
                legs.addFirst(leg.cut(room));
            }
        }
        return new UsageTrend(legs, untilSetBack(setBack, sum(legs).time()));
    }

    /** What happened twice is a habit until it fails to come for half as long again. */
    private static @Nullable Duration untilSetBack(List<Instant> latestFirst, Duration sinceThen) {
        var between = new ArrayList<Duration>();
        for (var i = 1; i < latestFirst.size(); i++) {
            between.add(Duration.between(latestFirst.get(i), latestFirst.get(i - 1)));
        }
        between.sort(Comparator.naturalOrder());
        return between.isEmpty()
                        || sinceThen.dividedBy(3).compareTo(between.getLast().dividedBy(2)) > 0
                ? null
                : between.getFirst().minus(sinceThen);
    }

    /** Whether it is set back before so much time has gone. */
    boolean setBackWithin(Duration time) {
        return untilSetBack != null && untilSetBack.compareTo(time) < 0;
    }

    Duration length() {
        return sum(legs).time();
    }

    /** The mean over nights and pauses, without the one burst that may be in it: a setval forward, a bulk load. */
    Optional<UsageRate> lasting() {
        if (tooShort(legs)) {
            return Optional.empty();
        }
        var all = sum(legs);
        var rest = all.minus(burst(all));
        return tooShort(rest) ? Optional.empty() : Optional.of(rest.pace());
    }

    /** The usual rates of the last hours, for what cannot wait: half of the time and half of the legs went faster. */
    List<UsageRate> latest() {
        var paces = new ArrayList<UsageRate>();
        for (var from = legs.size() - FEWEST; from >= 0; from--) {
            var late = legs.subList(from, legs.size());
            var whole = sum(late);
            if (whole.millis() > DAY) {
                break;
            }
            if (!tooShort(whole)) {
                paces.add(new UsageRate(usual(late, whole.millis() / 2), whole.time()));
            }
        }
        return paces;
    }

    private static double usual(List<Leg> late, double half) {
        var slowFirst =
                late.stream().sorted(Comparator.comparingDouble(Leg::perDay)).toList();
        var byLegs = slowFirst.get((late.size() - 1) / 2).perDay();
        var time = 0.0;
        for (var leg : slowFirst) {
            time += leg.millis();
            if (time >= half) {
                return Math.min(byLegs, leg.perDay());
            }
        }
        return byLegs;
    }

    /**
     * Most of all calls in one leg or two, or in a few that are short together, at a rate far above that of the rest. What comes
     * a second time holds no longer most of them: then it is a habit, and part of the rate.
     */
    private Leg burst(Leg all) {
        var found = Leg.NONE;
        for (var from = 0; from < legs.size(); from++) {
            var run = Leg.NONE;
            for (var to = from; to < legs.size(); to++) {
                run = run.plus(legs.get(to));
                var longest = to == from ? all.millis() * 0.75 : Math.min(DAY, all.millis() / 4);
                if (run.millis() <= longest
                        && run.steps() > all.steps() * 0.6
                        && run.perDay() > all.minus(run).perDay() * 4
                        && (found.equals(Leg.NONE) || run.steps() > found.steps())) {
                    found = run;
                }
            }
        }
        return found;
    }

    private static boolean tooShort(List<Leg> legs) {
        return legs.size() < FEWEST || tooShort(sum(legs));
    }

    private static boolean tooShort(Leg leg) {
        return leg.time().compareTo(SHORTEST) < 0;
    }

    private static Leg sum(List<Leg> legs) {
        return legs.stream().reduce(Leg.NONE, Leg::plus);
    }
}
