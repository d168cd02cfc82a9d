package dev.seqwatch.operator;

import dev.seqwatch.inspection.InvalidMonitor;
import dev.seqwatch.report.Outcome;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One monitor's turn.
 *
 * @param interval that the spec asks for, or that the operator keeps where it cannot be known
 * @param next when the following is due; null where only an edit of the spec brings one
 */
record Turn(Outcome outcome, Duration interval, @Nullable Instant next) {
    static Turn suspended() {
        return new Turn(new Outcome.Suspended(), Duration.ZERO, null);
    }

    static Turn impossible(InvalidMonitor problem, Instant now, Duration wait) {
        return new Turn(new Outcome.NotInspected(problem.reason().name(), problem.getMessage()), wait, now.plus(wait));
    }
}
