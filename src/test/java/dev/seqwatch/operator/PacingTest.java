package dev.seqwatch.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacingTest {
    private static final Instant START = Instant.parse("2026-07-01T12:00:00Z");

    private final Pacing pacing = Pacing.ordinary(RandomGenerator.of("L64X128MixRandom"));

    @Test
    void starts_are_an_interval_apart_give_or_take_a_tenth() {
        var waits = IntStream.range(0, 1000)
                .mapToObj(_ -> next(Duration.ZERO, 60, 41, 0))
                .map(next -> Duration.between(START, next.at()).toMillis())
                .toList();
        assertThat(waits).allMatch(wait -> wait >= 54_000 && wait <= 66_000);
        assertThat(waits.stream().distinct().count()).isGreaterThan(900);
    }

    @ParameterizedTest
    @CsvSource({"1000, false", "4900, false", "5100, true", "8000, true"})
    void a_server_gives_a_tenth_of_its_time_at_most(long loadMillis, boolean spaced) {
        var next = next(Duration.ofSeconds(10), 60, loadMillis, 0);
        assertThat(next.spaced()).isEqualTo(spaced);
        if (spaced) {
            assertThat(next.at()).isEqualTo(START.plusSeconds(10).plusMillis(10 * loadMillis));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 10", "2, 20", "3, 40", "9, 2560", "10, 3600", "17, 3600", "500, 3600"})
    void one_that_failed_is_repeated_soon_and_each_time_later(int failures, long seconds) {
        var took = Duration.ofSeconds(12); // waiting for a connection is no load
        for (var i = 0; i < 100; i++) {
            var next = next(took, 3_600, 0, failures);
            assertThat(next.spaced()).isFalse();
            var wait = Duration.between(START.plus(took), next.at()).toMillis() / 1e3;
            assertThat(wait).isBetween(0.9 * seconds - 12.1, 1.1 * seconds);
        }
    }

    @Test
    void a_failure_does_not_make_a_short_interval_longer() {
        for (var i = 0; i < 100; i++) {
            assertThat(next(Duration.ofMillis(10), 10, 0, 5).at()).isBefore(START.plusMillis(11_001));
        }
    }

    private Pacing.Next next(Duration took, long intervalSeconds, long loadMillis, int failures) {
        return pacing.next(new Pacing.Ended(
                START, START.plus(took), Duration.ofSeconds(intervalSeconds), Duration.ofMillis(loadMillis), failures));
    }
}
