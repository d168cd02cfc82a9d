package dev.seqwatch.operator;

import io.javaoperatorsdk.operator.Operator;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jboss.logmanager.Level;
import org.jspecify.annotations.Nullable;

/** The operator from its start to the end of the process. */
@Singleton
final class OperatorProcess {
    private static final Logger LOG = Logger.getLogger(OperatorProcess.class);

    /** Within the 30 seconds that Kubernetes grants a pod. */
    private static final Duration LONGEST_END = Duration.ofSeconds(15);

    // looked up when the operator starts: any other command must not build one
    private final Instance<Operator> operator;
    private final Instance<Leadership> leadership;
    private final Instance<InspectionRunner> runner;
    private final Instance<OperatorSettings> settings;
    private volatile @Nullable Operator running;

    @Inject
    OperatorProcess(
            Instance<Operator> operator,
            Instance<Leadership> leadership,
            Instance<InspectionRunner> runner,
            Instance<OperatorSettings> settings) {
        this.operator = operator;
        this.leadership = leadership;
        this.runner = runner;
        this.settings = settings;
    }

    /** Returns when the caches are filled; inspections begin with the lease. */
    void start() {
        java.util.logging.Logger.getLogger("").setLevel(level(settings.get().logLevel()));
        LOG.infof("Watching SequenceMonitors; %s", settings.get().summary());
        var built = operator.get();
        running = built;
        built.start();
    }

    private static Level level(OperatorSettings.LogLevel level) {
        return switch (level) {
            case ERROR -> Level.ERROR;
            case WARN -> Level.WARN;
            case INFO -> Level.INFO;
            case DEBUG -> Level.DEBUG;
            case TRACE -> Level.TRACE;
        };
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
            stop(now, leadership.get(), runner.get());
        }
    }

    /** The lease is released when no inspection runs any more: else the next leader inspects beside this one. */
    static void stop(Operator operator, Leadership leadership, InspectionRunner runner) {
        leadership.stopping();
        runner.stop();
        operator.stop();
        try {
            if (runner.awaitEnd(LONGEST_END)) {
                leadership.release();
            } else {
                LOG.warnf(
                        "An inspection did not end within %d s, so this replica keeps the leader lease until it expires",
                        LONGEST_END.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
