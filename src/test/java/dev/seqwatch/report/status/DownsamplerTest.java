package dev.seqwatch.report.status;

import static dev.seqwatch.report.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.forecast.PositionHistory;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class DownsamplerTest {
    @Test
    void a_burst_is_still_short_after_a_restart() {
        assertThat(days(day -> day < 9 ? day : 1_000_000 + day)).containsExactly(0, 8, 9, 14);
    }

    @Test
    void a_steady_course_is_kept_from_end_to_end() {
        assertThat(days(day -> day * 1_000)).containsExactly(0, 3, 7, 14);
    }

    @Test
    void where_it_was_set_back_is_kept() {
        assertThat(days(day -> day < 6 ? 50_000 + day : day)).containsExactly(0, 5, 6, 14);
    }

    private static List<Integer> days(IntUnaryOperator next) {
        var track = PositionHistory.EMPTY;
        for (var day = 0; day < 15; day++) {
            track = track.with(new PositionHistory.Sample(
                    NOW.plus(Duration.ofDays(day)), BigInteger.valueOf(next.applyAsInt(day))));
        }
        return Downsampler.of(track.samples(), 4).samples().stream()
                .map(sample -> (int) Duration.between(NOW, sample.at()).toDays())
                .toList();
    }
}
