package dev.seqwatch.report;

import static java.util.Objects.requireNonNullElse;

import dev.seqwatch.catalog.ReadResult;
import dev.seqwatch.check.Check;
import dev.seqwatch.check.Checks;
import dev.seqwatch.check.Finding;
import dev.seqwatch.check.Forecast;
import dev.seqwatch.check.Severity;
import dev.seqwatch.inspection.Ignored;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.model.ColumnName;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.WatchedSequence;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one inspection of one database is in numbers.
 *
 * @param members sequences with series of their own
 */
record DatabaseSeries(MetricValues samples, Set<RelationName> members) {
    private static final int COLUMNS_NAMED = 3;

    /**
     * The series after an inspection. Where the database could not be read, its last known series stay and {@code
     * database_up} says 0: an alert on a finding must not resolve because nobody can look any more.
     */
    static DatabaseSeries of(Inspection inspection, MetricSettings policy, @Nullable DatabaseSeries before) {
        var labels = Tags.of("database", inspection.database());
        return switch (inspection.reading()) {
            case ReadResult.Success(var state) -> read(inspection, state, policy, labels, before);
            case ReadResult.Unreachable unreachable -> {
                var samples = before == null ? new MetricValues() : MetricValues.copyOf(before.samples);
                samples.set(Metric.DatabaseUp, labels, 0);
                addLook(samples, labels, unreachable.at(), unreachable.took());
                addPolicy(samples, labels, policy);
                yield new DatabaseSeries(samples, before == null ? Set.of() : before.members);
            }
        };
    }

    /** A database that nobody could even try to read, e.g. because the monitor's Secret is missing. */
    static DatabaseSeries down(String database, @Nullable DatabaseSeries before) {
        var samples = before == null ? new MetricValues() : MetricValues.copyOf(before.samples);
        samples.set(Metric.DatabaseUp, Tags.of("database", database), 0);
        return new DatabaseSeries(samples, before == null ? Set.of() : before.members);
    }

    private static DatabaseSeries read(
            Inspection inspection,
            DatabaseState state,
            MetricSettings policy,
            Tags labels,
            @Nullable DatabaseSeries before) {
        var samples = new MetricValues();
        var tally = InspectionSummary.of(inspection);
        var selection =
                SequenceSelection.of(state, inspection.findings(), policy, before == null ? Set.of() : before.members);
        selection.chosen().forEach(sequence -> {
            addSequence(samples, labels, sequence);
            Forecast.of(sequence, state, inspection.history())
                    .ifPresent(
                            forecast -> samples.set(Metric.ExhaustionSeconds, sequenceLabels(labels, sequence), (double)
                                    forecast.left().toSeconds()));
        });
        var findingsOmitted = addFindings(samples, labels, inspection.findings(), policy.maxSequences());
        samples.set(Metric.FindingsIgnored, labels, tally.ignored());
        addIgnored(samples, labels, inspection.ignored(), policy.maxSequences());
        samples.set(Metric.Sequences, labels.and("state", "readable"), tally.sequences() - tally.unreadable());
        samples.set(Metric.Sequences, labels.and("state", "unreadable"), tally.unreadable());
        samples.set(Metric.ColumnsNotChecked, labels, tally.notChecked());
        samples.set(Metric.HighestUsedRatio, labels, tally.highestUsedRatio());
        samples.set(Metric.SeriesOmitted, labels, selection.omitted() + findingsOmitted);
        samples.set(Metric.DatabaseUp, labels, 1);
        addLook(samples, labels, state.takenAt(), state.took());
        addPolicy(samples, labels, policy);
        return new DatabaseSeries(samples, selection.names());
    }

    private static void addSequence(MetricValues samples, Tags database, WatchedSequence sequence) {
        var labels = sequenceLabels(database, sequence);
        var limit = sequence.limit();
        samples.set(Metric.UsedRatio, labels, InspectionSummary.usedRatio(sequence));
        samples.set(Metric.Remaining, labels, InspectionSummary.remaining(sequence));
        samples.set(Metric.LastValue, labels, lastValue(sequence.position()));
        samples.set(Metric.SequenceLimit, labels, limit.value().doubleValue());
        samples.set(Metric.CollisionDistance, labels, collisionDistance(sequence));
        samples.set(
                Metric.SequenceInfo,
                labels.and(
                        "data_type",
                        sequence.sequence().dataType(),
                        "limit_kind",
                        limit.kind().name(),
                        "limited_by",
                        limit.setBy(),
                        "column",
                        sequenceColumns(sequence.sequenceColumns())),
                1);
    }

    private static Tags sequenceLabels(Tags database, WatchedSequence sequence) {
        return database.and(
                "schema", sequence.name().schema(), "sequence", sequence.name().name());
    }

    private static OptionalDouble lastValue(Position position) {
        return switch (position) {
            case Position.At(var lastValue) -> OptionalDouble.of(lastValue.doubleValue());
            case Position.NeverCalled _, Position.Unreadable _ -> OptionalDouble.empty();
        };
    }

    private static OptionalDouble collisionDistance(WatchedSequence sequence) {
        var distance = sequence.collisionDistance();
        return distance == null ? OptionalDouble.empty() : OptionalDouble.of(distance.doubleValue());
    }

    private static String sequenceColumns(List<SequenceColumn> sequenceColumns) {
        var named = sequenceColumns.stream()
                .limit(COLUMNS_NAMED)
                .map(SequenceColumn::column)
                .map(ColumnName::toString)
                .collect(Collectors.joining(", "));
        var more = sequenceColumns.size() - COLUMNS_NAMED;
        return more > 0 ? named + " and " + more + " more" : named;
    }

    /** How many had no room. */
    private static int addFindings(MetricValues samples, Tags database, List<Finding> findings, int max) {
        for (var check : Checks.ALL) {
            for (var severity : Severity.values()) {
                samples.set(Metric.Findings, count(database, check, severity), 0);
            }
        }
        findings.forEach(finding -> samples.of(Metric.Findings)
                .merge(
                        database.and(
                                "check",
                                finding.check(),
                                "severity",
                                finding.severity().name()),
                        1.0,
                        Double::sum));
        var serious = findings.stream()
                .filter(finding -> finding.severity() != Severity.Info)
                .sorted(Finding.WORST_FIRST)
                .toList();
        serious.stream()
                .limit(max)
                .forEach(finding -> samples.set(Metric.FindingPresent, findingLabels(database, finding), 1));
        return Math.max(0, serious.size() - max);
    }

    private static void addIgnored(MetricValues samples, Tags database, List<Ignored> ignored, int max) {
        ignored.stream()
                .map(Ignored::finding)
                .filter(finding -> finding.severity() != Severity.Info)
                .sorted(Finding.WORST_FIRST)
                .limit(max)
                .forEach(finding -> samples.set(Metric.FindingIgnored, findingLabels(database, finding), 1));
    }

    /** The sequence stands beside the subject, so that an alert can join its series; it is empty where there is none. */
    private static Tags findingLabels(Tags database, Finding finding) {
        var subject = finding.subject();
        return database.and(
                "check", finding.check(),
                "severity", finding.severity().name(),
                "subject", subject.toString(),
                "schema", requireNonNullElse(subject.schema(), ""),
                "sequence", requireNonNullElse(subject.sequence(), ""));
    }

    private static Tags count(Tags database, Check check, Severity severity) {
        return database.and("check", check.name(), "severity", severity.name());
    }

    private static void addLook(MetricValues samples, Tags labels, Instant at, Duration took) {
        samples.set(Metric.InspectionDuration, labels, took.toNanos() / 1e9);
        samples.set(Metric.LastInspection, labels, at.plus(took).toEpochMilli() / 1e3);
    }

    private static void addPolicy(MetricValues samples, Tags labels, MetricSettings policy) {
        var thresholds = policy.exhaustion();
        samples.set(Metric.Interval, labels, policy.interval().toMillis() / 1e3);
        samples.set(
                Metric.Threshold, labels.and("severity", Severity.Warning.name()), thresholds.warningPercent() / 100.0);
        samples.set(
                Metric.Threshold,
                labels.and("severity", Severity.Critical.name()),
                thresholds.criticalPercent() / 100.0);
    }
}
