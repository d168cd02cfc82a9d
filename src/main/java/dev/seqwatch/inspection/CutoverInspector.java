package dev.seqwatch.inspection;

import dev.seqwatch.compare.Comparison;
import dev.seqwatch.compare.CutoverOptions;
import dev.seqwatch.postgres.catalog.Scope;
import dev.seqwatch.postgres.connection.ConnectionGuard;
import dev.seqwatch.postgres.connection.Target;
import dev.seqwatch.postgres.connection.WorkPermits;
import dev.seqwatch.reading.CutoverReader;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Compares the two databases of a cutover, once or round after round. */
public final class CutoverInspector {
    private final InstantSource clock;
    private final Side source;
    private final Side target;
    private final CutoverOptions options;
    private @Nullable Comparison last;

    public CutoverInspector(InstantSource clock, Side source, Side target, CutoverOptions options) {
        this.clock = clock;
        this.source = source;
        this.target = target;
        this.options = options;
    }

    /**
     * One of the two databases.
     *
     * @param patience time for one round
     */
    public record Side(Target server, String database, Scope scope, Duration patience) {}

    /**
     * One round.
     *
     * @param apart time between the two looks at the source
     */
    public CutoverResult inspect(Duration apart) throws InterruptedException {
        var reading = new CutoverReader(clock, guarded(source), guarded(target)).read(apart);
        return switch (reading) {
            case CutoverReader.Reading.Success(var state) -> {
                last = Comparison.of(state, options, last);
                yield new CutoverResult.Compared(last);
            }
            case CutoverReader.Reading.Failure(var ofSource, var reason) -> {
                last = null; // the settings may have changed meanwhile
                yield new CutoverResult.NotRead(ofSource, reason);
            }
        };
    }

    private CutoverReader.Side guarded(Side side) {
        var guard = new ConnectionGuard(clock, new WorkPermits(1));
        guard.limit(side.patience());
        return new CutoverReader.Side(side.server(), side.database(), side.scope(), guard);
    }
}
