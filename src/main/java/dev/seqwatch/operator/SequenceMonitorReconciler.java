package dev.seqwatch.operator;

import static java.util.Objects.requireNonNullElse;

import dev.seqwatch.api.v1alpha1.SequenceMonitor;
import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus;
import dev.seqwatch.report.InspectionOutcome;
import dev.seqwatch.report.MetricSettings;
import dev.seqwatch.report.MonitorEvents;
import dev.seqwatch.report.MonitorMetrics;
import dev.seqwatch.report.MonitorName;
import dev.seqwatch.report.StatusReport;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Gives each monitor its turn, and says what came of it: in metrics, in the status, in events. There is no finalizer: it
 * would hold up a deletion whenever the operator is down, and all there is to clean up is metrics.
 */
@ControllerConfiguration(name = "sequencemonitors", fieldManager = "seqwatch", triggerReconcilerOnAllEvents = true)
final class SequenceMonitorReconciler implements Reconciler<SequenceMonitor> {
    private final InspectionSchedule schedule = new InspectionSchedule();
    private final MonitorInspector inspector;
    private final MonitorMetrics metrics;
    private final EventSink events;
    private final Watchdog watchdog;
    private final InstantSource clock;

    SequenceMonitorReconciler(
            MonitorInspector inspector,
            MonitorMetrics metrics,
            EventSink events,
            Watchdog watchdog,
            InstantSource clock) {
        this.inspector = inspector;
        this.metrics = metrics;
        this.events = events;
        this.watchdog = watchdog;
        this.clock = clock;
    }

    @Override
    public UpdateControl<SequenceMonitor> reconcile(SequenceMonitor monitor, Context<SequenceMonitor> context)
            throws InterruptedException {
        var name = InspectionSchedule.name(monitor);
        if (context.isPrimaryResourceDeleted()) {
            forget(name);
            return UpdateControl.noUpdate();
        }
        if (schedule.due(monitor, clock.instant())) {
            metrics.expect(
                    name,
                    monitor.getStatus(),
                    MetricSettings.of(monitor.getSpec(), Duration.ZERO).exhaustion());
            var run = inspect(monitor, context);
            publishMetrics(monitor, run); // before the status: it does not need the Kubernetes API
            schedule.completed(monitor, run);
        }
        schedule.unwritten(name).ifPresent(outcome -> {
            var previous = requireNonNullElse(monitor.getStatus(), SequenceMonitorStatus.NONE);
            writeStatus(monitor, previous, outcome, context);
            writeEvents(monitor, previous, outcome);
            schedule.written(name);
        });
        return waitForNextTurn(name);
    }

    private void forget(MonitorName name) {
        metrics.forget(name);
        schedule.forget(name);
        inspector.forget(name);
        watchdog.expectNoMore(name);
    }

    private InspectionRun inspect(SequenceMonitor monitor, Context<SequenceMonitor> context)
            throws InterruptedException {
        try {
            var attempt = context.getRetryInfo().map(RetryInfo::getAttemptCount).orElse(0);
            return inspector.run(monitor, attempt);
        } finally {
            watchdog.turnEnded();
        }
    }

    private void publishMetrics(SequenceMonitor monitor, InspectionRun run) {
        var name = InspectionSchedule.name(monitor);
        switch (run.outcome()) {
            case InspectionOutcome.Inspected inspected -> {
                metrics.publish(name, inspected.server(), MetricSettings.of(monitor.getSpec(), run.interval()));
                watchdog.expect(name, run.interval());
            }
            case InspectionOutcome.NotInspected _ -> {
                metrics.down(name);
                watchdog.expect(name, run.interval());
            }
            case InspectionOutcome.Suspended _ -> {
                metrics.suspended(name);
                watchdog.expectNoMore(name);
            }
        }
    }

    /** From a fresh object: an edit of the spec meanwhile, or another writer's condition, does no harm. */
    private void writeStatus(
            SequenceMonitor monitor,
            SequenceMonitorStatus previous,
            InspectionOutcome outcome,
            Context<SequenceMonitor> context) {
        var now = clock.instant();
        var next = StatusReport.next(previous, monitor.getMetadata().getGeneration(), outcome, now);
        if (!StatusReport.worthWriting(previous, next, now)) {
            return;
        }
        var patch = new SequenceMonitor();
        patch.setMetadata(new ObjectMetaBuilder()
                .withName(monitor.getMetadata().getName())
                .withNamespace(monitor.getMetadata().getNamespace())
                .build());
        patch.setStatus(next);
        try {
            context.resourceOperations().serverSideApplyPrimaryStatus(patch);
            metrics.statusWritten(InspectionSchedule.name(monitor), true);
        } catch (KubernetesClientException e) {
            metrics.statusWritten(InspectionSchedule.name(monitor), e.getCode() == HttpURLConnection.HTTP_NOT_FOUND);
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            } // deleted meanwhile: the event of that follows
        }
    }

    private void writeEvents(SequenceMonitor monitor, SequenceMonitorStatus previous, InspectionOutcome outcome) {
        switch (outcome) {
            case InspectionOutcome.Inspected(var server, var _, var endedAt, var _) ->
                events.write(monitor, MonitorEvents.of(previous, server, endedAt), endedAt);
            case InspectionOutcome.NotInspected _, InspectionOutcome.Suspended _ -> {}
        }
    }

    /** Every event cancels the wait before it, so each turn says anew how long there is to wait. */
    private UpdateControl<SequenceMonitor> waitForNextTurn(MonitorName name) {
        var control = UpdateControl.<SequenceMonitor>noUpdate();
        schedule.wait(name, clock.instant()).ifPresent(control::rescheduleAfter);
        return control;
    }
}
