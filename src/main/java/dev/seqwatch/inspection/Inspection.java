package dev.seqwatch.inspection;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus;
import dev.seqwatch.check.CheckPolicy;
import dev.seqwatch.check.Checks;
import dev.seqwatch.check.Finding;
import dev.seqwatch.check.Judgeability;
import dev.seqwatch.check.Severity;
import dev.seqwatch.check.UnjudgedCheck;
import dev.seqwatch.config.Ignore;
import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.model.ReadResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One reading of one database, and the findings made from it; every output renders this value.
 *
 * @param findings worst first, without those that are ignored
 * @param stale findings of earlier inspections that this one could not judge, worst first, without those that are ignored
 * @param ignored worst first
 * @param unjudged checks of the policy that could not be judged, or only in part
 * @param history where its sequences stood up to and with this reading
 */
public record Inspection(
        String database,
        ReadResult reading,
        List<Finding> findings,
        List<StaleFinding> stale,
        List<Ignored> ignored,
        List<UnjudgedCheck> unjudged,
        DatabaseHistory history) {
    public Inspection {
        findings = List.copyOf(findings);
        stale = List.copyOf(stale);
        ignored = List.copyOf(ignored);
        unjudged = List.copyOf(unjudged);
    }

    /** Of a database that no earlier inspection is known of, every check judged. */
    public Inspection(
            String database,
            ReadResult reading,
            List<Finding> findings,
            List<Ignored> ignored,
            DatabaseHistory history) {
        this(database, reading, findings, List.of(), ignored, List.of(), history);
    }

    /** Judges a reading of a database that no earlier inspection is known of. */
    public static Inspection of(
            String database, ReadResult reading, CheckPolicy policy, List<Ignore> ignores, DatabaseHistory before) {
        return of(database, reading, policy, ignores, _ -> true, before, List.of());
    }

    /**
     * Judges a reading. A finding of an earlier inspection that is not found again is resolved where this reading could
     * judge it. Else it stays, unless the monitor no longer wants to hear of it.
     *
     * @param ignores those that have not expired at the instant of the reading take their findings out; the first that
     *     matches gives the reason
     * @param schemas whether the monitor watches a schema
     * @param before where the sequences stood in earlier readings; if they were of another database of the same name, they and
     *     the earlier findings count for nothing
     * @param earlier what was open after the last inspection
     */
    public static Inspection of(
            String database,
            ReadResult reading,
            CheckPolicy policy,
            List<Ignore> ignores,
            Predicate<String> schemas,
            DatabaseHistory before,
            List<EarlierFinding> earlier) {
        var wanted = earlier.stream()
                .filter(each -> !policy.off().contains(each.finding().check()))
                .filter(each -> each.finding().subject().schema() == null
                        || schemas.test(each.finding().subject().schema()))
                .map(each -> new EarlierFinding(policy.judge(each.finding()), each.staleSince()))
                .toList();
        return switch (reading) {
            case ReadResult.Success(var state)
            when !before.mayBeOf(state.server()) ->
                of(database, reading, policy, ignores, schemas, DatabaseHistory.NONE, List.of());
            case ReadResult.Success(var state) -> {
                var found = Checks.run(state, policy, before);
                var stale = stale(wanted, found, new Judgeability(state, before), state.takenAt());
                var staleKeys = new HashSet<Key>();
                stale.forEach(each -> staleKeys.add(Key.of(each.finding())));
                yield split(
                        database,
                        reading,
                        found.stream()
                                .filter(finding -> !staleKeys.contains(Key.of(finding)))
                                .toList(),
                        stale,
                        inForce(ignores, state.takenAt()),
                        Checks.unjudged(state, policy),
                        before.with(state));
            }
            case ReadResult.Unreachable unreachable -> {
                var stale = wanted.stream()
                        .map(each -> stale(
                                each, unreachable.at(), "The database could not be read: " + unreachable.sentence()))
                        .toList();
                yield split(database, reading, List.of(), stale, inForce(ignores, unreachable.at()), List.of(), before);
            }
        };
    }

    /**
     * Findings that a monitor must not forget: those that this inspection made, and those that it could not judge. Of
     * those that are Info only a few are kept, and of remedies only those that a status has room for: a database with
     * many sequences has tens of thousands.
     */
    List<EarlierFinding> open() {
        var open = Stream.of(
                        findings.stream().map(finding -> new EarlierFinding(finding, null)),
                        stale.stream().map(each -> new EarlierFinding(each.finding(), each.since())),
                        ignored.stream().map(each -> new EarlierFinding(each.finding(), null)))
                .flatMap(each -> each)
                .sorted(Comparator.comparing(EarlierFinding::finding, Finding.WORST_FIRST))
                .toList();
        var whole = open.stream()
                .limit(SequenceMonitorStatus.MAX_FINDINGS)
                .map(each -> new EarlierFinding(each.finding().withRemedyWritten(), each.staleSince()));
        var rest = open.stream()
                .skip(SequenceMonitorStatus.MAX_FINDINGS)
                .filter(each -> each.finding().severity() != Severity.Info)
                .map(each -> new EarlierFinding(each.finding().withoutRemedy(), each.staleSince()));
        return Stream.concat(whole, rest).toList();
    }

    /** Findings that the monitor reports, the stale ones among them, worst first. */
    public Stream<Finding> reported() {
        return Stream.concat(findings.stream(), stale.stream().map(StaleFinding::finding))
                .sorted(Finding.WORST_FIRST);
    }

    /** What makes a finding the same one over time. A status holds the table as text, which may be ambiguous. */
    private record Key(
            String check,
            @Nullable String schema,
            @Nullable String sequence,
            String table,
            @Nullable String column,
            @Nullable String role) {
        static Key of(Finding finding) {
            var subject = finding.subject();
            return new Key(
                    finding.check(),
                    subject.schema(),
                    subject.sequence(),
                    String.valueOf(subject.table()),
                    subject.column(),
                    subject.role());
        }
    }

    /** Those not found again, and those that are found again to be less bad, where this reading could not judge them. */
    private static List<StaleFinding> stale(
            List<EarlierFinding> earlier, List<Finding> found, Judgeability rejudgement, Instant now) {
        var wanted = earlier.stream().map(each -> Key.of(each.finding())).collect(toSet());
        if (wanted.isEmpty()) {
            return List.of();
        }
        var severities = found.stream()
                .filter(finding -> wanted.contains(Key.of(finding)))
                .collect(toMap(Key::of, Finding::severity, (one, other) -> one.compareTo(other) <= 0 ? one : other));
        return earlier.stream()
                .filter(each -> !foundAgain(each.finding(), severities))
                .flatMap(each -> rejudgement.obstacle(each.finding()).map(reason -> stale(each, now, reason)).stream())
                .toList();
    }

    private static boolean foundAgain(Finding earlier, Map<Key, Severity> found) {
        var severity = found.get(Key.of(earlier));
        return severity != null && severity.compareTo(earlier.severity()) <= 0;
    }

    private static StaleFinding stale(EarlierFinding earlier, Instant now, String reason) {
        return new StaleFinding(
                earlier.finding(), Optional.ofNullable(earlier.staleSince()).orElse(now), reason);
    }

    private static List<Ignore> inForce(List<Ignore> ignores, Instant now) {
        return ignores.stream().filter(ignore -> !ignore.expired(now)).toList();
    }

    private static Inspection split(
            String database,
            ReadResult reading,
            List<Finding> found,
            List<StaleFinding> stale,
            List<Ignore> ignores,
            List<UnjudgedCheck> unjudged,
            DatabaseHistory history) {
        var findings = new ArrayList<Finding>();
        var reported = new ArrayList<StaleFinding>();
        var ignored = new ArrayList<Ignored>();
        for (var finding : found) {
            ignored(database, finding, ignores).ifPresentOrElse(ignored::add, () -> findings.add(finding));
        }
        for (var each : stale) {
            ignored(database, each.finding(), ignores).ifPresentOrElse(ignored::add, () -> reported.add(each));
        }
        reported.sort(Comparator.comparing(StaleFinding::finding, Finding.WORST_FIRST));
        ignored.sort(Comparator.comparing(Ignored::finding, Finding.WORST_FIRST));
        return new Inspection(database, reading, findings, reported, ignored, unjudged, history);
    }

    private static Optional<Ignored> ignored(String database, Finding finding, List<Ignore> ignores) {
        return ignores.stream()
                .filter(ignore -> ignore.matches(database, finding))
                .findFirst()
                .map(ignore -> new Ignored(finding, ignore.reason(), ignore.until()));
    }
}
