package dev.seqwatch.report.status;

import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus;
import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus.Summary;
import dev.seqwatch.check.UnjudgedCheck;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.inspection.SetAside;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.model.UnreadableReason;
import dev.seqwatch.model.WatchedSequence;
import dev.seqwatch.report.Groups;
import dev.seqwatch.report.Text;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The conditions Ready and Healthy after a monitor's turn.
 *
 * @param previous whose transition times stay where a status did not flip
 */
public record Conditions(SequenceMonitorStatus previous, long generation, Instant now) {
    private static final String TRUE = "True";
    private static final String FALSE = "False";
    private static final String UNKNOWN = "Unknown";

    List<Condition> suspended() {
        var message = "Inspections are suspended: set spec.suspend to false to resume them.";
        return List.of(
                ready(UNKNOWN, ConditionReason.Suspended.name(), message),
                healthy(UNKNOWN, ConditionReason.Suspended, message));
    }

    /** Nobody could judge what was found last, so it stays. */
    List<Condition> notInspected(InspectionOutcome.NotInspected outcome, @Nullable String worst) {
        var summary = previous.summary();
        var critical = summary == null ? 0 : number(summary.critical());
        var warning = summary == null ? 0 : number(summary.warning());
        var ready = ready(FALSE, outcome.reason(), outcome.message());
        return List.of(
                ready,
                critical + warning > 0
                        ? found(critical, warning, " The last inspection is old: see the condition Ready.", worst)
                        : healthy(
                                UNKNOWN,
                                ConditionReason.NotInspected,
                                previous.lastInspectionTime() == null
                                        ? "Not inspected yet: see the condition Ready."
                                        : "The last inspection is old: see the condition Ready."));
    }

    List<Condition> inspected(InspectionOutcome.Inspected outcome, Summary summary, @Nullable String worst) {
        return List.of(ready(outcome, summary), healthy(outcome.inspections(), summary, worst));
    }

    private Condition ready(InspectionOutcome.Inspected outcome, Summary summary) {
        var unread = unread(outcome.inspections());
        if (outcome.inspections().isEmpty()) {
            return ready(
                    FALSE,
                    ConditionReason.NoDatabase.name(),
                    noDatabase(outcome.server().setAside()));
        }
        if (!unread.isEmpty()) {
            var first = unread.getFirst();
            var reason = first.reading() instanceof ReadResult.Unreachable unreachable
                    ? unreachable.reason().name()
                    : ConditionReason.DatabaseUnread.name();
            return ready(FALSE, reason, unreadMessage(unread));
        }
        var read = "Read " + Text.count(number(summary.sequences()), "sequence") + " in "
                + Text.count(number(summary.databases()), "database") + "."
                + setAside(outcome.server().setAside());
        return ready(
                TRUE,
                ConditionReason.DatabasesRead.name(),
                outcome.restUntil() == null ? read : read + delayed(outcome.endedAt(), outcome.restUntil()));
    }

    private static String noDatabase(List<SetAside> setAside) {
        return setAside.isEmpty()
                ? "No database on the server matches spec.databases."
                : "This role can read none of the databases that match spec.databases." + setAside(setAside);
    }

    private static String setAside(List<SetAside> setAside) {
        return setAside.isEmpty()
                ? ""
                : " %s set aside (%s): see status.databasesSetAside."
                        .formatted(
                                Text.count(setAside.size(), "database"),
                                Text.some(setAside.stream()
                                        .map(SetAside::database)
                                        .toList()));
    }

    private static String delayed(Instant endedAt, Instant restUntil) {
        var rest = Duration.between(endedAt, restUntil);
        return " The databases worked for %s, so the next inspection waits ten times as long, %s, instead of spec.interval: raise spec.interval, or let spec.schemas take fewer schemas."
                .formatted(Text.duration(rest.dividedBy(10)), Text.duration(rest));
    }

    /** What is not known is never healthy; a finding that could not be judged may still be there. */
    private Condition healthy(List<Inspection> inspections, Summary summary, @Nullable String worst) {
        var critical = number(summary.critical());
        var warning = number(summary.warning());
        if (critical + warning > 0) {
            var stale = inspections.stream()
                    .mapToInt(inspection -> inspection.stale().size())
                    .sum();
            var old = stale == 0
                    ? ""
                    : " The last inspection could not judge %s of an earlier one."
                            .formatted(Text.count(stale, "finding"));
            return found(critical, warning, old, worst);
        }
        var unread = unread(inspections);
        if (!unread.isEmpty()) {
            return healthy(UNKNOWN, ConditionReason.DatabaseUnread, unreadMessage(unread));
        }
        if (inspections.isEmpty()) {
            return healthy(UNKNOWN, ConditionReason.NotInspected, "There was no database to inspect.");
        }
        var unreadable = unreadable(inspections);
        if (!unreadable.isEmpty()) {
            return healthy(
                    UNKNOWN,
                    ConditionReason.PositionsUnread,
                    "The position of %s could not be read (%s)."
                            .formatted(
                                    Text.count(unreadable.size(), "sequence"),
                                    Groups.reasons(unreadable.stream().map(UnreadableReason::explanation))));
        }
        var unjudged = inspections.stream()
                .flatMap(inspection -> inspection.unjudged().stream())
                .toList();
        if (!unjudged.isEmpty()) {
            return healthy(UNKNOWN, ConditionReason.ChecksNotJudged, unjudgedMessage(unjudged));
        }
        if (number(summary.sequences()) == 0) {
            return healthy(
                    UNKNOWN,
                    ConditionReason.NothingInspected,
                    "There is no sequence in the schemas that spec.schemas takes, so nothing was judged.");
        }
        var notChecked = number(summary.notChecked());
        var ignored = number(summary.ignored());
        return healthy(
                TRUE,
                ConditionReason.NothingFound,
                "No finding is Critical or Warning."
                        + (notChecked == 0
                                ? ""
                                : " The ids of " + Text.count(notChecked, "column") + " were not compared.")
                        + (ignored == 0 ? "" : " Ignored: " + Text.count(ignored, "finding") + "."));
    }

    private Condition found(int critical, int warning, String old, @Nullable String worst) {
        var reason = critical > 0 ? ConditionReason.CriticalFindings : ConditionReason.WarningFindings;
        return healthy(
                FALSE,
                reason,
                critical + " Critical, " + warning + " Warning." + old + (worst == null ? "" : " Worst: " + worst));
    }

    private static List<UnreadableReason> unreadable(List<Inspection> inspections) {
        return inspections.stream()
                .flatMap(inspection -> switch (inspection.reading()) {
                    case ReadResult.Success(var state) -> state.sequences().stream();
                    case ReadResult.Unreachable _ -> Stream.<WatchedSequence>empty();
                })
                .flatMap(sequence -> sequence.position() instanceof Position.Unreadable(var reason)
                        ? Stream.of(reason)
                        : Stream.empty())
                .toList();
    }

    private static String unreadMessage(List<Inspection> unread) {
        var first = unread.getFirst();
        var message = first.reading() instanceof ReadResult.Unreachable unreachable
                ? unread(first.database(), unreachable)
                : "";
        var more = unread.size() - 1;
        return message + (more == 0 ? "" : " " + Text.count(more, "more database") + " could not be read.");
    }

    /** One that names the database, whatever wrote the message. */
    static String unread(String database, ReadResult.Unreachable unreachable) {
        var message = unreachable.sentence();
        return message.contains("\"" + database + "\"")
                ? message
                : "Database \"" + database + "\" could not be read: " + message;
    }

    private static String unjudgedMessage(List<UnjudgedCheck> unjudged) {
        var checks = unjudged.stream().map(UnjudgedCheck::check).distinct().toList();
        var causes = unjudged.stream()
                .map(each ->
                        each.cause().fact().description() + ": " + each.cause().explanation())
                .distinct()
                .toList();
        return "No Warning or Critical was found, but " + String.join(", ", checks)
                + " could not be judged, because this could not be read: " + String.join("; ", causes) + ".";
    }

    private static List<Inspection> unread(List<Inspection> inspections) {
        return inspections.stream()
                .filter(inspection -> inspection.reading() instanceof ReadResult.Unreachable)
                .toList();
    }

    private static int number(@Nullable Integer value) {
        return value == null ? 0 : value;
    }

    private Condition ready(String status, String reason, String message) {
        return condition(SequenceMonitorStatus.READY, status, reason, message);
    }

    private Condition healthy(String status, ConditionReason reason, String message) {
        return condition(SequenceMonitorStatus.HEALTHY, status, reason.name(), message);
    }

    private Condition condition(String type, String status, String reason, String message) {
        var since = previous.conditions().stream()
                .filter(condition -> type.equals(condition.getType()) && status.equals(condition.getStatus()))
                .map(Condition::getLastTransitionTime)
                .findFirst()
                .orElse(now.toString());
        return new ConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage(Text.cut(message))
                .withObservedGeneration(generation)
                .withLastTransitionTime(since)
                .build();
    }
}
