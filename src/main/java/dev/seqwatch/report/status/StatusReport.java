package dev.seqwatch.report.status;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;
import static java.util.Objects.requireNonNullElse;
import static java.util.stream.Collectors.toMap;

import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus;
import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus.DatabaseStatus;
import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus.FindingStatus;
import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus.ServerRole;
import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus.SetAsideStatus;
import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus.Summary;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.inspection.ServerInspection;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.model.Server;
import dev.seqwatch.report.InspectionSummary;
import dev.seqwatch.report.Text;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The status of a monitor: a pure function of the one before, the generation, what came of its turn, and the instant. */
public final class StatusReport {
    private static final Comparator<DatabaseStatus> ERRORS_FIRST = comparing(
                    (DatabaseStatus database) -> database.error() == null)
            .thenComparing(database -> database.name(), nullsFirst(naturalOrder()));

    private static final DatabaseStatus NEVER_READ =
            new DatabaseStatus(null, null, null, null, null, null, null, null, null, null, null, null, null, null);

    private StatusReport() {}

    public static SequenceMonitorStatus next(
            SequenceMonitorStatus previous, long generation, InspectionOutcome outcome, Instant instant) {
        var now = instant.truncatedTo(ChronoUnit.SECONDS);
        var conditions = new Conditions(previous, generation, now);
        return switch (outcome) {
            case InspectionOutcome.Suspended _ ->
                unchanged(previous, generation, previous.findings(), conditions.suspended());
            case InspectionOutcome.NotInspected problem ->
                notJudged(previous, generation, conditions.notInspected(problem, worst(previous.findings())), now);
            case InspectionOutcome.Inspected inspected -> inspected(previous, generation, inspected, conditions);
        };
    }

    /** Whether the next status is worth a write: not where figures alone are new and the last write is recent. */
    public static boolean worthWriting(SequenceMonitorStatus previous, SequenceMonitorStatus next) {
        return StatusWriteRule.worthWriting(previous, next);
    }

    private static SequenceMonitorStatus notJudged(
            SequenceMonitorStatus previous, long generation, List<Condition> conditions, Instant now) {
        var findings = previous.findings().stream()
                .map(finding -> FindingList.stale(finding, now, "There was no inspection: see the condition Ready."))
                .toList();
        return unchanged(previous, generation, findings, conditions);
    }

    /** What was found last stays: it is the best that is known. */
    private static SequenceMonitorStatus unchanged(
            SequenceMonitorStatus previous, long generation, List<FindingStatus> findings, List<Condition> conditions) {
        return new SequenceMonitorStatus(
                generation,
                previous.lastInspectionTime(),
                previous.nextInspectionTime(),
                problem(conditions),
                previous.summary(),
                previous.databases(),
                previous.databasesOmitted(),
                previous.databasesSetAside(),
                findings,
                previous.findingsOmitted(),
                previous.ignored(),
                previous.warnings(),
                previous.samples(),
                conditions);
    }

    private static SequenceMonitorStatus inspected(
            SequenceMonitorStatus previous,
            long generation,
            InspectionOutcome.Inspected outcome,
            Conditions conditions) {
        var inspections = outcome.inspections();
        var rest = outcome.restUntil();
        var known = previous.databases().stream()
                .collect(toMap(database -> String.valueOf(database.name()), database -> database, (one, _) -> one));
        var databases = inspections.stream()
                .map(inspection -> database(inspection, known, someOmitted(previous)))
                .sorted(ERRORS_FIRST)
                .toList();
        var findings = FindingList.of(previous, inspections, conditions.now());
        var summary = summary(previous.summary(), outcome.server(), databases);
        var after = conditions.inspected(outcome, summary, worst(findings.worst()));
        return new SequenceMonitorStatus(
                generation,
                outcome.endedAt().truncatedTo(ChronoUnit.SECONDS),
                rest == null ? null : rest.truncatedTo(ChronoUnit.SECONDS),
                problem(after),
                summary,
                databases.stream().limit(SequenceMonitorStatus.MAX_DATABASES).toList(),
                Math.max(0, databases.size() - SequenceMonitorStatus.MAX_DATABASES),
                setAside(outcome.server()),
                findings.worst(),
                findings.omitted(),
                IgnoredList.of(previous, inspections),
                WarningList.of(outcome.warnings()),
                PersistedHistory.of(inspections, previous.samples()),
                after);
    }

    /** Of a database that could not be read, what was read last stays beside the error. */
    private static DatabaseStatus database(
            Inspection inspection, Map<String, DatabaseStatus> known, boolean someForgotten) {
        return switch (inspection.reading()) {
            case ReadResult.Success(var state) -> {
                var tally = InspectionSummary.of(inspection);
                yield new DatabaseStatus(
                        inspection.database(),
                        state.server().version(),
                        role(state.server().role()),
                        state.server().database(),
                        tally.sequences(),
                        tally.critical(),
                        tally.warning(),
                        tally.info(),
                        tally.ignored(),
                        tally.unreadable(),
                        tally.notChecked(),
                        state.takenAt().plus(state.took()).truncatedTo(ChronoUnit.SECONDS),
                        state.took().toMillis(),
                        null);
            }
            case ReadResult.Unreachable unreachable -> {
                var error = unreachable.reason() + ": " + unreachable.message();
                var last = known.getOrDefault(inspection.database(), NEVER_READ);
                var tally = InspectionSummary.of(inspection);
                yield new DatabaseStatus(
                        inspection.database(),
                        last.serverVersion(),
                        last.role(),
                        last.identity(),
                        last.sequences(),
                        known(tally.critical(), last.critical(), someForgotten),
                        known(tally.warning(), last.warning(), someForgotten),
                        last.info(),
                        last.ignored(),
                        last.unreadable(),
                        last.notChecked(),
                        last.lastInspectionTime(),
                        last.durationMillis(),
                        Text.cut(error));
            }
        };
    }

    /** A restart forgets the findings that the status has no room for; the counts remember them. */
    private static @Nullable Integer known(int stale, @Nullable Integer last, boolean someForgotten) {
        return last == null ? null : someForgotten ? Integer.valueOf(Math.max(stale, last)) : Integer.valueOf(stale);
    }

    private static List<SetAsideStatus> setAside(ServerInspection server) {
        return server.setAside().stream()
                .limit(SequenceMonitorStatus.MAX_SET_ASIDE)
                .map(each -> new SetAsideStatus(each.database(), Text.cut(each.reason())))
                .toList();
    }

    private static ServerRole role(Server.Role role) {
        return switch (role) {
            case Primary -> ServerRole.Primary;
            case Standby -> ServerRole.Standby;
        };
    }

    /** A database that could not be read counts as it was read last. */
    private static Summary summary(
            @Nullable Summary previous, ServerInspection server, List<DatabaseStatus> databases) {
        var tallies = server.inspections().stream().map(InspectionSummary::of).toList();
        var someUnread = databases.stream().anyMatch(database -> database.error() != null);
        return new Summary(
                databases.size(),
                sum(databases, DatabaseStatus::sequences),
                sum(databases, DatabaseStatus::critical),
                sum(databases, DatabaseStatus::warning),
                sum(databases, DatabaseStatus::info),
                sum(databases, DatabaseStatus::ignored),
                sum(databases, DatabaseStatus::unreadable),
                sum(databases, DatabaseStatus::notChecked),
                total(tallies, InspectionSummary::unjudged),
                highestPercent(tallies, someUnread && previous != null ? previous.highestUsedPercent() : null),
                total(tallies, InspectionSummary::stale),
                server.setAside().size());
    }

    private static int total(List<InspectionSummary> tallies, ToIntFunction<InspectionSummary> number) {
        return tallies.stream().mapToInt(number).sum();
    }

    private static int sum(List<DatabaseStatus> databases, Function<DatabaseStatus, @Nullable Integer> number) {
        return databases.stream()
                .mapToInt(database -> requireNonNullElse(number.apply(database), 0))
                .sum();
    }

    /** Rounded down, so that 100 means that nothing is left; absent where no sequence with an end was read. */
    private static @Nullable Integer highestPercent(List<InspectionSummary> tallies, @Nullable Integer last) {
        var highest = tallies.stream()
                .flatMapToDouble(tally -> tally.highestUsedRatio().stream())
                .max();
        if (highest.isEmpty()) {
            return last;
        }
        var percent = (int) Math.floor(highest.getAsDouble() * 100);
        return last == null ? percent : Math.max(percent, last);
    }

    private static boolean someOmitted(SequenceMonitorStatus status) {
        return requireNonNullElse(status.findingsOmitted(), 0) > 0;
    }

    private static @Nullable String worst(List<FindingStatus> findings) {
        return findings.stream()
                .findFirst()
                .map(finding -> finding.check() + " in " + finding.database() + ": " + finding.message())
                .orElse(null);
    }

    private static @Nullable String problem(List<Condition> conditions) {
        return conditions.stream()
                .filter(condition -> !"True".equals(condition.getStatus()))
                .map(Condition::getReason)
                .findFirst()
                .orElse(null);
    }
}
