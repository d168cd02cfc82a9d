package dev.seqwatch.report.status;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;
import static java.util.Comparator.nullsLast;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus;
import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus.FindingSeverity;
import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus.FindingStatus;
import dev.seqwatch.check.Finding;
import dev.seqwatch.check.Severity;
import dev.seqwatch.check.Subject;
import dev.seqwatch.inspection.EarlierFinding;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.inspection.StaleFinding;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.report.FairChoice;
import dev.seqwatch.report.Text;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Findings of all databases of a monitor, as its status holds them. */
final class FindingList {
    private static final Comparator<String> TEXT = nullsFirst(naturalOrder());

    /** A total order that no figure changes, so that equal inspections make equal statuses. */
    static final Comparator<FindingStatus> WORST_FIRST = comparing(
                    (FindingStatus finding) -> finding.severity(), nullsLast(naturalOrder()))
            .thenComparing(finding -> finding.check(), TEXT)
            .thenComparing(finding -> finding.database(), TEXT)
            .thenComparing(finding -> finding.schema(), TEXT)
            .thenComparing(finding -> finding.sequence(), TEXT)
            .thenComparing(finding -> finding.table(), TEXT)
            .thenComparing(finding -> finding.column(), TEXT)
            .thenComparing(finding -> finding.role(), TEXT);

    private FindingList() {}

    /** What makes a finding the same one over time: where it is and what is wrong, not how bad it is. */
    record Key(
            @Nullable String database,
            @Nullable String check,
            @Nullable String schema,
            @Nullable String sequence,
            @Nullable String table,
            @Nullable String column,
            @Nullable String role) {
        static Key of(String database, Finding finding) {
            var subject = finding.subject();
            return new Key(
                    database,
                    finding.check(),
                    subject.schema(),
                    subject.sequence(),
                    subject.table() == null ? null : String.valueOf(subject.table()),
                    subject.column(),
                    subject.role());
        }

        static Key of(FindingStatus finding) {
            return new Key(
                    finding.database(),
                    finding.check(),
                    finding.schema(),
                    finding.sequence(),
                    finding.table(),
                    finding.column(),
                    finding.role());
        }
    }

    /**
     * The findings that a status has room for, worst first and among equals what breaks first.
     *
     * @param omitted how many more there are
     */
    record Listed(List<FindingStatus> worst, int omitted) {}

    /**
     * Worst first and chosen fairly among the checks, those among them that no inspection could judge. One that the status had no room for may have been found
     * long ago: its time is not known. Of the others only their number is kept: a database may have a hundred thousand, and
     * the remedy of each is a text of some kilobytes.
     */
    static Listed of(SequenceMonitorStatus previous, List<Inspection> inspections, Instant now) {
        var worst = new HashMap<Kind, PriorityQueue<Candidate>>();
        var count = 0;
        for (var candidates = candidates(inspections).iterator(); candidates.hasNext(); count++) {
            var candidate = candidates.next();
            var alike = worst.computeIfAbsent(
                    Kind.of(candidate.finding()), _ -> new PriorityQueue<>(Candidate.WORST_FIRST.reversed()));
            add(alike, candidate);
        }
        var known = previous.findings().stream().collect(toMap(Key::of, finding -> finding, (one, _) -> one));
        var listed = FairChoice.of(
                worst.values().stream()
                        .flatMap(Collection::stream)
                        .sorted(Candidate.WORST_FIRST)
                        .toList(),
                SequenceMonitorStatus.MAX_FINDINGS,
                candidate -> candidate.finding().severity(),
                candidate -> candidate.finding().check());
        return new Listed(
                listed.stream()
                        .map(candidate -> candidate.whole(since(candidate.status(), previous, known, now)))
                        .toList(),
                count - listed.size());
    }

    /** Findings that compete for the room that their check gets. */
    private record Kind(Severity severity, String check) {
        static Kind of(Finding finding) {
            return new Kind(finding.severity(), finding.check());
        }
    }

    /** Critical ones and Warnings, all of them, without their remedies and times. */
    static Stream<FindingStatus> serious(List<Inspection> inspections) {
        return candidates(inspections).map(Candidate::status).filter(FindingList::serious);
    }

    private static Stream<Candidate> candidates(List<Inspection> inspections) {
        return inspections.stream()
                .flatMap(inspection -> Stream.concat(
                        inspection.findings().stream()
                                .map(finding -> Candidate.of(inspection.database(), finding, null)),
                        inspection.stale().stream()
                                .map(stale -> Candidate.of(inspection.database(), stale.finding(), stale))));
    }

    /** Keeps those that the status has room for, the mildest of them at the head. */
    private static void add(PriorityQueue<Candidate> worst, Candidate candidate) {
        worst.add(candidate);
        if (worst.size() > SequenceMonitorStatus.MAX_FINDINGS) {
            worst.remove();
        }
    }

    /** @param status without the remedy and without its time */
    private record Candidate(FindingStatus status, Finding finding) {
        static final Comparator<Candidate> WORST_FIRST = comparing(
                        (Candidate candidate) -> candidate.finding().severity())
                .thenComparingDouble(candidate -> candidate.finding().remaining())
                .thenComparing(Candidate::status, FindingList.WORST_FIRST);

        static Candidate of(String database, Finding finding, @Nullable StaleFinding stale) {
            var subject = finding.subject();
            return new Candidate(
                    new FindingStatus(
                            finding.check(),
                            severity(finding.severity()),
                            database,
                            subject.schema(),
                            subject.sequence(),
                            subject.table() == null ? null : String.valueOf(subject.table()),
                            subject.column(),
                            subject.role(),
                            Text.cut(finding.message()),
                            null,
                            null,
                            stale == null ? null : stale.since().truncatedTo(ChronoUnit.SECONDS),
                            stale == null ? null : Text.cut(stale.reason())),
                    finding);
        }

        FindingStatus whole(@Nullable Instant since) {
            var remedy = finding.remedy();
            return status.with(
                    status.message(),
                    remedy == null || remedy.length() > SequenceMonitorStatus.MAX_REMEDY ? null : remedy,
                    since,
                    status.staleSince(),
                    status.staleReason());
        }
    }

    /** A finding of a status, as the next inspection needs it. */
    record Restored(String database, EarlierFinding finding) {}

    /** Others may write a status, too: empty where it lacks what every finding of ours has. */
    static Optional<Restored> read(FindingStatus finding) {
        var check = finding.check();
        var severity = finding.severity();
        var database = finding.database();
        var message = finding.message();
        if (check == null || severity == null || database == null || message == null) {
            return Optional.empty();
        }
        var subject =
                new Subject(finding.schema(), finding.sequence(), table(finding), finding.column(), finding.role());
        return Optional.of(new Restored(
                database,
                new EarlierFinding(
                        new Finding(check, severity(severity), subject, message, finding.remedy()),
                        finding.staleSince())));
    }

    /** The text is ambiguous where a name holds a dot; the table is most often in the schema of its sequence. */
    private static @Nullable RelationName table(FindingStatus finding) {
        var text = finding.table();
        if (text == null) {
            return null;
        }
        var schema = finding.schema();
        var dot = schema != null && text.startsWith(schema + ".") ? schema.length() : text.indexOf('.');
        return dot < 0 ? new RelationName("", text) : new RelationName(text.substring(0, dot), text.substring(dot + 1));
    }

    static boolean serious(FindingStatus finding) {
        return finding.severity() == FindingSeverity.Critical || finding.severity() == FindingSeverity.Warning;
    }

    /** Names of the databases that could not be read. */
    static Set<String> unread(List<Inspection> inspections) {
        return inspections.stream()
                .filter(inspection -> inspection.reading() instanceof ReadResult.Unreachable)
                .map(Inspection::database)
                .collect(toSet());
    }

    private static @Nullable Instant since(
            FindingStatus finding, SequenceMonitorStatus previous, Map<Key, FindingStatus> known, Instant now) {
        var before = known.get(Key.of(finding));
        return before != null ? before.since() : wouldBeListed(previous, finding) ? now : null;
    }

    /**
     * Whether the status would have listed the finding. One that omitted findings tells nothing about milder ones. Among
     * those as severe as the mildest that it lists, the checks gave one in turn: a check that gave fewer than another, by
     * more than the last turn explains, had no more to give.
     */
    static boolean wouldBeListed(SequenceMonitorStatus status, FindingStatus finding) {
        var omitted = status.findingsOmitted();
        if (omitted == null || omitted == 0 || status.findings().isEmpty()) {
            return true;
        }
        var mildest = status.findings().stream()
                .map(FindingStatus::severity)
                .filter(Objects::nonNull)
                .max(naturalOrder())
                .orElse(FindingSeverity.Critical);
        var severity = finding.severity();
        if (severity != mildest) {
            return severity != null && severity.compareTo(mildest) < 0;
        }
        var shares = status.findings().stream()
                .filter(listed -> listed.severity() == mildest)
                .collect(groupingBy(listed -> String.valueOf(listed.check()), counting()));
        return shares.getOrDefault(String.valueOf(finding.check()), 0L) < Collections.max(shares.values()) - 1;
    }

    static FindingSeverity severity(Severity severity) {
        return switch (severity) {
            case Critical -> FindingSeverity.Critical;
            case Warning -> FindingSeverity.Warning;
            case Info -> FindingSeverity.Info;
        };
    }

    /** One that was not judged, since now if it was judged before. */
    static FindingStatus stale(FindingStatus finding, Instant now, String reason) {
        return finding.with(
                finding.message(),
                finding.remedy(),
                finding.since(),
                finding.staleSince() == null ? now : finding.staleSince(),
                reason);
    }

    static Severity severity(FindingSeverity severity) {
        return switch (severity) {
            case Critical -> Severity.Critical;
            case Warning -> Severity.Warning;
            case Info -> Severity.Info;
        };
    }
}
