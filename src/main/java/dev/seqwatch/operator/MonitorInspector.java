package dev.seqwatch.operator;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.seqwatch.api.v1alpha1.SequenceMonitor;
import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus.DatabaseStatus;
import dev.seqwatch.catalog.ReadResult;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.inspection.Inspector;
import dev.seqwatch.inspection.InvalidMonitorException;
import dev.seqwatch.inspection.KnownDatabases;
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
import java.util.stream.Stream;

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
        var server = inspector.inspect(config, knownDatabases(monitor), histories.before(monitor));
        if (authenticationFailed(server.inspections())) {
            var changed = secrets.read(monitor, scenario);
            if (!changed.equals(login)) {
                config = config(monitor, changed);
                server = inspector.inspect(config, knownDatabases(monitor), histories.before(monitor));
            }
        }
        var inspections = server.inspections();
        histories.keep(InspectionSchedule.name(monitor), ServerHistory.of(inspections));
        var endedAt = clock.instant();
        var next = pacing.next(startedAt, endedAt, config.interval(), inspections);
        var warnings = SpecWarnings.of(config, server, endedAt);
        var outcome = new InspectionOutcome.Inspected(server, warnings, endedAt, next.spaced());
        return new InspectionRun(outcome, config.interval(), next.at());
    }

    private MonitorConfig config(SequenceMonitor monitor, SecretSource.Secrets login) throws InvalidMonitorException {
        var config = MonitorConfig.of(monitor.getSpec(), login.credentials(), login.ca());
        allowedHosts.check(config.target());
        return config;
    }

    /** A database that was read once has the time of that inspection. */
    private static KnownDatabases knownDatabases(SequenceMonitor monitor) {
        if (monitor.getStatus() == null) {
            return KnownDatabases.NONE;
        }
        var databases = monitor.getStatus().databases();
        return new KnownDatabases(
                names(databases.stream()),
                names(databases.stream().filter(database -> database.lastInspectionTime() != null)));
    }

    private static Set<String> names(Stream<DatabaseStatus> databases) {
        return databases.map(DatabaseStatus::name).filter(Objects::nonNull).collect(toUnmodifiableSet());
    }

    private static boolean authenticationFailed(List<Inspection> inspections) {
        return inspections.stream()
                .anyMatch(inspection -> inspection.reading() instanceof ReadResult.Unreachable unreachable
                        && unreachable.reason() == ReadResult.Reason.AuthenticationFailed);
    }
}
