package dev.seqwatch.operator;

import dev.seqwatch.api.v1alpha1.SequenceMonitor;
import dev.seqwatch.report.metrics.MonitorName;
import dev.seqwatch.report.status.InspectionOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * When each monitor is inspected, in memory: after a start each is inspected at once, because its metrics are gone, but for
 * those whose status says that the databases rest.
 * The outcome of an inspection is kept until it is in the resource, so that a retry writes it and does not inspect again.
 */
final class InspectionSchedule {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);
    private static final int MOST_DOUBLINGS = 5;

    /** A status that asks for more was written by another clock. */
    private static final Duration LONGEST_REST = Duration.ofDays(1);

    private final Map<MonitorName, Planned> schedule = new ConcurrentHashMap<>();

    /**
     * @param spec that was inspected last
     * @param next null where only an edit of the spec brings an inspection
     * @param apiFailures inspections in a row that the Kubernetes API made impossible
     * @param unwritten outcome that is not yet in the resource
     * @param failedWrites how often in a row the Kubernetes API did not take it
     * @param nextWrite when it is tried again; null before it was refused
     */
    private record Planned(
            Spec spec,
            @Nullable Instant next,
            int apiFailures,
            @Nullable InspectionOutcome unwritten,
            int failedWrites,
            @Nullable Instant nextWrite) {
        Planned(Spec spec, @Nullable Instant next, int apiFailures, @Nullable InspectionOutcome unwritten) {
            this(spec, next, apiFailures, unwritten, 0, null);
        }
    }

    /** A spec as it stood at one time; a monitor of the same name made anew is another. */
    record Spec(String uid, long generation) {
        static Spec of(SequenceMonitor monitor) {
            var metadata = monitor.getMetadata();
            return new Spec(metadata.getUid(), metadata.getGeneration());
        }
    }

    /**
     * Plans a monitor that this process has not inspected yet, where its databases still rest from an inspection of an
     * earlier process.
     *
     * @return the end of the rest; empty where there is none, and where it was planned before
     */
    Optional<Instant> rest(SequenceMonitor monitor, Instant now) {
        var status = monitor.getStatus();
        if (status == null || schedule.containsKey(name(monitor))) {
            return Optional.empty();
        }
        var last = status.lastInspectionTime();
        var next = status.nextInspectionTime();
        var spec = Spec.of(monitor);
        if (last == null
                || next == null
                || !next.isAfter(now)
                || next.isAfter(now.plus(LONGEST_REST))
                || last.isAfter(now)
                || !Objects.equals(status.observedGeneration(), spec.generation())
                || monitor.getSpec().suspend()) {
            return Optional.empty();
        }
        schedule.put(name(monitor), new Planned(spec, next, 0, null));
        return Optional.of(next);
    }

    /** When the monitor is due: at its first sight, after an edit of its spec, and when its time has come. */
    Optional<Instant> due(SequenceMonitor monitor, Instant now) {
        var planned = schedule.get(name(monitor));
        if (planned == null || !planned.spec.equals(Spec.of(monitor))) {
            return Optional.of(now);
        }
        return Optional.ofNullable(planned.next).filter(next -> !now.isBefore(next));
    }

    void completed(SequenceMonitor monitor, InspectionRun run) {
        schedule.compute(
                name(monitor),
                (_, before) -> new Planned(
                        Spec.of(monitor),
                        run.next(),
                        0,
                        run.outcome(),
                        before == null ? 0 : before.failedWrites,
                        null));
    }

    /** The Kubernetes API did not let us inspect: tried again after a second, doubling up to half a minute. */
    void postponed(SequenceMonitor monitor, Instant now) {
        schedule.compute(name(monitor), (_, planned) -> {
            var failures = planned == null ? 0 : planned.apiFailures;
            return new Planned(Spec.of(monitor), now.plus(retry(failures)), failures + 1, null);
        });
    }

    /**
     * The Kubernetes API did not take the status: tried again after a second, doubling up to half a minute.
     *
     * @return how often in a row that has happened
     */
    int writeFailed(MonitorName name, Instant now) {
        var planned = schedule.computeIfPresent(
                name,
                (_, before) -> new Planned(
                        before.spec,
                        before.next,
                        before.apiFailures,
                        before.unwritten,
                        before.failedWrites + 1,
                        now.plus(retry(before.failedWrites))));
        return planned == null ? 0 : planned.failedWrites;
    }

    /** When the status is tried again; empty where it is written. */
    Optional<Instant> nextWrite(MonitorName name) {
        return Optional.ofNullable(schedule.get(name))
                .filter(planned -> planned.unwritten != null)
                .map(planned -> planned.nextWrite);
    }

    private static Duration retry(int failures) {
        var wait = FIRST_RETRY.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        return wait.compareTo(LONGEST_RETRY) < 0 ? wait : LONGEST_RETRY;
    }

    /** How often in a row the Kubernetes API made an inspection impossible. */
    int apiFailures(MonitorName name) {
        return Optional.ofNullable(schedule.get(name))
                .map(planned -> planned.apiFailures)
                .orElse(0);
    }

    Optional<InspectionOutcome> unwritten(SequenceMonitor monitor) {
        return Optional.ofNullable(schedule.get(name(monitor)))
                .filter(planned -> planned.spec.equals(Spec.of(monitor)))
                .map(planned -> planned.unwritten);
    }

    void written(MonitorName name) {
        schedule.computeIfPresent(
                name, (_, planned) -> new Planned(planned.spec, planned.next, planned.apiFailures, null));
    }

    void forget(MonitorName name) {
        schedule.remove(name);
    }

    /** Never zero, which the framework takes for no wait at all. */
    static Duration until(Instant next, Instant now) {
        return next.isAfter(now) ? Duration.between(now, next).plusMillis(1) : Duration.ofMillis(1);
    }

    /** When the next inspection is due; empty where only an edit of the spec brings one. */
    Optional<Instant> next(MonitorName name) {
        return Optional.ofNullable(schedule.get(name)).map(planned -> planned.next);
    }

    static MonitorName name(SequenceMonitor monitor) {
        return new MonitorName(
                monitor.getMetadata().getNamespace(), monitor.getMetadata().getName());
    }
}
