package dev.seqwatch.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.report.metrics.MonitorName;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class WatchdogTest {
    private static final MonitorName SHOP = new MonitorName("ns", "shop");
    private static final MonitorName CRM = new MonitorName("ns", "crm");
    private static final Duration GRACE = Duration.ofMinutes(10);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Watchdog watchdog = new Watchdog(now::get, GRACE, registry);

    @Test
    void an_inspection_that_is_overdue_for_ten_minutes_is_noticed() {
        watchdog.expect(SHOP, () -> Instant.EPOCH.plusSeconds(300));
        pass(Duration.ofSeconds(899));
        assertThat(watchdog.alive()).isTrue();
        pass(Duration.ofSeconds(1));
        assertThat(watchdog.alive()).isFalse();
        watchdog.progress();
        assertThat(watchdog.alive()).isTrue();
    }

    @Test
    void a_first_inspection_that_never_ends_is_noticed() {
        var endDue = now.get().plus(Duration.ofMinutes(2));
        watchdog.expect(SHOP, () -> endDue);
        pass(Duration.ofMinutes(13));
        assertThat(watchdog.alive()).isFalse();
    }

    @Test
    void a_long_wait_that_the_schedule_asks_for_is_no_standstill() {
        watchdog.expect(SHOP, () -> Instant.EPOCH.plus(Duration.ofHours(8)));
        pass(Duration.ofHours(8));
        assertThat(watchdog.alive()).isTrue();
        assertThat(overdue(SHOP)).isZero();
    }

    @Test
    void one_dead_monitor_beside_a_living_one_is_in_a_metric_and_no_reason_for_a_restart() {
        watchdog.expect(SHOP, () -> Instant.EPOCH);
        watchdog.expect(CRM, () -> now.get().plusSeconds(10));
        for (var minute = 0; minute < 60; minute++) {
            pass(Duration.ofMinutes(1));
            watchdog.progress();
        }
        assertThat(watchdog.alive()).isTrue();
        assertThat(overdue(SHOP)).isEqualTo(3_600);
        assertThat(overdue(CRM)).isZero();
    }

    @Test
    void nothing_is_expected_of_a_replica_that_does_not_lead() {
        pass(Duration.ofDays(1));
        assertThat(watchdog.alive()).isTrue();
    }

    @Test
    void a_monitor_that_is_gone_or_suspended_is_not_waited_for_and_has_no_series() {
        watchdog.expect(SHOP, () -> Instant.EPOCH);
        watchdog.expectNoMore(SHOP);
        pass(Duration.ofDays(1));
        assertThat(watchdog.alive()).isTrue();
        assertThat(registry.getMeters()).isEmpty();
    }

    private double overdue(MonitorName monitor) {
        return registry.get("seqwatch_inspection_overdue_seconds")
                .tag("monitor", monitor.name())
                .gauge()
                .value();
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }
}
