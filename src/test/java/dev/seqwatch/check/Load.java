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

    /** The first minute after which no value is left, and the limit that this is true of. */
    private long limitOfEnd = Long.MIN_VALUE;

    private int end;

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

    /** The time until the sequence has no value left; a hundred years where this load never gets there. */
    public Duration until(long limit, Instant from) {
        if (limitOfEnd != limit) {
            limitOfEnd = limit;
            end = 0;
            while (end < next.length && next[end] <= limit) {
                end++;
            }
        }
        return end == next.length
                ? Duration.ofDays(36_500)
                : Duration.between(from, START.plus(Duration.ofMinutes(end)));
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

    /** One load until that time, another one from then on. */
    static Shape then(Shape before, Duration at, Shape after) {
        var minute = at.toMinutes();
        return (instant, i) -> (i < minute ? before : after).calls(instant, i);
    }

    /** Each week, from that time of the week on, for so long. */
    static Shape weekly(Duration from, Duration length, double perDay) {
        var begin = from.toMinutes();
        var minutes = length.toMinutes();
        return (_, i) -> {
            var minute = i % (7 * 1_440);
            return minute >= begin && minute < begin + minutes ? perDay * 7 / minutes : 0;
        };
    }

    /** From nothing to the full rate within that time, evenly; from then on at the full rate. */
    static Shape ramp(Duration from, Duration length, double perDay) {
        var begin = from.toMinutes();
        var minutes = (double) length.toMinutes();
        return (_, i) -> perDay / MINUTES_A_DAY * Math.clamp((i - begin) / minutes, 0, 1);
    }

    /** As another load, but nothing in that time. */
    static Shape paused(Shape shape, Duration from, Duration length) {
        var begin = from.toMinutes();
        var end = begin + length.toMinutes();
        return (instant, i) -> i >= begin && i < end ? 0 : shape.calls(instant, i);
    }

    static Shape both(Shape one, Shape other) {
        return (minute, i) -> one.calls(minute, i) + other.calls(minute, i);
    }

    private static boolean weekend(Instant minute) {
        return minute.atOffset(ZoneOffset.UTC).getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0;
    }
}
