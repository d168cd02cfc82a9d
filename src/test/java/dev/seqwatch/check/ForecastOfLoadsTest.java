package dev.seqwatch.check;

import static dev.seqwatch.check.Load.both;
import static dev.seqwatch.check.Load.burst;
import static dev.seqwatch.check.Load.days;
import static dev.seqwatch.check.Load.nightly;
import static dev.seqwatch.check.Load.restartedDaily;
import static dev.seqwatch.check.Load.steady;
import static dev.seqwatch.check.Load.weekly;
import static dev.seqwatch.check.Load.workdays;
import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.check.Load.Shape;
import dev.seqwatch.check.Operator.Inspect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Forecasts over weeks of simulated use, by the two questions: who is woken for nothing, and who is not woken? */
class ForecastOfLoadsTest {
    private static final long LIMIT = Integer.MAX_VALUE;
    private static final double MILLION = 1_000_000;
    private static final double PER_DAY = 20 * MILLION;
    private static final Duration CALM = Duration.ofDays(10).plusHours(13);

    static Stream<Named<Operator>> operators() {
        return Stream.of(
                Named.of("every five minutes", Operator.USUAL),
                Named.of("hourly", Operator.USUAL.every(Duration.ofHours(1))),
                Named.of("nine of ten inspections missing", Operator.USUAL.missing(0.9)),
                Named.of(
                        "two replicas whose clocks are ten minutes apart",
                        Operator.USUAL.clock(at -> Duration.ofMinutes(at.toHours() / 6 % 2 == 0 ? 0 : 10))),
                Named.of(
                        "a clock that is ten years ahead for an hour",
                        Operator.USUAL.clock(at -> Duration.ofDays(at.toHours() == 50 ? 3_650 : 0))));
    }

    /** From the eighth day on at any hour of day and night, and to a fifth after two weeks. */
    @ParameterizedTest
    @MethodSource("operators")
    void what_goes_on_every_day_is_told_in_time_and_all_the_time(Operator operator) {
        var loads = Map.of(
                "steady", steady(PER_DAY, new Random(1)),
                "days", days(PER_DAY),
                "nightly", nightly(PER_DAY));
        loads.forEach((name, shape) -> {
            var looks = watch(operator, 33 * PER_DAY, shape);
            none(looks, name, look -> look.at().toDays() >= 7 && look.truth().toDays() < 27 && !look.alarms(30));
            none(
                    looks,
                    name,
                    look -> look.at().toDays() >= 14 && look.truth().toDays() > 6 && Math.abs(look.ratio() - 1) > 0.2);
        });
    }

    @ParameterizedTest
    @MethodSource("operators")
    void weekends_and_weekly_loads_are_part_of_the_rate(Operator operator) {
        Predicate<Inspect> silent = look -> look.truth().toDays() < 20 && !look.alarms(30);
        none(
                watch(operator, 33 * PER_DAY, workdays(PER_DAY)),
                "workdays",
                silent.and(look -> look.at().toDays() >= 7));
        none(
                watch(operator, 33 * PER_DAY, weekly(PER_DAY)),
                "weekly",
                silent.and(look -> look.at().toDays() >= 15));
    }

    /** While a load goes on that would reach the limit soon, it is told; some hours after its end no more. */
    @ParameterizedTest
    @MethodSource("operators")
    void nobody_is_woken_for_what_is_over(Operator operator) {
        var loads = Map.of(
                "an hour", new Load.Burst(CALM, Duration.ofHours(1), 300 * MILLION),
                "ten hours", new Load.Burst(CALM, Duration.ofHours(10), 300 * MILLION),
                "the first day", new Load.Burst(Duration.ofHours(3), Duration.ofHours(5), 300 * MILLION));
        loads.forEach((name, load) -> {
            var over = load.from().plus(load.length()).plusHours(9);
            none(
                    watch(operator, 1_000 * MILLION, both(quiet(), burst(load))),
                    name,
                    look -> look.alarms(90)
                            && (look.at().compareTo(load.from()) < 0
                                    || look.at().compareTo(over) > 0));
        });
    }

    @ParameterizedTest
    @MethodSource("operators")
    void nobody_is_woken_for_a_jump(Operator operator) {
        var minute = Duration.ofMinutes(1);
        var jumps = Map.of(
                "setval forward", new Load.Burst(CALM, minute, 300 * MILLION),
                "setval forward at once", new Load.Burst(Duration.ofMinutes(30), minute, 300 * MILLION),
                "setval back", new Load.Burst(CALM, minute, -300 * MILLION),
                "failover", new Load.Burst(CALM, minute, 32),
                "ten thousand calls in the first hours",
                        new Load.Burst(Duration.ofHours(1), Duration.ofHours(6), 10_000));
        jumps.forEach((name, jump) ->
                none(watch(operator, 1_000 * MILLION, both(quiet(), burst(jump))), name, look -> look.alarms(90)));
    }

    /** Each day takes a third of the range, and each midnight sets it back. */
    @ParameterizedTest
    @MethodSource("operators")
    void nobody_is_woken_for_what_is_restarted_every_day(Operator operator) {
        none(
                watch(operator, LIMIT - 1, restartedDaily(LIMIT / 3.2)),
                "restarted",
                look -> look.at().toDays() >= 5 && look.alarms(90));
    }

    /** After ten calm days: at 60 million a day, or at as much an hour. */
    @ParameterizedTest
    @MethodSource("operators")
    void what_begins_of_a_sudden_is_told_before_its_end(Operator operator) {
        none(
                watch(operator, 500 * MILLION, both(quiet(), fromThenOn(60 * MILLION))),
                "for days",
                look -> look.truth().toHours() <= 72 && !look.alarms(30));
        none(
                watch(operator, 900 * MILLION, both(quiet(), fromThenOn(24 * 60 * MILLION))),
                "for hours",
                look -> look.truth().toHours() <= 10 && !look.alarms(1));
    }

    private static void none(List<Inspect> looks, String load, Predicate<Inspect> wrong) {
        assertThat(looks.size()).as(load).isGreaterThan(100);
        assertThat(looks.stream().filter(wrong).limit(2)).as(load).isEmpty();
    }

    private static Shape quiet() {
        return steady(100_000, new Random(2));
    }

    private static Shape fromThenOn(double perDay) {
        return burst(new Load.Burst(CALM, Duration.ofDays(30), 30 * perDay));
    }

    private static List<Inspect> watch(Operator operator, double left, Shape shape) {
        return operator.watch(Load.of(Duration.ofDays(40), LIMIT - left, shape), LIMIT, new Random(40));
    }
}
