package dev.seqwatch.report;

import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus;
import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus.Summary;
import dev.seqwatch.catalog.ReadResult;
import dev.seqwatch.inspection.Inspection;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The conditions Ready and Healthy after a monitor's turn.
 *
 * @param previous whose transition times stay where a status did not flip
 */
record Conditions(SequenceMonitorStatus previous, long generation, Instant now) {
    private static final String TRUE = "True";
    private static final String FALSE = "False";
    private static final String UNKNOWN = "Unknown";

    List<Condition> suspended() {
        var message = "Inspections are suspended; set spec.suspend to false to go on.";
        return List.of(
                ready(UNKNOWN, ConditionReason.Suspended.name(), message),
                healthy(UNKNOWN, ConditionReason.Suspended, message));
    }

    List<Condition> notInspected(InspectionOutcome.NotInspected outcome) {
        return List.of(
                ready(FALSE, outcome.reason(), outcome.message()),
                healthy(
                        UNKNOWN,
                        ConditionReason.NotInspected,
                        previous.lastInspectionTime() == null
                                ? "Nothing was inspected yet; the condition Ready says why."
                                : "The last inspection is old; the condition Ready says why."));
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
                    "The server has no database that spec.databases takes and that this role may connect to.");
        }
        if (!unread.isEmpty()) {
            var first = unread.getFirst();
            var reason = first.reading() instanceof ReadResult.Unreachable unreachable
                    ? unreachable.reason().name()
                    : ConditionReason.DatabaseUnread.name();
            return ready(FALSE, reason, unreadMessage(unread));
        }
        var read = Text.count(number(summary.sequences()), "sequence") + " in "
                + Text.count(number(summary.databases()), "database") + " looked at.";
        return ready(
                TRUE,
                ConditionReason.DatabasesRead.name(),
                outcome.spaced()
                        ? read
                                + " The next inspection waits longer than spec.interval: this one took more than a"
                                + " tenth of it, and ten times its duration must pass."
                        : read);
    }

    /** Findings of a database that was read count; where one could not be read, nothing found is no health. */
    private Condition healthy(List<Inspection> inspections, Summary summary, @Nullable String worst) {
        var tallies = inspections.stream().map(InspectionSummary::of).toList();
        var critical = tallies.stream().mapToInt(InspectionSummary::critical).sum();
        var warning = tallies.stream().mapToInt(InspectionSummary::warning).sum();
        if (critical + warning > 0) {
            var reason = critical > 0 ? ConditionReason.CriticalFindings : ConditionReason.WarningFindings;
            return healthy(FALSE, reason, critical + " Critical and " + warning + " Warning. The worst: " + worst);
        }
        var unread = unread(inspections);
        if (!unread.isEmpty()) {
            return healthy(UNKNOWN, ConditionReason.DatabaseUnread, unreadMessage(unread));
        }
        if (inspections.isEmpty()) {
            return healthy(UNKNOWN, ConditionReason.NotInspected, "There was no database to inspect.");
        }
        var unknown = number(summary.unreadable());
        if (unknown > 0) {
            return healthy(
                    UNKNOWN,
                    ConditionReason.PositionsUnread,
                    "The position of " + Text.count(unknown, "sequence")
                            + " could not be read; seqwatch check says why.");
        }
        var notChecked = number(summary.notChecked());
        var ignored = number(summary.ignored());
        return healthy(
                TRUE,
                ConditionReason.NothingFound,
                "Nothing of Warning or Critical was found."
                        + (notChecked == 0
                                ? ""
                                : " The ids of " + Text.count(notChecked, "column") + " were not compared.")
                        + (ignored == 0 ? "" : " Ignored: " + Text.count(ignored, "finding") + "."));
    }

    private static String unreadMessage(List<Inspection> unread) {
        var first = unread.getFirst();
        var message = first.reading() instanceof ReadResult.Unreachable unreachable ? unreachable.message() : "";
        var more = unread.size() - 1;
        return "Database " + first.database() + " could not be read: " + message
                + (more == 0 ? "" : " Nor could " + Text.count(more, "other database") + ".");
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
