package dev.seqwatch.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.report.MonitorName;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class WatchdogTest {
    private static final MonitorName SHOP = new MonitorName("ns", "shop");
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final Watchdog watchdog = new Watchdog(now::get, Duration.ofMinutes(10));

    @Test
    void inspections_that_stop_are_noticed_after_three_intervals_and_some_grace() {
        watchdog.expect(SHOP, Duration.ofMinutes(5));
        pass(Duration.ofMinutes(24));
        assertThat(watchdog.alive()).isTrue();
        pass(Duration.ofMinutes(2));
        assertThat(watchdog.alive()).isFalse();
        watchdog.turnEnded();
        assertThat(watchdog.alive()).isTrue();
    }

    @Test
    void nothing_is_expected_of_a_replica_that_does_not_lead() {
        pass(Duration.ofDays(1));
        assertThat(watchdog.alive()).isTrue();
        watchdog.expect(SHOP, Duration.ofMinutes(5));
        assertThat(watchdog.alive()).isTrue();
    }

    @Test
    void a_monitor_that_is_gone_or_suspended_is_not_waited_for() {
        watchdog.expect(SHOP, Duration.ofMinutes(5));
        watchdog.expectNoMore(SHOP);
        pass(Duration.ofDays(1));
        assertThat(watchdog.alive()).isTrue();
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }
}
