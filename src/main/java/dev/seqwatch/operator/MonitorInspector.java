package dev.seqwatch.operator;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.seqwatch.api.v1alpha1.SequenceMonitor;
import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus.DatabaseStatus;
import dev.seqwatch.catalog.ReadResult;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.inspection.Inspector;
import dev.seqwatch.inspection.InvalidMonitorException;
import dev.seqwatch.inspection.MonitorConfig;
import dev.seqwatch.inspection.ServerHistory;
import dev.seqwatch.inspection.SpecWarnings;
import dev.seqwatch.report.InspectionOutcome;
import dev.seqwatch.report.MonitorName;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Semaphore;

/** Takes a monitor's turn: from its spec and Secrets to what came of looking at its databases. */
final class MonitorInspector {
    /** Refusals of the API that are taken for those of its first moments; the retries before take half a minute. */
    private static final int PATIENCE = 5;

    private final SecretSource secrets;
    private final AllowedHosts allowedHosts;
    private final Inspector inspector;
    private final HistoryStore histories = new HistoryStore();
    private final Semaphore slots;
    private final InstantSource clock;
    private final Pacing pacing;

    MonitorInspector(
            SecretSource secrets, Inspector inspector, OperatorSettings settings, InstantSource clock, Pacing pacing) {
        this.secrets = secrets;
        this.allowedHosts = settings.allowedHosts();
        this.inspector = inspector;
        this.slots = new Semaphore(settings.concurrency(), true);
        this.clock = clock;
        this.pacing = pacing;
    }

    void forget(MonitorName name) {
        histories.forget(name);
    }

    /** @param attempt how often the Kubernetes API failed us in this turn already */
    InspectionRun run(SequenceMonitor monitor, int attempt) throws InterruptedException {
        if (monitor.getSpec().suspend()) {
            return InspectionRun.suspended();
        }
        slots.acquire();
        try {
            return inspect(monitor, attempt < PATIENCE);
        } catch (InvalidMonitorException problem) {
            return InspectionRun.impossible(problem, clock.instant(), pacing.afterProblem());
        } finally {
            slots.release();
        }
    }

    private InspectionRun inspect(SequenceMonitor monitor, boolean scenario)
            throws InvalidMonitorException, InterruptedException {
        var login = secrets.read(monitor, scenario);
        var config = config(monitor, login);
        var startedAt = clock.instant();
        var inspections = inspector.inspect(config, knownDatabases(monitor), histories.before(monitor));
        if (authenticationFailed(inspections)) {
            var changed = secrets.read(monitor, scenario);
            if (!changed.equals(login)) {
                config = config(monitor, changed);
                inspections = inspector.inspect(config, knownDatabases(monitor), histories.before(monitor));
            }
        }
        histories.keep(InspectionSchedule.name(monitor), ServerHistory.of(inspections));
        var endedAt = clock.instant();
        var next = pacing.next(startedAt, endedAt, config.interval(), inspections);
        var warnings = SpecWarnings.of(config.declarations(), inspections, endedAt);
        var outcome = new InspectionOutcome.Inspected(inspections, warnings, endedAt, next.spaced());
        return new InspectionRun(outcome, config.interval(), next.at());
    }

    private MonitorConfig config(SequenceMonitor monitor, SecretSource.Secrets login) throws InvalidMonitorException {
        var config = MonitorConfig.of(monitor.getSpec(), login.credentials(), login.ca());
        allowedHosts.check(config.target());
        return config;
    }

    private static Set<String> knownDatabases(SequenceMonitor monitor) {
        return monitor.getStatus() == null
                ? Set.of()
                : monitor.getStatus().databases().stream()
                        .map(DatabaseStatus::name)
                        .filter(Objects::nonNull)
                        .collect(toUnmodifiableSet());
    }

    private static boolean authenticationFailed(List<Inspection> inspections) {
        return inspections.stream()
                .anyMatch(inspection -> inspection.reading() instanceof ReadResult.Unreachable unreachable
                        && unreachable.reason() == ReadResult.Reason.AuthenticationFailed);
    }
}
