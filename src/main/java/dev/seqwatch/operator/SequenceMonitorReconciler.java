package dev.seqwatch.operator;

import static java.util.Objects.requireNonNullElse;

import dev.seqwatch.api.v1alpha1.SequenceMonitor;
import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus;
import dev.seqwatch.report.metrics.MetricSettings;
import dev.seqwatch.report.metrics.MonitorMetrics;
import dev.seqwatch.report.metrics.MonitorName;
import dev.seqwatch.report.status.InspectionOutcome;
import dev.seqwatch.report.status.MonitorEvents;
import dev.seqwatch.report.status.StatusLogLines;
import dev.seqwatch.report.status.StatusReport;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Has each monitor inspected in its time, and publishes the outcome: in metrics, in the status, in events. A
 * reconciliation never waits for a database: inspections run beside it and come back as events of their own. There is no
 * finalizer: it would hold up a deletion whenever the operator is down, and all there is to clean up is metrics.
 */
@ControllerConfiguration(name = "sequencemonitors", fieldManager = "seqwatch", triggerReconcilerOnAllEvents = true)
final class SequenceMonitorReconciler implements Reconciler<SequenceMonitor> {
    private static final Logger LOG = Logger.getLogger(SequenceMonitorReconciler.class);
    private static final Duration AFTER_BUG = Duration.ofMinutes(5);

    private final InspectionSchedule schedule = new InspectionSchedule();
    private final SimpleInboundEventSource<SequenceMonitor> ended = new SimpleInboundEventSource<>("inspections");
    private final InspectionRunner runner;
    private final MonitorInspector inspector;
    private final MonitorMetrics metrics;
    private final EventSink events;
    private final Watchdog watchdog;
    private final InstantSource clock;

    SequenceMonitorReconciler(
            InspectionRunner runner,
            MonitorInspector inspector,
            MonitorMetrics metrics,
            EventSink events,
            Watchdog watchdog,
            InstantSource clock) {
        this.runner = runner;
        this.inspector = inspector;
        this.metrics = metrics;
        this.events = events;
        this.watchdog = watchdog;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, SequenceMonitor>> prepareEventSources(EventSourceContext<SequenceMonitor> context) {
        return List.of(ended);
    }

    @Override
    public UpdateControl<SequenceMonitor> reconcile(SequenceMonitor monitor, Context<SequenceMonitor> context) {
        var name = InspectionSchedule.name(monitor);
        if (context.isPrimaryResourceDeleted()) {
            forget(name);
            return UpdateControl.noUpdate();
        }
        runner.takeResult(monitor).ifPresent(result -> take(monitor, result));
        if (!runner.inspects(monitor)) {
            schedule.rest(monitor, clock.instant()).ifPresent(end -> rest(monitor, end));
            schedule.due(monitor, clock.instant()).ifPresent(due -> start(monitor, due));
        }
        schedule.unwritten(monitor).ifPresent(outcome -> {
            var previous = requireNonNullElse(monitor.getStatus(), SequenceMonitorStatus.NONE);
            if (writeStatus(monitor, previous, outcome, context)) {
                writeEvents(monitor, previous, outcome);
                schedule.written(name);
            }
        });
        return waitForNext(monitor);
    }

    private void forget(MonitorName name) {
        runner.cancel(name);
        metrics.forget(name);
        schedule.forget(name);
        inspector.forget(name);
        watchdog.expectNoMore(name);
    }

    private void start(SequenceMonitor monitor, Instant due) {
        var name = InspectionSchedule.name(monitor);
        metrics.expect(
                name,
                monitor.getStatus(),
                MetricSettings.of(monitor.getSpec(), Duration.ZERO).exhaustion());
        expectInspection(name);
        watchdog.progress();
        var attempt = schedule.apiFailures(name);
        var connections = inspector.newConnections();
        runner.start(
                monitor,
                due,
                connections,
                guard -> inspector.run(monitor, attempt, guard),
                () -> ended.propagateEvent(ResourceID.fromResource(monitor)));
    }

    /** The databases rest from an inspection of an earlier process, and its status is what is known of them. */
    private void rest(SequenceMonitor monitor, Instant end) {
        var name = InspectionSchedule.name(monitor);
        metrics.rest(
                name,
                monitor.getStatus(),
                MetricSettings.of(
                        monitor.getSpec(), Duration.between(monitor.getStatus().lastInspectionTime(), end)));
        expectInspection(name);
        LOG.infof("%s is inspected next at %s: an inspection takes more than a tenth of its interval", text(name), end);
    }

    private void expectInspection(MonitorName name) {
        watchdog.expect(
                name, () -> runner.endDue(name).or(() -> schedule.next(name)).orElse(null));
    }

    private void take(SequenceMonitor monitor, InspectionRunner.Result result) {
        watchdog.progress();
        var name = InspectionSchedule.name(monitor);
        switch (result) {
            case InspectionRunner.Result.Completed(var run) -> completed(monitor, run);
            case InspectionRunner.Result.Postponed(var reason) -> {
                if (schedule.apiFailures(name) == 0) {
                    LOG.warnf(
                            "Could not inspect %s because the Kubernetes API refused a request; the operator tries again: %s",
                            text(name), ApiClient.reason(reason));
                }
                schedule.postponed(monitor, clock.instant());
            }
            case InspectionRunner.Result.Failed(var reason) ->
                completed(
                        monitor,
                        InspectionRun.notInspected(
                                "InternalError",
                                "Seqwatch failed (" + reason.getClass().getSimpleName()
                                        + "): report what its log says as a bug.",
                                clock.instant(),
                                AFTER_BUG));
        }
    }

    private void completed(SequenceMonitor monitor, InspectionRun run) {
        publishMetrics(monitor, run); // before the status: it does not need the Kubernetes API
        inspector.completed(InspectionSchedule.name(monitor), run);
        schedule.completed(monitor, run);
    }

    private void publishMetrics(SequenceMonitor monitor, InspectionRun run) {
        var name = InspectionSchedule.name(monitor);
        switch (run.outcome()) {
            case InspectionOutcome.Inspected inspected ->
                metrics.publish(name, inspected.server(), MetricSettings.of(monitor.getSpec(), run.spacing()));
            case InspectionOutcome.NotInspected _ -> metrics.down(name);
            case InspectionOutcome.Suspended _ -> {
                metrics.suspended(name);
                watchdog.expectNoMore(name);
            }
        }
    }

    /**
     * From a fresh object: an edit of the spec meanwhile, or another writer's condition, does no harm.
     *
     * @return false where the API did not take it, so that it has to be tried again
     */
    private boolean writeStatus(
            SequenceMonitor monitor,
            SequenceMonitorStatus previous,
            InspectionOutcome outcome,
            Context<SequenceMonitor> context) {
        var name = InspectionSchedule.name(monitor);
        var now = clock.instant();
        var next = StatusReport.next(previous, monitor.getMetadata().getGeneration(), outcome, now);
        if (!StatusReport.worthWriting(previous, next)) {
            return true;
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
            var deleted = e.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
            metrics.statusWritten(name, deleted);
            if (deleted) {
                return true; // the event of the deletion follows
            }
            if (schedule.writeFailed(name, now) == 1) {
                LOG.warnf(
                        "Could not write the status of %s; the operator tries again: %s",
                        text(name), ApiClient.reason(e));
            }
            return false;
        }
        StatusLogLines.lines(previous, next).forEach(line -> LOG.infof("%s: %s", text(name), line));
        return true;
    }

    private static String text(MonitorName name) {
        return name.namespace() + "/" + name.name();
    }

    private void writeEvents(SequenceMonitor monitor, SequenceMonitorStatus previous, InspectionOutcome outcome) {
        switch (outcome) {
            case InspectionOutcome.Inspected(var server, var _, var endedAt, var _) ->
                events.write(monitor, MonitorEvents.of(previous, server), endedAt);
            case InspectionOutcome.NotInspected _, InspectionOutcome.Suspended _ -> {}
        }
    }

    /** Every event cancels the wait before it, so each reconciliation says anew how long there is to wait. */
    private UpdateControl<SequenceMonitor> waitForNext(SequenceMonitor monitor) {
        var control = UpdateControl.<SequenceMonitor>noUpdate();
        var name = InspectionSchedule.name(monitor);
        var now = clock.instant();
        Stream.concat(
                        schedule.nextWrite(name).stream(),
                        runner.inspects(monitor) ? Stream.empty() : schedule.next(name).stream())
                .min(Instant::compareTo)
                .ifPresent(next -> control.rescheduleAfter(InspectionSchedule.until(next, now)));
        return control;
    }
}
