package dev.seqwatch.scenario;

import static java.util.stream.Collectors.joining;

import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus;
import dev.seqwatch.check.CheckPolicy;
import dev.seqwatch.check.Finding;
import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.model.StatsReset;
import dev.seqwatch.report.status.InspectionOutcome;
import dev.seqwatch.report.status.PersistedHistory;
import dev.seqwatch.report.status.StatusReport;
import dev.seqwatch.testing.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Inspects a real database again and again, as an operator does, at times that a test gives. */
final class InspectionSimulator {
    private static final Instant BEGIN = Instant.parse("2026-03-02T00:00:00Z");

    private final Database database;
    private SequenceMonitorStatus status = SequenceMonitorStatus.NONE;
    private DatabaseHistory history = DatabaseHistory.NONE;

    InspectionSimulator(Database database) {
        this.database = database;
    }

    List<Finding> look(Duration sinceBegin) {
        return look(sinceBegin, null);
    }

    /** @param counted since when the server's counters would count, were the test as old as it says */
    List<Finding> look(Duration sinceBegin, @Nullable Duration counted) {
        var read = Inspect.state(database);
        var known = read.counting() != null && read.counting().known();
        var state = new DatabaseState(
                read.database(),
                read.server(),
                BEGIN.plus(sinceBegin),
                read.took(),
                read.sequences(),
                read.blindSchemas(),
                read.lateBound(),
                read.defaultGrants(),
                counted == null ? null : new StatsReset(BEGIN.plus(sinceBegin).minus(counted), known));
        var inspection =
                Inspection.of(database.name(), new ReadResult.Success(state), CheckPolicy.DEFAULT, List.of(), history);
        var at = BEGIN.plus(sinceBegin);
        history = inspection.history();
        status = StatusReport.next(
                status, 1, new InspectionOutcome.Inspected(List.of(inspection), List.of(), at, null), at);
        return inspection.findings();
    }

    /** Another operator takes over: all it knows is the status. */
    void restart() {
        history = PersistedHistory.read(status).of(database.name());
    }

    static String lines(List<Finding> findings, String check) {
        return found(findings, check)
                .map(finding -> finding.severity() + " " + finding.subject())
                .collect(joining("\n"));
    }

    static Stream<Finding> found(List<Finding> findings, String check) {
        return findings.stream().filter(finding -> finding.check().equals(check));
    }
}
