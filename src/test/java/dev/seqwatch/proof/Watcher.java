package dev.seqwatch.proof;

import static java.util.stream.Collectors.joining;

import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus;
import dev.seqwatch.catalog.Reading;
import dev.seqwatch.check.Finding;
import dev.seqwatch.check.History;
import dev.seqwatch.check.Policy;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.report.Outcome;
import dev.seqwatch.report.StatusReport;
import dev.seqwatch.report.StatusSamples;
import dev.seqwatch.sequence.Counting;
import dev.seqwatch.sequence.Snapshot;
import dev.seqwatch.testing.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Inspects a real database again and again, as an operator does, at times that a test gives. */
final class Watcher {
    private static final Instant BEGIN = Instant.parse("2026-03-02T00:00:00Z");

    private final Database database;
    private SequenceMonitorStatus status = SequenceMonitorStatus.NONE;
    private History history = History.NONE;

    Watcher(Database database) {
        this.database = database;
    }

    List<Finding> look(Duration sinceBegin) {
        return look(sinceBegin, null);
    }

    /** @param counted since when the server's counters would count, were the test as old as it says */
    List<Finding> look(Duration sinceBegin, @Nullable Duration counted) {
        var read = Look.snapshot(database);
        var known = read.counting() != null && read.counting().known();
        var snapshot = new Snapshot(
                read.database(),
                read.server(),
                BEGIN.plus(sinceBegin),
                read.took(),
                read.sequences(),
                read.blindSchemas(),
                read.unresolved(),
                read.defaultGrants(),
                counted == null ? null : new Counting(BEGIN.plus(sinceBegin).minus(counted), known));
        var inspection = Inspection.of(database.name(), new Reading.Read(snapshot), Policy.DEFAULT, List.of(), history);
        var at = BEGIN.plus(sinceBegin);
        history = inspection.history();
        status = StatusReport.next(status, 1, new Outcome.Inspected(List.of(inspection), List.of(), at, false), at);
        return inspection.findings();
    }

    /** Another operator takes over: all it knows is the status. */
    void restart() {
        history = StatusSamples.read(status).of(database.name());
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
