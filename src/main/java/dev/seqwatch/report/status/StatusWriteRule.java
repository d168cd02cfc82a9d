package dev.seqwatch.report.status;

import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus;
import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus.DatabaseStatus;
import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus.FindingStatus;
import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus.Summary;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a status is worth a write. What it says without its figures is its verdict: a new verdict is written at once.
 * Figures and times alone, which differ after every inspection of a sequence in use, wait for the next write.
 */
final class StatusWriteRule {
    /**
     * Between two writes that bring figures and times alone: a minute, less the jitter of an interval of a minute. So the
     * column LAST INSPECTION is true to a minute, or to the interval where that is longer.
     */
    static final Duration PACE = Duration.ofSeconds(50);

    private static final Set<String> OURS = Set.of(SequenceMonitorStatus.READY, SequenceMonitorStatus.HEALTHY);
    private static final Pattern FIGURE = Pattern.compile("\\d+(?:[.,]\\d+)*");

    private StatusWriteRule() {}

    static boolean worthWriting(SequenceMonitorStatus previous, SequenceMonitorStatus next) {
        if (!verdict(previous).equals(verdict(next))) {
            return true;
        }
        var written = previous.lastInspectionTime();
        var inspected = next.lastInspectionTime();
        return inspected != null
                && (written == null || !written.plus(PACE).isAfter(inspected) || isLongRest(next, inspected));
    }

    /** The next process has to keep it, and no other write comes before its end. */
    private static boolean isLongRest(SequenceMonitorStatus next, Instant inspected) {
        var until = next.nextInspectionTime();
        return until != null && until.isAfter(inspected.plus(PACE));
    }

    private static SequenceMonitorStatus verdict(SequenceMonitorStatus status) {
        return new SequenceMonitorStatus(
                status.observedGeneration(),
                null,
                null,
                status.problem(),
                verdict(status.summary()),
                status.databases().stream().map(StatusWriteRule::verdict).toList(),
                status.databasesOmitted(),
                status.databasesSetAside(),
                status.findings().stream()
                        .sorted(FindingList.WORST_FIRST)
                        .map(StatusWriteRule::verdict)
                        .toList(),
                status.findingsOmitted(),
                status.ignored(),
                status.warnings(),
                List.of(),
                status.conditions().stream()
                        .filter(condition -> OURS.contains(condition.getType()))
                        .map(StatusWriteRule::verdict)
                        .toList());
    }

    /** A lock that comes and goes changes how much was read at every inspection, and no verdict by itself. */
    private static @Nullable Summary verdict(@Nullable Summary summary) {
        return summary == null
                ? null
                : new Summary(
                        summary.databases(),
                        null,
                        summary.critical(),
                        summary.warning(),
                        null,
                        summary.ignored(),
                        null,
                        null,
                        summary.notJudged(),
                        null,
                        summary.stale(),
                        summary.databasesSetAside());
    }

    private static DatabaseStatus verdict(DatabaseStatus database) {
        return new DatabaseStatus(
                database.name(),
                database.serverVersion(),
                database.role(),
                database.identity(),
                null,
                database.critical(),
                database.warning(),
                null,
                database.ignored(),
                null,
                null,
                null,
                null,
                withoutFigures(database.error()));
    }

    private static FindingStatus verdict(FindingStatus finding) {
        return finding.with(
                withoutFigures(finding.message()),
                withoutFigures(finding.remedy()),
                finding.since(),
                finding.staleSince(),
                withoutFigures(finding.staleReason()));
    }

    private static Condition verdict(Condition condition) {
        return condition
                .edit()
                .withMessage(withoutFigures(condition.getMessage()))
                .withLastTransitionTime(null)
                .build();
    }

    private static @Nullable String withoutFigures(@Nullable String text) {
        return text == null ? null : FIGURE.matcher(text).replaceAll("#");
    }
}
