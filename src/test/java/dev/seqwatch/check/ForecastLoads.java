package dev.seqwatch.check;

import static dev.seqwatch.check.Load.both;
import static dev.seqwatch.check.Load.burst;
import static dev.seqwatch.check.Load.days;
import static dev.seqwatch.check.Load.nightly;
import static dev.seqwatch.check.Load.paused;
import static dev.seqwatch.check.Load.ramp;
import static dev.seqwatch.check.Load.steady;
import static dev.seqwatch.check.Load.then;
import static dev.seqwatch.check.Load.weekly;
import static dev.seqwatch.check.Load.workdays;

import dev.seqwatch.check.Load.Burst;
import dev.seqwatch.check.Load.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** The loads that the forecast is measured with. The table in docs/reference/forecast.md lists them. */
final class ForecastLoads {
    static final double MILLION = 1_000_000;

    /** The change comes on a Thursday at 13:00, after ten days and a half of what was before. */
    static final Duration CHANGE = Duration.ofDays(10).plusHours(13);

    private static final Duration HOURS = Duration.ofHours(6);
    private static final Duration TWO_DAYS = Duration.ofDays(2);

    private ForecastLoads() {}

    /**
     * A load and what the forecast is to say about it.
     *
     * @param left values at the time of the change
     * @param shape calls, before and after the change
     * @param goal judged from the change on, or from the start where there is none
     */
    record NamedLoad(String name, double left, Shape shape, Goal goal) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** What the forecast is to say, by the default thresholds: Critical within 30 days, Warning within 90. */
    sealed interface Goal {
        /** For the table of the documentation. */
        default String text() {
            return switch (this) {
                case CriticalWithin(var after, var changes) ->
                    "Critical %s, %s"
                            .formatted(
                                    after.isZero() ? "from the change on" : "within " + words(after) + " of the change",
                                    switch (changes) {
                                        case 0 -> "no other severity";
                                        case 1 -> "one change of severity";
                                        default -> "at most " + changes + " changes of severity";
                                    });
                case NeverCritical(var from) ->
                    "never Critical%s while more than 38 days are left"
                            .formatted(from.isZero() ? "" : " later than " + words(from) + " after the start,");
                case Silent(var from) ->
                    from.isZero() ? "silent" : "silent later than " + words(from) + " after the start";
            };
        }

        private static String words(Duration duration) {
            var days = duration.toDays();
            var hours = duration.toHoursPart();
            return (days == 0 ? "" : days + (days == 1 ? " day" : " days"))
                    + (days > 0 && hours > 0 ? " and " : "")
                    + (hours == 0 ? "" : hours + (hours == 1 ? " hour" : " hours"));
        }

        /**
         * Critical in time, and until the end.
         *
         * @param after the latest time of that, after the change
         * @param changes of the severity, at most
         */
        record CriticalWithin(Duration after, int changes) implements Goal {}

        /**
         * No Critical later than that, except near the end.
         *
         * @param from after the start of the load
         */
        record NeverCritical(Duration from) implements Goal {}

        /** Neither Critical nor Warning later than that, after the start of the load. */
        record Silent(Duration from) implements Goal {}
    }

    static List<NamedLoad> all() {
        return Stream.of(steps(), rhythms(), ramps(), pauses(), bursts(), jumps())
                .flatMap(List::stream)
                .toList();
    }

    private static List<NamedLoad> steps() {
        var loads = new ArrayList<NamedLoad>();
        for (var millions : List.of(15, 60)) {
            for (var daysLeft : List.of(3, 5, 8, 15, 20, 25, 28)) {
                var perDay = millions * MILLION;
                loads.add(step("steady", millions, daysLeft, then(calm(), CHANGE, noisy(perDay))));
                loads.add(step("by day", millions, daysLeft, then(calm(), CHANGE, days(perDay))));
            }
        }
        for (var daysLeft : List.of(8, 20)) {
            loads.add(step("by day, on a load by day", 60, daysLeft, then(days(MILLION), CHANGE, days(60 * MILLION))));
            loads.add(step(
                    "on workdays, on a load on workdays",
                    60,
                    daysLeft,
                    then(workdays(MILLION), CHANGE, workdays(60 * MILLION))));
            loads.add(step(
                    "twice as much as before", 60, daysLeft, then(noisy(30 * MILLION), CHANGE, noisy(60 * MILLION))));
        }
        for (var daysLeft : List.of(15, 25)) {
            loads.add(step(
                    "every night within an hour", 60, daysLeft, both(calm(), from(CHANGE, nightly(60 * MILLION)))));
        }
        return loads;
    }

    private static NamedLoad step(String how, int millions, int daysLeft, Shape shape) {
        var before = how.startsWith("twice") && daysLeft < 10;
        return new NamedLoad(
                "step to %d million a day, %s, %d days left".formatted(millions, how, daysLeft),
                daysLeft * millions * MILLION,
                shape,
                new Goal.CriticalWithin(daysLeft < 10 ? HOURS : TWO_DAYS, before ? 0 : 1));
    }

    private static List<NamedLoad> rhythms() {
        var twoWeeks = Duration.ofDays(15);
        var sunday = Duration.ofDays(6).plusHours(4);
        return List.of(
                new NamedLoad(
                        "weekly job of 2 hours, 20 million a day on average, 20 days left",
                        20 * 20 * MILLION + 40 * MILLION,
                        weekly(20 * MILLION),
                        new Goal.CriticalWithin(Duration.ofDays(5), 2)),
                new NamedLoad(
                        "weekly job of 2 hours, years left",
                        40_000 * MILLION,
                        weekly(sunday, Duration.ofHours(2), 20 * MILLION),
                        new Goal.Silent(Duration.ZERO)),
                new NamedLoad(
                        "weekly job of 2 hours, 70 days left",
                        60 * 20 * MILLION,
                        weekly(sunday, Duration.ofHours(2), 20 * MILLION),
                        new Goal.NeverCritical(Duration.ZERO)),
                new NamedLoad(
                        "weekly job of 12 hours, 70 days left",
                        60 * 20 * MILLION,
                        weekly(sunday, Duration.ofHours(12), 20 * MILLION),
                        new Goal.NeverCritical(Duration.ofDays(7).plusHours(2))),
                new NamedLoad(
                        "weekly job of 12 hours beside a steady load, 70 days left",
                        60 * 30 * MILLION,
                        both(noisy(10 * MILLION), weekly(sunday, Duration.ofHours(12), 20 * MILLION)),
                        new Goal.NeverCritical(Duration.ofDays(7).plusHours(2))),
                new NamedLoad(
                        "nightly job of 1 hour, 60 days left",
                        50 * 20 * MILLION,
                        nightly(20 * MILLION),
                        new Goal.NeverCritical(Duration.ZERO)),
                new NamedLoad(
                        "on workdays by day, 60 days left",
                        50 * 20 * MILLION,
                        workdays(20 * MILLION),
                        new Goal.NeverCritical(Duration.ofDays(7).plusHours(2))),
                new NamedLoad(
                        "by day, 60 days left",
                        50 * 20 * MILLION,
                        days(20 * MILLION),
                        new Goal.NeverCritical(Duration.ZERO)),
                new NamedLoad(
                        "by day, 34 days at the change",
                        34 * 20 * MILLION,
                        days(20 * MILLION),
                        new Goal.CriticalWithin(twoWeeks, 1)));
    }

    private static List<NamedLoad> ramps() {
        return List.of(
                new NamedLoad(
                        "ramp over 1 day to 60 million a day, 8 days left at its end",
                        8.5 * 60 * MILLION,
                        both(calm(), ramp(CHANGE, Duration.ofDays(1), 60 * MILLION)),
                        new Goal.CriticalWithin(Duration.ofDays(1).plus(HOURS), 2)),
                new NamedLoad(
                        "ramp over 5 days to 60 million a day, 15 days left at its end",
                        17.5 * 60 * MILLION,
                        both(calm(), ramp(CHANGE, Duration.ofDays(5), 60 * MILLION)),
                        new Goal.CriticalWithin(Duration.ofDays(5).plus(TWO_DAYS), 2)),
                new NamedLoad(
                        "ramp over 20 days to 60 million a day, 30 days left at the change",
                        10 * 60 * MILLION + 10 * 60 * MILLION,
                        both(calm(), ramp(CHANGE, Duration.ofDays(20), 60 * MILLION)),
                        new Goal.CriticalWithin(Duration.ofDays(15), 2)));
    }

    private static List<NamedLoad> pauses() {
        var later = CHANGE.plusDays(5);
        return List.of(
                new NamedLoad(
                        "steady, 25 days left, with a pause of 6 hours",
                        25 * 20 * MILLION,
                        paused(noisy(20 * MILLION), later, Duration.ofHours(6)),
                        new Goal.CriticalWithin(Duration.ZERO, 0)),
                new NamedLoad(
                        "by day, 25 days left, with a pause of a night and 3 hours",
                        25 * 20 * MILLION,
                        paused(days(20 * MILLION), Duration.ofDays(15).plusHours(6), Duration.ofHours(3)),
                        new Goal.CriticalWithin(Duration.ZERO, 0)),
                new NamedLoad(
                        "step to 60 million a day, 20 days left, with a pause of 6 hours three days later",
                        20 * 60 * MILLION,
                        paused(then(calm(), CHANGE, noisy(60 * MILLION)), CHANGE.plusDays(3), Duration.ofHours(6)),
                        new Goal.CriticalWithin(TWO_DAYS, 1)));
    }

    /** With a range that would be at its end within days if they did not end. */
    private static List<NamedLoad> bursts() {
        var loads = new ArrayList<NamedLoad>();
        for (var hours : List.of(1, 3, 5, 8, 10, 24, 72)) {
            for (var left : List.of(400, 1_000)) {
                loads.add(over(
                        "burst of 300 million in %s, %d million left"
                                .formatted(hours == 1 ? "1 hour" : hours + " hours", left),
                        left * MILLION,
                        new Burst(CHANGE, Duration.ofHours(hours), 300 * MILLION)));
            }
        }
        loads.add(over(
                "load of 40 million a day for 5 days, 1,000 million left",
                1_000 * MILLION,
                new Burst(CHANGE, Duration.ofDays(5), 200 * MILLION)));
        loads.add(over(
                "load of 40 million a day for the first 8 days, 500 million left",
                500 * MILLION,
                new Burst(Duration.ZERO, Duration.ofDays(8), 320 * MILLION)));
        loads.add(over(
                "burst of 300 million in the first 5 hours",
                700 * MILLION,
                new Burst(Duration.ofHours(3), Duration.ofHours(5), 300 * MILLION)));
        loads.add(new NamedLoad(
                "step down from 60 million a day to 6, 300 million left",
                300 * MILLION,
                then(noisy(60 * MILLION), CHANGE, noisy(6 * MILLION)),
                new Goal.NeverCritical(CHANGE.plusHours(9))));
        loads.add(new NamedLoad(
                "two bursts of 300 million in 3 hours on one Thursday and the next Monday, 2,400 million left",
                2_400 * MILLION,
                both(
                        calm(),
                        both(
                                burst(new Burst(CHANGE, Duration.ofHours(3), 300 * MILLION)),
                                burst(new Burst(CHANGE.plusDays(4), Duration.ofHours(3), 300 * MILLION)))),
                new Goal.NeverCritical(CHANGE.plusDays(4).plusHours(12))));
        return loads;
    }

    private static NamedLoad over(String name, double left, Burst burst) {
        return new NamedLoad(
                name,
                left,
                both(steady(100_000, new Random(2)), burst(burst)),
                new Goal.Silent(burst.from().plus(burst.length()).plusHours(9)));
    }

    /** No rate at all: setval, a restore, a failover. */
    private static List<NamedLoad> jumps() {
        var minute = Duration.ofMinutes(1);
        return List.of(
                jump("setval forward by 300 million", new Burst(CHANGE, minute, 300 * MILLION)),
                jump(
                        "setval forward by 300 million after half an hour",
                        new Burst(Duration.ofMinutes(30), minute, 300 * MILLION)),
                jump("restore of an older state, 300 million back", new Burst(CHANGE, minute, -300 * MILLION)),
                jump("failover that skips 32 values", new Burst(CHANGE, minute, 32)),
                new NamedLoad(
                        "restored every night from a state 300 million further",
                        400 * MILLION,
                        both(
                                calm(),
                                (_, i) -> i % 1_440 == 120 ? 300 * MILLION : i % 1_440 == 121 ? -300.9 * MILLION : 0),
                        new Goal.Silent(Duration.ofDays(3))));
    }

    private static NamedLoad jump(String name, Burst jump) {
        return new NamedLoad(
                name,
                1_000 * MILLION,
                both(steady(100_000, new Random(2)), burst(jump)),
                new Goal.Silent(Duration.ZERO));
    }

    private static Shape calm() {
        return noisy(MILLION);
    }

    private static Shape noisy(double perDay) {
        return steady(perDay, new Random(3));
    }

    private static Shape from(Duration begin, Shape shape) {
        return then((_, _) -> 0, begin, shape);
    }
}
