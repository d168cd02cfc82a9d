package dev.seqwatch.report.metrics;

import static java.util.Objects.requireNonNullElse;

import dev.seqwatch.api.v1alpha1.CheckSetting.CheckName;
import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus.DatabaseStatus;
import dev.seqwatch.check.Check;
import dev.seqwatch.check.CheckPolicy;
import dev.seqwatch.check.Checks;
import dev.seqwatch.check.Finding;
import dev.seqwatch.check.Severity;
import dev.seqwatch.check.Subject;
import dev.seqwatch.forecast.Forecast;
import dev.seqwatch.inspection.EarlierFinding;
import dev.seqwatch.inspection.Ignored;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.inspection.StaleFinding;
import dev.seqwatch.model.ColumnName;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.WatchedSequence;
import dev.seqwatch.report.FairChoice;
import dev.seqwatch.report.InspectionSummary;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one inspection of one database is in numbers.
 *
 * @param members sequences with series of their own
 */
record DatabaseSeries(MetricValues samples, Set<RelationName> members) {
    private static final int COLUMNS_NAMED = 3;
    private static final Pattern PERCENT = Pattern.compile("(\\d+(?:\\.\\d+)?) ?%");

    /** Those of one sequence that a later reading may not know. */
    private static final List<Metric> NUMBERS = List.of(
            Metric.UsedRatio, Metric.Remaining, Metric.LastValue, Metric.ExhaustionSeconds, Metric.CollisionDistance);

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
                setFindings(samples, labels, inspection, policy.maxSequences());
                samples.set(Metric.DatabaseUp, labels, 0);
                addLook(samples, labels, unreachable.at(), unreachable.took());
                addPolicy(samples, labels, policy);
                yield new DatabaseSeries(samples, before == null ? Set.of() : before.members);
            }
        };
    }

    /** A database that nobody could even try to read, e.g. because the monitor's Secret is missing. */
    static DatabaseSeries down(String database, @Nullable DatabaseSeries before) {
        var labels = Tags.of("database", database);
        var samples = before == null ? new MetricValues() : MetricValues.copyOf(before.samples);
        samples.set(Metric.DatabaseUp, labels, 0);
        if (before != null) {
            samples.of(Metric.FindingPresent).forEach((tags, _) -> samples.set(Metric.FindingStale, tags, 1));
            samples.set(
                    Metric.FindingsStale,
                    labels,
                    samples.of(Metric.Findings).values().stream()
                            .mapToDouble(count -> count)
                            .sum());
        }
        return new DatabaseSeries(samples, before == null ? Set.of() : before.members);
    }

    /**
     * What a status tells of a database before the first inspection of this process: an alert on a finding must not
     * resolve because the operator started anew.
     */
    static DatabaseSeries restored(String database, List<EarlierFinding> findings, CheckPolicy.Thresholds thresholds) {
        var labels = Tags.of("database", database);
        var samples = new MetricValues();
        var all = findings.stream().map(EarlierFinding::finding).toList();
        addFindings(samples, labels, all, Integer.MAX_VALUE);
        addStale(
                samples,
                labels,
                findings.stream()
                        .filter(each -> each.staleSince() != null)
                        .map(EarlierFinding::finding)
                        .toList(),
                Integer.MAX_VALUE);
        all.forEach(finding -> usedRatio(finding)
                .ifPresent(ratio -> samples.set(Metric.UsedRatio, sequenceLabels(labels, finding.subject()), ratio)));
        addThresholds(samples, labels, thresholds);
        return new DatabaseSeries(samples, Set.of());
    }

    /** The same of a database that rests: the last inspection, of an earlier process, is all that is known of it. */
    static DatabaseSeries resting(
            DatabaseStatus database, String name, List<EarlierFinding> findings, MetricSettings settings) {
        var series = restored(name, findings, settings.exhaustion());
        var labels = Tags.of("database", name);
        series.samples.set(Metric.DatabaseUp, labels, database.error() == null ? 1 : 0);
        series.samples.set(Metric.Interval, labels, settings.interval().toMillis() / 1e3);
        var last = database.lastInspectionTime();
        if (last != null) {
            series.samples.set(Metric.LastInspection, labels, last.toEpochMilli() / 1e3);
        }
        return series;
    }

    /** A status has it in the message alone. */
    private static OptionalDouble usedRatio(Finding finding) {
        if (!finding.check().equals(CheckName.SequenceExhaustion.name())
                || finding.subject().sequence() == null) {
            return OptionalDouble.empty();
        }
        var percent = PERCENT.matcher(finding.message());
        return OptionalDouble.of(percent.find() ? Double.parseDouble(percent.group(1)) / 100 : 1);
    }

    /** Those of the checks that are Critical or Warning; how many are Info is only known from a reading. */
    private static void setFindings(MetricValues samples, Tags labels, Inspection inspection, int max) {
        var infos = new HashMap<>(samples.of(Metric.Findings));
        infos.keySet().removeIf(tags -> !tags.stream().toList().contains(Tag.of("severity", Severity.Info.name())));
        samples.of(Metric.Findings).clear();
        samples.of(Metric.FindingPresent).clear();
        samples.of(Metric.FindingStale).clear();
        addFindings(samples, labels, inspection.reported().toList(), max);
        samples.of(Metric.Findings).putAll(infos);
        addStale(samples, labels, stale(inspection), max);
    }

    private static List<Finding> stale(Inspection inspection) {
        return inspection.stale().stream().map(StaleFinding::finding).toList();
    }

    private static void addStale(MetricValues samples, Tags database, List<Finding> stale, int max) {
        stale.stream()
                .filter(finding -> finding.severity() != Severity.Info)
                .sorted(Finding.WORST_FIRST)
                .limit(max)
                .forEach(finding -> samples.set(Metric.FindingStale, findingLabels(database, finding), 1));
        samples.set(Metric.FindingsStale, database, stale.size());
    }

    /** Where a finding is stale, so are the numbers of its sequence that this inspection did not read. */
    private static void keepNumbers(
            MetricValues samples, Tags database, List<Finding> stale, @Nullable DatabaseSeries before) {
        if (before == null) {
            return;
        }
        for (var finding : stale) {
            if (finding.subject().sequence() != null && finding.severity() != Severity.Info) {
                var labels = sequenceLabels(database, finding.subject());
                for (var metric : NUMBERS) {
                    var known = before.samples.of(metric).get(labels);
                    if (known != null) {
                        samples.of(metric).putIfAbsent(labels, known);
                    }
                }
            }
        }
    }

    private static DatabaseSeries read(
            Inspection inspection,
            DatabaseState state,
            MetricSettings policy,
            Tags labels,
            @Nullable DatabaseSeries before) {
        var samples = new MetricValues();
        var tally = InspectionSummary.of(inspection);
        var reported = inspection.reported().toList();
        var selection = SequenceSelection.of(state, reported, policy, before == null ? Set.of() : before.members);
        selection.chosen().forEach(sequence -> {
            addSequence(samples, labels, sequence);
            Forecast.of(sequence, state, inspection.history())
                    .ifPresent(
                            forecast -> samples.set(Metric.ExhaustionSeconds, sequenceLabels(labels, sequence), (double)
                                    forecast.left().toSeconds()));
        });
        keepNumbers(samples, labels, stale(inspection), before);
        var findingsOmitted = addFindings(samples, labels, reported, policy.maxSequences());
        addStale(samples, labels, stale(inspection), policy.maxSequences());
        samples.set(Metric.FindingsIgnored, labels, tally.ignored());
        addIgnored(samples, labels, inspection.ignored(), policy.maxSequences());
        samples.set(Metric.Sequences, labels.and("state", "readable"), tally.sequences() - tally.unreadable());
        samples.set(Metric.Sequences, labels.and("state", "unreadable"), tally.unreadable());
        samples.set(Metric.ColumnsNotChecked, labels, tally.notChecked());
        samples.set(Metric.ChecksNotJudged, labels, tally.unjudged());
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

    private static Tags sequenceLabels(Tags database, Subject subject) {
        return database.and(
                "schema",
                requireNonNullElse(subject.schema(), ""),
                "sequence",
                requireNonNullElse(subject.sequence(), ""));
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
        FairChoice.of(serious, max, Finding::severity, Finding::check)
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
        samples.set(Metric.Interval, labels, policy.interval().toMillis() / 1e3);
        addThresholds(samples, labels, policy.exhaustion());
    }

    private static void addThresholds(MetricValues samples, Tags labels, CheckPolicy.Thresholds thresholds) {
        samples.set(
                Metric.Threshold, labels.and("severity", Severity.Warning.name()), thresholds.warningPercent() / 100.0);
        samples.set(
                Metric.Threshold,
                labels.and("severity", Severity.Critical.name()),
                thresholds.criticalPercent() / 100.0);
    }
}
