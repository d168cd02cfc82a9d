package dev.seqwatch.report.status;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;
import static java.util.Comparator.nullsLast;
import static java.util.stream.Collectors.toSet;

import dev.seqwatch.api.v1alpha1.IgnoredStatus;
import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus;
import dev.seqwatch.inspection.Ignored;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.report.Text;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Ignored findings of all databases of a monitor, as its status holds them. */
final class IgnoredList {
    private static final Comparator<String> TEXT = nullsFirst(naturalOrder());

    private static final Comparator<IgnoredStatus> WORST_FIRST = comparing(
                    (IgnoredStatus ignored) -> ignored.severity(), nullsLast(naturalOrder()))
            .thenComparing(ignored -> ignored.check(), TEXT)
            .thenComparing(ignored -> ignored.database(), TEXT)
            .thenComparing(ignored -> ignored.schema(), TEXT)
            .thenComparing(ignored -> ignored.sequence(), TEXT)
            .thenComparing(ignored -> ignored.table(), TEXT)
            .thenComparing(ignored -> ignored.column(), TEXT)
            .thenComparing(ignored -> ignored.role(), TEXT);

    private IgnoredList() {}

    /** The worst, as many as fit. Those of a database that could not be read stay as the status had them. */
    static List<IgnoredStatus> of(SequenceMonitorStatus previous, List<Inspection> inspections) {
        var unread = FindingList.unread(inspections);
        var known = Stream.concat(keys(inspections).stream(), staleKeys(inspections))
                .collect(toSet());
        return Stream.concat(
                        inspections.stream()
                                .flatMap(inspection -> inspection.ignored().stream()
                                        .map(ignored -> status(inspection.database(), ignored))),
                        previous.ignored().stream()
                                .filter(ignored -> unread.contains(String.valueOf(ignored.database()))
                                        && !known.contains(key(ignored))))
                .sorted(WORST_FIRST)
                .limit(SequenceMonitorStatus.MAX_FINDINGS)
                .toList();
    }

    /** What is ignored now, so that nobody takes it for gone. */
    static Set<FindingList.Key> keys(List<Inspection> inspections) {
        return inspections.stream()
                .flatMap(inspection -> inspection.ignored().stream()
                        .map(ignored -> FindingList.Key.of(inspection.database(), ignored.finding())))
                .collect(toSet());
    }

    private static Stream<FindingList.Key> staleKeys(List<Inspection> inspections) {
        return inspections.stream()
                .flatMap(inspection -> inspection.stale().stream()
                        .map(stale -> FindingList.Key.of(inspection.database(), stale.finding())));
    }

    private static FindingList.Key key(IgnoredStatus ignored) {
        return new FindingList.Key(
                ignored.database(),
                ignored.check(),
                ignored.schema(),
                ignored.sequence(),
                ignored.table(),
                ignored.column(),
                ignored.role());
    }

    private static IgnoredStatus status(String database, Ignored ignored) {
        var finding = ignored.finding();
        var subject = finding.subject();
        return new IgnoredStatus(
                finding.check(),
                FindingList.severity(finding.severity()),
                database,
                subject.schema(),
                subject.sequence(),
                subject.table() == null ? null : String.valueOf(subject.table()),
                subject.column(),
                subject.role(),
                Text.cut(ignored.reason()),
                ignored.until() == null ? null : ignored.until().toString());
    }
}
