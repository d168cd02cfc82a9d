package dev.seqwatch.operator;

import dev.seqwatch.config.InvalidMonitorException;
import dev.seqwatch.postgres.connection.Target;
import dev.seqwatch.report.status.InspectionOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of one inspection of a monitor.
 *
 * @param hosts that were inspected; empty where none was
 * @param spacing time up to the next inspection, or the interval of the spec where that is longer
 * @param next when the next is due; null where only an edit of the spec brings one
 */
record InspectionRun(
        InspectionOutcome outcome,
        List<Target.Host> hosts,
        Duration spacing,
        @Nullable Instant next) {
    static InspectionRun suspended() {
        return new InspectionRun(new InspectionOutcome.Suspended(), List.of(), Duration.ZERO, null);
    }

    static InspectionRun impossible(InvalidMonitorException problem, Instant now, Duration wait) {
        return notInspected(problem.reason().name(), problem.getMessage(), now, wait);
    }

    static InspectionRun notInspected(String reason, String message, Instant now, Duration wait) {
        return new InspectionRun(new InspectionOutcome.NotInspected(reason, message), List.of(), wait, now.plus(wait));
    }
}
