package dev.seqwatch.operator;

import io.javaoperatorsdk.operator.Operator;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** The operator from its start to the end of the process. */
@Singleton
final class OperatorProcess {
    // looked up when the operator starts: any other command must not build one
    private final Instance<Operator> operator;
    private final Instance<Leadership> leadership;
    private volatile @Nullable Operator running;

    @Inject
    OperatorProcess(Instance<Operator> operator, Instance<Leadership> leadership) {
        this.operator = operator;
        this.leadership = leadership;
    }

    /** Returns when the caches are filled; inspections begin with the lease. */
    void start() {
        var built = operator.get();
        running = built;
        built.start();
    }

    /** Whether the caches are filled. Asked before the start, it builds nothing: a probe must not wait for that. */
    boolean watching() {
        var now = running;
        return now != null && now.getRuntimeInfo().isStarted();
    }

    /** As an observer, because the client of the Kubernetes API is closed right after. */
    void stop(@Observes ShutdownEvent event) {
        var now = running;
        if (now != null) {
            leadership.get().stopping();
            now.stop();
            leadership.get().release();
        }
    }
}
