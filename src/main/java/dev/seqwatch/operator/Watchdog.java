package dev.seqwatch.operator;

import dev.seqwatch.report.metrics.MonitorName;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Notices that inspections have stopped, however that came about: the framework's own health stays up when its timer has
 * died. The process is alive as long as inspections begin or end, or none is overdue: databases that do not answer are no
 * reason for a restart. One monitor that stands still beside others is for an alert on {@code
 * seqwatch_inspection_overdue_seconds}. A replica that does not lead expects nothing.
 */
final class Watchdog {
    private final InstantSource clock;
    private final Duration grace;
    private final MeterRegistry registry;
    private final Map<MonitorName, Expected> expected = new ConcurrentHashMap<>();
    private volatile Instant lastProgress;

    /** @param due as {@link #expect} has it */
    private record Expected(Supplier<@Nullable Instant> due, Meter gauge) {}

    /** @param grace that an inspection may take, and that a late one may be late */
    Watchdog(InstantSource clock, Duration grace, MeterRegistry registry) {
        this.clock = clock;
        this.grace = grace;
        this.registry = registry;
        this.lastProgress = clock.instant();
    }

    /**
     * Watches a monitor from now on, unless it is watched already.
     *
     * @param due tells when the next inspection should start, or the one that runs should end; null where none is to come
     */
    void expect(MonitorName monitor, Supplier<@Nullable Instant> due) {
        expected.computeIfAbsent(
                monitor,
                _ -> new Expected(
                        due,
                        Gauge.builder(
                                        "seqwatch_inspection_overdue_seconds",
                                        () -> overdue(due).toMillis() / 1e3)
                                .description("How long the next inspection has been overdue, 0 where it is not")
                                .tag("namespace", monitor.namespace())
                                .tag("monitor", monitor.name())
                                .register(registry)));
    }

    void expectNoMore(MonitorName monitor) {
        var gone = expected.remove(monitor);
        if (gone != null) {
            registry.remove(gone.gauge);
        }
    }

    /** An inspection has begun or ended. */
    void progress() {
        lastProgress = clock.instant();
    }

    Instant lastProgress() {
        return lastProgress;
    }

    boolean alive() {
        return clock.instant().isBefore(lastProgress.plus(grace))
                || expected.values().stream().allMatch(each -> overdue(each.due).compareTo(grace) < 0);
    }

    private Duration overdue(Supplier<@Nullable Instant> due) {
        var at = due.get();
        var now = clock.instant();
        return at == null || at.isAfter(now) ? Duration.ZERO : Duration.between(at, now);
    }
}
