package dev.seqwatch.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.api.v1alpha1.ConnectionSpec;
import dev.seqwatch.postgres.connection.Target;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeoutTest {
    @ParameterizedTest
    @CsvSource({"100ms, PT0.1S", "10s, PT10S", "2m, PT2M", "1m30s, PT1M30S", "1h30m, PT1H30M", "999999ms, PT16M39.999S"
    })
    void reads_a_duration(String text, Duration expected) {
        assertThat(Timeout.parse(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "10 s", "-1s", "1.5s", "1s1m", "1ms1s", "10s\n", "PT10S", "٥s"})
    void refuses_everything_else(String text) {
        assertThat(Timeout.parse(text)).isEmpty();
    }

    @Test
    void the_defaults_of_the_resource_are_those_of_the_reader() {
        assertThat(Timeout.of(ConnectionSpec.Timeouts.DEFAULT)).isEqualTo(Target.Timeouts.DEFAULT);
    }

    @Test
    void the_socket_outlasts_a_long_statement() {
        assertThat(Timeout.of(timeouts("2m", null, null)).socket()).isEqualTo(Duration.ofSeconds(140));
        assertThat(Timeout.of(timeouts("2m", "3m", null)).socket()).isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void an_inspection_has_two_minutes_or_its_interval() {
        var unset = ConnectionSpec.Timeouts.DEFAULT;

        assertThat(Timeout.inspection(unset, Duration.ofSeconds(10))).isEqualTo(Duration.ofMinutes(2));
        assertThat(Timeout.inspection(unset, Duration.ofMinutes(5))).isEqualTo(Duration.ofMinutes(5));
        assertThat(Timeout.inspection(timeouts("10s", null, "30s"), Duration.ofMinutes(5)))
                .isEqualTo(Duration.ofSeconds(30));
    }

    private static ConnectionSpec.Timeouts timeouts(
            String statement, @Nullable String socket, @Nullable String inspection) {
        return new ConnectionSpec.Timeouts("10s", statement, "100ms", socket, inspection);
    }
}
