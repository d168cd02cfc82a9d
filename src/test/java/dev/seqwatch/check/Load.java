package dev.seqwatch.check;

import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.random.RandomGenerator;

/** How an application uses one sequence: calls of nextval in each minute, and where they lead. */
public final class Load {
    public static final Instant START = Instant.parse("2026-03-02T00:00:00Z"); // a Monday
    private static final double MINUTES_A_DAY = 1_440;

    /** Calls in the minute that begins then. */
    @FunctionalInterface
    interface Shape {
        double calls(Instant minute, long index);
    }

    private final double[] next;

    private Load(double[] next) {
        this.next = next;
    }

    static Load of(Duration length, double first, Shape shape) {
        var minutes = (int) length.toMinutes();
        var next = new double[minutes + 1];
        next[0] = first;
        for (var i = 0; i < minutes; i++) {
            next[i + 1] = next[i] + shape.calls(START.plus(Duration.ofMinutes(i)), i);
        }
        return new Load(next);
    }

    public Duration length() {
        return Duration.ofMinutes(next.length - 1L);
    }

    public BigInteger next(Instant at) {
        var minute = (int) Duration.between(START, at).toMinutes();
        return BigInteger.valueOf((long) next[Math.min(minute, next.length - 1)]);
    }

    /** When the sequence has no value left; null where this load never gets there. */
    public Duration until(long limit, Instant from) {
        for (var i = (int) Duration.between(START, from).toMinutes(); i < next.length; i++) {
            if (next[i] > limit) {
                return Duration.between(from, START.plus(Duration.ofMinutes(i)));
            }
        }
        return Duration.ofDays(36_500);
    }

    static Shape steady(double perDay, RandomGenerator random) {
        return (_, _) -> perDay / MINUTES_A_DAY * (0.5 + random.nextDouble());
    }

    /** Nothing between 22 and 6 o'clock, most at noon. */
    static Shape days(double perDay) {
        return (minute, _) -> {
            var hour = minute.atOffset(ZoneOffset.UTC).getHour();
            return hour < 6 || hour >= 22 ? 0 : perDay / MINUTES_A_DAY * 24 / 16;
        };
    }

    /** From Monday to Friday, by day. */
    static Shape workdays(double perDay) {
        var days = days(perDay * 7 / 5);
        return (minute, i) -> weekend(minute) ? 0 : days.calls(minute, i);
    }

    /** All at night, within an hour. */
    static Shape nightly(double perDay) {
        return (minute, _) -> minute.atOffset(ZoneOffset.UTC).getHour() == 2 ? perDay / 60 : 0;
    }

    /** All on Sundays, within two hours. */
    static Shape weekly(double perDay) {
        return (minute, _) -> {
            var time = minute.atOffset(ZoneOffset.UTC);
            return time.getDayOfWeek() == DayOfWeek.SUNDAY && time.getHour() / 2 == 2 ? perDay * 7 / 120 : 0;
        };
    }

    /** So many calls in that time, and nothing else. */
    record Burst(Duration from, Duration length, double calls) {}

    static Shape burst(Burst burst) {
        var from = burst.from().toMinutes();
        var length = burst.length().toMinutes();
        return (_, i) -> i >= from && i < from + length ? burst.calls() / length : 0;
    }

    /** As numbers that begin anew each day. */
    static Shape restartedDaily(double perDay) {
        return (_, i) -> i % 1_440 == 1_439 ? -perDay / MINUTES_A_DAY * 1_439 : perDay / MINUTES_A_DAY;
    }

    static Shape both(Shape one, Shape other) {
        return (minute, i) -> one.calls(minute, i) + other.calls(minute, i);
    }

    private static boolean weekend(Instant minute) {
        return minute.atOffset(ZoneOffset.UTC).getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0;
    }
}
