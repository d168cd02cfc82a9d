package dev.seqwatch.operator;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.seqwatch.api.v1alpha1.SequenceMonitor;
import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus.DatabaseStatus;
import dev.seqwatch.catalog.Reading;
import dev.seqwatch.inspection.Assignment;
import dev.seqwatch.inspection.Histories;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.inspection.Inspector;
import dev.seqwatch.inspection.InvalidMonitor;
import dev.seqwatch.inspection.Notices;
import dev.seqwatch.report.MonitorName;
import dev.seqwatch.report.Outcome;
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
    private final HistoryBook histories = new HistoryBook();
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
    Turn take(SequenceMonitor monitor, int attempt) throws InterruptedException {
        if (monitor.getSpec().suspend()) {
            return Turn.suspended();
        }
        slots.acquire();
        try {
            return inspect(monitor, attempt < PATIENCE);
        } catch (InvalidMonitor problem) {
            return Turn.impossible(problem, clock.instant(), pacing.afterProblem());
        } finally {
            slots.release();
        }
    }

    private Turn inspect(SequenceMonitor monitor, boolean patient) throws InvalidMonitor, InterruptedException {
        var login = secrets.read(monitor, patient);
        var assignment = assignment(monitor, login);
        var startedAt = clock.instant();
        var inspections = inspector.inspect(assignment, knownDatabases(monitor), histories.before(monitor));
        if (authenticationFailed(inspections)) {
            var changed = secrets.read(monitor, patient);
            if (!changed.equals(login)) {
                assignment = assignment(monitor, changed);
                inspections = inspector.inspect(assignment, knownDatabases(monitor), histories.before(monitor));
            }
        }
        histories.keep(Turns.name(monitor), Histories.of(inspections));
        var endedAt = clock.instant();
        var next = pacing.next(startedAt, endedAt, assignment.interval(), inspections);
        var notices = Notices.of(assignment.declarations(), inspections, endedAt);
        var outcome = new Outcome.Inspected(inspections, notices, endedAt, next.spaced());
        return new Turn(outcome, assignment.interval(), next.at());
    }

    private Assignment assignment(SequenceMonitor monitor, SecretSource.Secrets login) throws InvalidMonitor {
        var assignment = Assignment.of(monitor.getSpec(), login.credentials(), login.ca());
        allowedHosts.check(assignment.target());
        return assignment;
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
                .anyMatch(inspection -> inspection.reading() instanceof Reading.Unreachable unreachable
                        && unreachable.reason() == Reading.Reason.AuthenticationFailed);
    }
}
