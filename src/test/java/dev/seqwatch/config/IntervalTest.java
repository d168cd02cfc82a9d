package dev.seqwatch.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.api.v1alpha1.SequenceMonitorSpec;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalTest {
    @ParameterizedTest
    @CsvSource({
        "10s, PT10S",
        "90s, PT1M30S",
        "5m, PT5M",
        "1h30m, PT1H30M",
        "1h0m5s, PT1H5S",
        "24h, PT24H",
        "1h90m, PT2H30M"
    })
    void reads_what_go_writes(String text, Duration expected) {
        assertThat(Interval.parse(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "5", "5 m", "5min", "m", "-5m", "1.5h", "30m1h", "5m\n", "9s", "0m", "0h0m9s", "24h1s", "25h",
                "9999h", "P1D", "٥m"
            })
    void everything_else_is_no_interval(String text) {
        assertThat(Interval.parse(text)).isEmpty();
    }

    @Test
    void reads_the_default() {
        assertThat(Interval.parse(SequenceMonitorSpec.DEFAULT_INTERVAL)).contains(Duration.ofMinutes(5));
    }
}
