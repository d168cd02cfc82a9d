package dev.seqwatch.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.seqwatch.catalog.ReadResult;
import dev.seqwatch.check.DatabaseHistory;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PacingTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private final Pacing pacing = Pacing.ordinary(RandomGenerator.of("L64X128MixRandom"));

    @Test
    void starts_are_an_interval_apart_give_or_take_a_tenth() {
        var waits = IntStream.range(0, 1000)
                .mapToObj(_ -> pacing.next(START, START.plusMillis(41), MINUTE, List.of(read(41))))
                .map(next -> Duration.between(START, next.at()).toMillis())
                .toList();
        assertThat(waits).allMatch(wait -> wait >= 54_000 && wait <= 66_000);
        assertThat(waits.stream().distinct().count()).isGreaterThan(900);
    }

    static Stream<Arguments> loads() {
        return Stream.of(
                arguments(List.of(read(1_000)), false, 0),
                arguments(List.of(read(8_000)), true, 80_000),
                arguments(List.of(read(4_000), read(4_000)), true, 80_000),
                arguments(List.of(unreachable(ReadResult.Reason.TimedOut, 8_000)), true, 80_000),
                arguments(List.of(unreachable(ReadResult.Reason.ConnectionFailed, 50_000)), false, 0));
    }

    @ParameterizedTest
    @MethodSource("loads")
    void a_database_gives_a_tenth_of_its_time_at_most(List<Inspection> inspections, boolean spaced, long restMillis) {
        var end = START.plusSeconds(10);
        var next = pacing.next(START, end, MINUTE, inspections);
        assertThat(next.spaced()).isEqualTo(spaced);
        if (spaced) {
            assertThat(next.at()).isEqualTo(end.plusMillis(restMillis));
        }
    }

    private static Inspection read(long millis) {
        var state = new DatabaseState(
                "shop",
                new Server("18.6", 180006, Server.Role.Primary, "seqwatch"),
                START,
                Duration.ofMillis(millis),
                List.of(),
                Set.of(),
                List.of(),
                List.of(),
                null);
        return new Inspection("shop", new ReadResult.Success(state), List.of(), List.of(), DatabaseHistory.NONE);
    }

    private static Inspection unreachable(ReadResult.Reason reason, long millis) {
        return new Inspection(
                "shop",
                new ReadResult.Unreachable(reason, "no answer", START, Duration.ofMillis(millis)),
                List.of(),
                List.of(),
                DatabaseHistory.NONE);
    }
}
