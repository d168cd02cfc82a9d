package dev.seqwatch.operator;

import dev.seqwatch.inspection.InvalidMonitorException;
import dev.seqwatch.report.InspectionOutcome;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One monitor's turn.
 *
 * @param interval that the spec asks for, or that the operator keeps where it cannot be known
 * @param next when the following is due; null where only an edit of the spec brings one
 */
record InspectionRun(
        InspectionOutcome outcome,
        Duration interval,
        @Nullable Instant next) {
    static InspectionRun suspended() {
        return new InspectionRun(new InspectionOutcome.Suspended(), Duration.ZERO, null);
    }

    static InspectionRun impossible(InvalidMonitorException problem, Instant now, Duration wait) {
        return new InspectionRun(
                new InspectionOutcome.NotInspected(problem.reason().name(), problem.getMessage()),
                wait,
                now.plus(wait));
    }
}
