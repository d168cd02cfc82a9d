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

        /** Its youngest part, as if all calls lay evenly over it. */
        Leg cut(Duration youngest) {
            var length = (double) youngest.toMillis();
            return length >= millis ? this : new Leg(steps * length / millis, length);
        }

        private boolean isAbove(double perMilli) {
            return steps > perMilli * millis;
        }

        double days() {
            return millis / DAY;
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
            var room = PositionHistory.KEPT.minus(
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

    /** The highest rate between two samples, a day. */
    double fastest() {
        return legs.stream()
                .mapToDouble(leg -> leg.steps() / Math.max(1, leg.millis()) * DAY)
                .max()
                .orElse(0);
    }

    /** Empty where there are too few positions. */
    Optional<RateEstimator> estimator() {
        return isTooShort() ? Optional.empty() : Optional.of(new RateEstimator(legs, withoutBurst()));
    }

    /** Whether there are too few positions, or in too short a time, for any rate. */
    boolean isTooShort() {
        return legs.size() < FEWEST || sum(legs).time().compareTo(SHORTEST) < 0;
    }

    /** The one burst goes on as all the rest did: a setval forward, a bulk load. */
    private List<Leg> withoutBurst() {
        var from = recent();
        var burst = burst(legs.subList(from, legs.size()));
        if (burst == null) {
            return legs;
        }
        var rest = new ArrayList<>(legs);
        for (var i = from + burst.from(); i <= from + burst.to(); i++) {
            rest.set(i, new Leg(burst.rest() * legs.get(i).millis(), legs.get(i).millis()));
        }
        return rest;
    }

    /** The index of the first leg that bears on the lasting rate. */
    private int recent() {
        var from = legs.size();
        var room = (double) PositionHistory.MATTERS.toMillis();
        while (from > 0 && room > 0) {
            from--;
            room -= legs.get(from).millis();
        }
        return from;
    }

    /**
     * Most of all calls in one leg, or in a few within a day, at a rate far above that of the rest.
     *
     * @param from index of the first leg
     * @param to index of the last leg
     * @param rest calls a millisecond in the other legs
     */
    private record Burst(int from, int to, double rest) {}

    /** What comes a second time holds no longer most of all calls: then it is a habit, and part of the rate. */
    private static @Nullable Burst burst(List<Leg> legs) {
        var all = sum(legs);
        var found = (Burst) null;
        var most = all.steps() * 0.6;
        for (var from = 0; from < legs.size(); from++) {
            var steps = 0.0;
            var millis = 0.0;
            for (var to = from; to < legs.size(); to++) {
                steps += legs.get(to).steps();
                millis += legs.get(to).millis();
                if (millis > (to == from ? all.millis() * 0.75 : Math.min(DAY, all.millis() / 4))) {
                    if (to > from) {
                        break;
                    }
                } else if (steps > most && steps / millis > 4 * (all.steps() - steps) / (all.millis() - millis)) {
                    found = new Burst(from, to, (all.steps() - steps) / (all.millis() - millis));
                    most = steps;
                }
            }
        }
        return found == null ? null : withEdges(legs, found);
    }

    /** The legs before and after a burst hold its first and last minutes. */
    private static Burst withEdges(List<Leg> legs, Burst burst) {
        var from = burst.from() > 0 && legs.get(burst.from() - 1).isAbove(4 * burst.rest())
                ? burst.from() - 1
                : burst.from();
        var to = burst.to() + 1 < legs.size() && legs.get(burst.to() + 1).isAbove(4 * burst.rest())
                ? burst.to() + 1
                : burst.to();
        var rest = sum(legs.subList(0, from)).plus(sum(legs.subList(to + 1, legs.size())));
        return new Burst(from, to, rest.millis() <= 0 ? 0 : rest.steps() / rest.millis());
    }

    private static Leg sum(List<Leg> legs) {
        return legs.stream().reduce(Leg.NONE, Leg::plus);
    }
}
