package dev.seqwatch.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.check.ForecastLoads.Goal;
import dev.seqwatch.check.ForecastLoads.NamedLoad;
import dev.seqwatch.check.Operator.Inspect;
import dev.seqwatch.cluster.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The severities that the forecast gives over the whole life of each load, against the goal of that load. */
class ForecastGoalsTest {
    private static final long START = 500_000_000;
    private static final Duration LOAD = Duration.ofDays(84);
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final Duration DAY = Duration.ofDays(1);

    /** From the truth on at which a Critical is early rather than false. */
    private static final Duration FAR = Duration.ofDays(38);

    /**
     * A severity from one inspection to the next other one.
     *
     * @param truth how long the sequence really lasts from there
     */
    private record Period(String severity, Duration from, Duration until, Duration truth) {}

    static Stream<NamedLoad> loads() {
        return ForecastLoads.all().stream();
    }

    /** Long enough for each step and each end of a burst; the hourly inspections see the rest. */
    @ParameterizedTest
    @MethodSource("loads")
    void inspections_every_five_minutes_reach_the_goal(NamedLoad load) {
        assertReached(load, FIVE_MINUTES, ForecastLoads.CHANGE.plusDays(6));
    }

    @ParameterizedTest
    @MethodSource("loads")
    void inspections_every_hour_reach_the_goal(NamedLoad load) {
        assertReached(load, Duration.ofHours(1), Duration.ofDays(42));
    }

    /** A run of cron once a day sees a step with its third run at the latest, and its end with the third as well. */
    @ParameterizedTest
    @MethodSource("loads")
    void inspections_once_a_day_are_later_by_three_of_them(NamedLoad load) {
        assertReached(load, DAY, Duration.ofDays(42));
    }

    @Test
    void the_documentation_lists_all_loads_with_their_goals() throws IOException {
        var rows = loads().map(
                        load -> "| %s | %s |".formatted(load.name(), load.goal().text()));
        var page = Files.readString(Tools.project().resolve("docs/reference/forecast.md"));
        assertThat(page).contains(rows.collect(Collectors.joining("\n")));
    }

    private static void assertReached(NamedLoad load, Duration interval, Duration length) {
        var periods = periods(watch(load, interval, length));
        assertThat(miss(load.goal(), periods, interval))
                .as("%s, inspected every %s: %s", load, interval, periods)
                .isNull();
    }

    private static List<Inspect> watch(NamedLoad load, Duration interval, Duration length) {
        var atChange = Load.of(ForecastLoads.CHANGE, START, load.shape())
                .next(Load.START.plus(ForecastLoads.CHANGE))
                .longValueExact();
        return Operator.USUAL
                .every(interval)
                .watch(length, Load.of(LOAD, START, load.shape()), atChange + (long) load.left(), new Random(40));
    }

    private static List<Period> periods(List<Inspect> inspections) {
        var periods = new ArrayList<Period>();
        for (var inspection : inspections) {
            var severity = inspection.alarms(30) ? "Critical" : inspection.alarms(90) ? "Warning" : "none";
            var last = periods.isEmpty() ? null : periods.removeLast();
            if (last == null || !last.severity().equals(severity)) {
                if (last != null) {
                    periods.add(new Period(last.severity(), last.from(), inspection.at(), last.truth()));
                }
                periods.add(new Period(severity, inspection.at(), inspection.at(), inspection.truth()));
            } else {
                periods.add(new Period(severity, last.from(), inspection.at(), last.truth()));
            }
        }
        return periods;
    }

    /** Null where the goal is reached. */
    private static @Nullable String miss(Goal goal, List<Period> periods, Duration interval) {
        var daily = interval.compareTo(DAY) >= 0;
        return switch (goal) {
            case Goal.CriticalWithin(var after, var changes) -> {
                var last = periods.getLast();
                var latest = daily && after.compareTo(DAY.multipliedBy(3)) < 0 ? DAY.multipliedBy(3) : after;
                var changed = periods.stream()
                        .filter(period -> period.from().compareTo(ForecastLoads.CHANGE) >= 0)
                        .count();
                if (last.until().compareTo(ForecastLoads.CHANGE.plus(latest)) <= 0) {
                    yield null; // not watched for so long
                }
                yield !last.severity().equals("Critical")
                        ? "not Critical at the end"
                        : last.from().compareTo(ForecastLoads.CHANGE.plus(latest)) > 0
                                ? "Critical too late"
                                : changed > changes ? changed + " changes of severity" : null;
            }
            case Goal.NeverCritical(var from) -> alarm(periods, after(from, interval), FAR, Set.of("Critical"));
            case Goal.Silent(var from) ->
                alarm(periods, after(from, interval), Duration.ZERO, Set.of("Critical", "Warning"));
        };
    }

    /** The next inspection, which runs of cron have to confirm twice. */
    private static Duration after(Duration from, Duration interval) {
        return from.plus(interval.compareTo(DAY) >= 0 ? interval.multipliedBy(3) : interval);
    }

    private static @Nullable String alarm(List<Period> periods, Duration from, Duration truth, Set<String> severities) {
        return periods.stream()
                .filter(period -> severities.contains(period.severity()))
                .filter(period -> period.until().compareTo(from) > 0)
                .filter(period -> period.truth().compareTo(truth) >= 0)
                .findFirst()
                .map(period -> "false " + period)
                .orElse(null);
    }
}
