package dev.seqwatch.operator;

import dev.seqwatch.api.v1alpha1.SequenceMonitor;
import dev.seqwatch.report.InspectionOutcome;
import dev.seqwatch.report.MonitorName;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The last turn of every monitor, in memory alone: after a start each is inspected at once, because its metrics are gone.
 * What came of a turn is kept until it stands in the resource, so that a retry writes it and does not inspect again.
 */
final class InspectionSchedule {
    private final Map<MonitorName, Last> schedule = new ConcurrentHashMap<>();

    /** @param unwritten what came of the turn, until it stands in the resource */
    private record Last(
            Spec spec, @Nullable Instant next, @Nullable InspectionOutcome unwritten) {}

    /** A spec as it stood at one time; a monitor of the same name made anew is another. */
    private record Spec(String uid, long generation) {
        static Spec of(SequenceMonitor monitor) {
            var metadata = monitor.getMetadata();
            return new Spec(metadata.getUid(), metadata.getGeneration());
        }
    }

    /** At the first sight of a monitor, after an edit of its spec, and when its time has come. */
    boolean due(SequenceMonitor monitor, Instant now) {
        var last = schedule.get(name(monitor));
        return last == null || !last.spec.equals(Spec.of(monitor)) || (last.next != null && !now.isBefore(last.next));
    }

    void completed(SequenceMonitor monitor, InspectionRun run) {
        schedule.put(name(monitor), new Last(Spec.of(monitor), run.next(), run.outcome()));
    }

    Optional<InspectionOutcome> unwritten(MonitorName name) {
        return Optional.ofNullable(schedule.get(name)).map(last -> last.unwritten);
    }

    void written(MonitorName name) {
        schedule.computeIfPresent(name, (_, last) -> new Last(last.spec, last.next, null));
    }

    void forget(MonitorName name) {
        schedule.remove(name);
    }

    /** Until the next turn; empty where only an edit of the spec brings one. */
    Optional<Duration> wait(MonitorName name, Instant now) {
        return Optional.ofNullable(schedule.get(name))
                .map(last -> last.next)
                .map(next -> next.isAfter(now) ? Duration.between(now, next).plusMillis(1) : Duration.ofMillis(1));
    }

    static MonitorName name(SequenceMonitor monitor) {
        return new MonitorName(
                monitor.getMetadata().getNamespace(), monitor.getMetadata().getName());
    }
}
