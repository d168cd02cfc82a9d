package dev.seqwatch.report.metrics;

import static java.util.stream.Collectors.toMap;

import dev.seqwatch.check.Finding;
import dev.seqwatch.check.Severity;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Headroom;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.WatchedSequence;
import dev.seqwatch.report.InspectionSummary;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The sequences of one database that have series of their own.
 *
 * @param chosen the worst first
 * @param omitted how many more would have been chosen, were there no bound
 */
record SequenceSelection(List<WatchedSequence> chosen, int omitted) {
    /** How far below the warning threshold a sequence must fall to leave, so that a series does not come and go. */
    private static final int HYSTERESIS_PERCENT = 5;

    static SequenceSelection of(
            DatabaseState state, List<Finding> findings, MetricSettings policy, Set<RelationName> before) {
        var severities = worstBySequence(findings);
        var warning = policy.exhaustion().warningPercent();
        var wanted = state.sequences().stream()
                .filter(sequence -> switch (policy.sequences()) {
                    case All -> true;
                    case None -> false;
                    case AtRisk ->
                        atRisk(sequence, severities, warning)
                                || (before.contains(sequence.name()) && lingers(sequence, warning));
                })
                .sorted(worstFirst(severities))
                .toList();
        var chosen = wanted.stream().limit(policy.maxSequences()).toList();
        return new SequenceSelection(chosen, wanted.size() - chosen.size());
    }

    Set<RelationName> names() {
        return chosen.stream().map(WatchedSequence::name).collect(Collectors.toUnmodifiableSet());
    }

    private static boolean atRisk(
            WatchedSequence sequence, Map<RelationName, Severity> severities, int warningPercent) {
        var finding = severities.getOrDefault(sequence.name(), Severity.Info);
        return finding != Severity.Info
                || (sequence.headroom() instanceof Headroom.Finite finite && finite.usedAtLeast(warningPercent));
    }

    /** A position that is not known is no proof that the sequence recovered. */
    private static boolean lingers(WatchedSequence sequence, int warningPercent) {
        return switch (sequence.headroom()) {
            case Headroom.Finite finite -> finite.usedAtLeast(warningPercent - HYSTERESIS_PERCENT);
            case Headroom.Unknown _ -> true;
            case Headroom.Endless _ -> false;
        };
    }

    private static Map<RelationName, Severity> worstBySequence(List<Finding> findings) {
        return findings.stream()
                .filter(finding ->
                        finding.subject().schema() != null && finding.subject().sequence() != null)
                .collect(toMap(
                        SequenceSelection::sequence,
                        Finding::severity,
                        (one, other) -> one.compareTo(other) <= 0 ? one : other));
    }

    private static RelationName sequence(Finding finding) {
        var subject = finding.subject();
        return new RelationName(String.valueOf(subject.schema()), String.valueOf(subject.sequence()));
    }

    private static Comparator<WatchedSequence> worstFirst(Map<RelationName, Severity> severities) {
        return Comparator.comparing(
                        (WatchedSequence sequence) -> severities.getOrDefault(sequence.name(), Severity.Info))
                .thenComparingDouble(
                        sequence -> -InspectionSummary.usedRatio(sequence).orElse(0))
                .thenComparing(WatchedSequence::name);
    }
}
