package dev.seqwatch.operator;

import dev.seqwatch.api.v1alpha1.SequenceMonitor;
import dev.seqwatch.postgres.connection.ConnectionGuard;
import dev.seqwatch.report.metrics.MonitorName;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Runs inspections, each in a thread of its own and at most one of a monitor, so that an edit, a deletion or the end of
 * the process can cancel one that takes long.
 */
final class InspectionRunner {
    private static final Logger LOG = Logger.getLogger(InspectionRunner.class);

    private final Map<MonitorName, Running> running = new HashMap<>();
    private final Map<MonitorName, Finished> finished = new HashMap<>();
    private final Set<Thread> threads = new HashSet<>();
    private final InstantSource clock;
    private boolean stopped;

    InspectionRunner(InstantSource clock) {
        this.clock = clock;
    }

    /** What an inspection does with its connections. */
    @FunctionalInterface
    interface Work {
        InspectionRun run(ConnectionGuard connections) throws InterruptedException;
    }

    /** What came of an inspection. */
    sealed interface Result {
        record Completed(InspectionRun run) implements Result {}

        /** The Kubernetes API did not let us inspect. */
        record Postponed(KubernetesClientException reason) implements Result {}

        /** Our fault. */
        record Failed(Throwable reason) implements Result {}
    }

    private record Running(InspectionSchedule.Spec spec, Instant due, Thread thread, ConnectionGuard connections) {
        void cancel() {
            connections.cancel();
            thread.interrupt();
        }
    }

    private record Finished(InspectionSchedule.Spec spec, Result result) {}

    /** Whether the monitor is being inspected as its spec stands now. */
    synchronized boolean inspects(SequenceMonitor monitor) {
        var now = running.get(InspectionSchedule.name(monitor));
        return now != null && now.spec.equals(InspectionSchedule.Spec.of(monitor));
    }

    /**
     * Starts an inspection and cancels the one that runs of an older spec.
     *
     * @param due when it should have started
     * @param onEnd called when there is a result; not where the inspection is cancelled
     */
    synchronized void start(
            SequenceMonitor monitor, Instant due, ConnectionGuard connections, Work work, Runnable onEnd) {
        var name = InspectionSchedule.name(monitor);
        cancel(name);
        if (stopped) {
            return;
        }
        var spec = InspectionSchedule.Spec.of(monitor);
        var thread = Thread.ofVirtual()
                .name("inspection-" + name.namespace() + "/" + name.name())
                .unstarted(() -> {
                    if (end(name, spec, result(work, connections))) {
                        onEnd.run();
                    }
                });
        running.put(name, new Running(spec, due, thread, connections));
        threads.add(thread);
        thread.start();
    }

    /** Takes the result of an inspection, where there is one of the spec as it stands now. */
    synchronized Optional<Result> takeResult(SequenceMonitor monitor) {
        return Optional.ofNullable(finished.remove(InspectionSchedule.name(monitor)))
                .filter(end -> end.spec.equals(InspectionSchedule.Spec.of(monitor)))
                .map(Finished::result);
    }

    /** Ends an inspection; nothing comes of it. */
    synchronized void cancel(MonitorName name) {
        finished.remove(name);
        var now = running.remove(name);
        if (now != null) {
            now.cancel();
        }
    }

    /** When the inspection that runs should have ended; empty where none runs. */
    synchronized Optional<Instant> endDue(MonitorName name) {
        return Optional.ofNullable(running.get(name)).map(now -> now.due.plus(now.connections.limit()));
    }

    /** Cancels everything and starts nothing more. */
    synchronized void stop() {
        stopped = true;
        Set.copyOf(running.keySet()).forEach(this::cancel);
    }

    /**
     * Waits until no inspection runs any more.
     *
     * @return whether that was so in time
     */
    synchronized boolean awaitEnd(Duration atMost) throws InterruptedException {
        var until = clock.millis() + atMost.toMillis();
        while (!threads.isEmpty()) {
            var left = until - clock.millis();
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    /** Empty where the inspection was cancelled. */
    private static Optional<Result> result(Work work, ConnectionGuard connections) {
        try {
            return Optional.of(new Result.Completed(work.run(connections)));
        } catch (InterruptedException e) {
            return Optional.empty();
        } catch (KubernetesClientException e) {
            return Optional.of(new Result.Postponed(e));
        } catch (RuntimeException | Error e) {
            LOG.error("An inspection failed because of a bug in Seqwatch", e);
            return Optional.of(new Result.Failed(e));
        }
    }

    /** Whether the result counts: it does not where the inspection was cancelled. */
    private synchronized boolean end(MonitorName name, InspectionSchedule.Spec spec, Optional<Result> result) {
        var self = Thread.currentThread();
        threads.remove(self);
        notifyAll();
        var now = running.get(name);
        if (now == null || !now.thread.equals(self)) {
            return false;
        }
        running.remove(name);
        result.ifPresent(each -> finished.put(name, new Finished(spec, each)));
        return result.isPresent();
    }
}
