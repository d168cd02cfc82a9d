package dev.seqwatch.operator;

import io.javaoperatorsdk.operator.Operator;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The operator from its start to the end of the process. */
@Singleton
final class OperatorProcess {
    // looked up when the operator starts: any other command must not build one
    private final Instance<Operator> operator;
    private final Instance<Leadership> leadership;
    private volatile boolean started;

    @Inject
    OperatorProcess(Instance<Operator> operator, Instance<Leadership> leadership) {
        this.operator = operator;
        this.leadership = leadership;
    }

    /** Returns when the caches are filled; inspections begin with the lease. */
    void start() {
        started = true;
        operator.get().start();
    }

    /** As an observer, because the client of the Kubernetes API is closed right after. */
    void stop(@Observes ShutdownEvent event) {
        if (started) {
            leadership.get().stopping();
            operator.get().stop();
            leadership.get().release();
        }
    }
}
