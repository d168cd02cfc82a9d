package dev.seqwatch.operator;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.seqwatch.api.v1alpha1.SequenceMonitor;
import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus.DatabaseStatus;
import dev.seqwatch.config.InvalidMonitorException;
import dev.seqwatch.config.MonitorConfig;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.inspection.Inspector;
import dev.seqwatch.inspection.KnownDatabases;
import dev.seqwatch.inspection.ServerHistory;
import dev.seqwatch.inspection.ServerInspection;
import dev.seqwatch.inspection.SpecWarnings;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.postgres.connection.ConnectionGuard;
import dev.seqwatch.report.metrics.MonitorName;
import dev.seqwatch.report.status.InspectionOutcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Inspects a monitor: from its spec and its Secrets to what its databases hold. */
final class MonitorInspector {
    /** Refusals of the API that are taken for those of its first moments; the retries before take half a minute. */
    private static final int PATIENCE = 5;

    private final SecretSource secrets;
    private final AllowedHosts allowedHosts;
    private final Inspector inspector;
    private final HistoryStore histories = new HistoryStore();
    private final Map<MonitorName, Integer> failures = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private final Pacing pacing;

    MonitorInspector(
            SecretSource secrets, Inspector inspector, OperatorSettings settings, InstantSource clock, Pacing pacing) {
        this.secrets = secrets;
        this.allowedHosts = settings.allowedHosts();
        this.inspector = inspector;
        this.clock = clock;
        this.pacing = pacing;
    }

    void forget(MonitorName name) {
        histories.forget(name);
        failures.remove(name);
    }

    /** To be called when the outcome of an inspection is used: that of a cancelled one is not. */
    void completed(MonitorName name, InspectionRun run) {
        switch (run.outcome()) {
            case InspectionOutcome.Inspected inspected -> {
                histories.keep(
                        name, run.hosts(), ServerHistory.of(inspected.server().inspections()));
                if (failed(inspected.server().inspections())) {
                    failures.merge(name, 1, Integer::sum);
                } else {
                    failures.remove(name);
                }
            }
            case InspectionOutcome.NotInspected _, InspectionOutcome.Suspended _ -> {}
        }
    }

    /** Connections for an inspection that is about to begin. */
    ConnectionGuard newConnections() {
        return inspector.newConnections();
    }

    /** @param attempt how often the Kubernetes API failed us in this inspection already */
    InspectionRun run(SequenceMonitor monitor, int attempt, ConnectionGuard connections) throws InterruptedException {
        try {
            checkReadable(monitor);
            if (monitor.getSpec().suspend()) {
                return InspectionRun.suspended();
            }
            return inspect(monitor, attempt < PATIENCE, connections);
        } catch (InvalidMonitorException problem) {
            return InspectionRun.impossible(problem, clock.instant(), pacing.afterProblem());
        }
    }

    private static void checkReadable(SequenceMonitor monitor) throws InvalidMonitorException {
        if (!monitor.unreadable().isEmpty()) {
            throw new InvalidMonitorException(
                    InvalidMonitorException.Reason.InvalidSpec,
                    monitor.unreadable().stream().distinct().collect(joining(", "))
                            + ": this version of Seqwatch does not know the value. Upgrade Seqwatch, or write a value"
                            + " that this version knows.");
        }
    }

    private InspectionRun inspect(SequenceMonitor monitor, boolean apiJustStarted, ConnectionGuard connections)
            throws InvalidMonitorException, InterruptedException {
        var login = secrets.read(monitor, apiJustStarted);
        var config = config(monitor, login);
        var startedAt = clock.instant();
        var server = inspect(config, monitor, connections);
        if (authenticationFailed(server.inspections())) {
            var changed = secrets.read(monitor, apiJustStarted);
            if (!changed.equals(login)) {
                config = config(monitor, changed);
                server = inspect(config, monitor, connections);
            }
        }
        var endedAt = clock.instant();
        var interval = config.interval();
        var failuresInARow =
                failed(server.inspections()) ? failures.getOrDefault(InspectionSchedule.name(monitor), 0) + 1 : 0;
        var next = pacing.next(
                new Pacing.Ended(startedAt, endedAt, interval, connections.statementTime(), failuresInARow));
        var warnings = SpecWarnings.of(config, server, endedAt);
        var outcome = new InspectionOutcome.Inspected(server, warnings, endedAt, next.spaced() ? next.at() : null);
        var wait = Duration.between(startedAt, next.at());
        var spacing = next.spaced() && wait.compareTo(interval) > 0 ? wait : interval;
        return new InspectionRun(outcome, config.target().hosts(), spacing, next.at());
    }

    private ServerInspection inspect(MonitorConfig config, SequenceMonitor monitor, ConnectionGuard connections)
            throws InterruptedException {
        var history = histories.before(monitor, config.target().hosts());
        return inspector.inspect(config, knownDatabases(monitor), history, connections);
    }

    private static boolean failed(List<Inspection> inspections) {
        return inspections.stream().anyMatch(inspection -> inspection.reading() instanceof ReadResult.Unreachable);
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
