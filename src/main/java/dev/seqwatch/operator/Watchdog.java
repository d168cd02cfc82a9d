package dev.seqwatch.operator;

import dev.seqwatch.report.MonitorName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Notices that inspections have stopped, however that came about: the framework's own health stays up when its timer
 * has died. A turn that fails counts as alive, because what makes it fail is the Kubernetes API, and a restart does not
 * mend that. A replica that does not lead expects nothing.
 */
final class Watchdog {
    private static final int MISSED = 3;

    private final InstantSource clock;
    private final Duration grace;
    private final Map<MonitorName, Duration> expected = new ConcurrentHashMap<>();
    private volatile Instant lastTurn;

    /** @param grace that an inspection may take, beyond the intervals */
    Watchdog(InstantSource clock, Duration grace) {
        this.clock = clock;
        this.grace = grace;
        this.lastTurn = clock.instant();
    }

    /** @param spacing time between two turns of this monitor */
    void expect(MonitorName monitor, Duration spacing) {
        if (expected.isEmpty()) {
            turnEnded();
        }
        expected.put(monitor, spacing);
    }

    void expectNoMore(MonitorName monitor) {
        expected.remove(monitor);
    }

    void turnEnded() {
        lastTurn = clock.instant();
    }

    Instant lastTurn() {
        return lastTurn;
    }

    boolean alive() {
        return expected.values().stream()
                .min(Duration::compareTo)
                .map(shortest -> lastTurn.plus(shortest.multipliedBy(MISSED)).plus(grace))
                .map(clock.instant()::isBefore)
                .orElse(true);
    }
}
