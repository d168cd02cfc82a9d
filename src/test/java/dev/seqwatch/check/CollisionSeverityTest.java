package dev.seqwatch.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CollisionSeverityTest {
    @ParameterizedTest
    @CsvSource({
        "1, 0, Critical",
        "1000, 10, Critical",
        "1001, 10, Warning",
        "10000, 10, Warning",
        "10001, 10, Info",
        "1000000000, 10, Info",
        "2000000, 1000000000, Critical",
        "2000001, 1000000000, Warning",
        "100000000, 1000000000, Warning",
        "100000001, 1000000000, Info"
    })
    void by_the_distance_where_no_rate_is_known(BigInteger distance, BigInteger given, Severity severity) {
        assertThat(CollisionSeverity.of(distance, given, null)).isEqualTo(severity);
    }

    @ParameterizedTest
    @CsvSource({
        "500, PT3H, Critical",
        "50000000, P2D, Critical",
        "50000000, P3D, Warning",
        "500, P3D, Warning",
        "50000000, P56D, Warning",
        "500, P57D, Info",
        "1, P57D, Critical"
    })
    void by_the_time_where_a_rate_is_known(BigInteger distance, @Nullable Duration time, Severity severity) {
        assertThat(CollisionSeverity.of(distance, BigInteger.TEN, time)).isEqualTo(severity);
    }
}
