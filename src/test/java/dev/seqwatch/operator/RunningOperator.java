package dev.seqwatch.operator;

import dev.seqwatch.cluster.LocalCluster;
import dev.seqwatch.cluster.Tools;
import dev.seqwatch.inspection.Inspector;
import dev.seqwatch.report.metrics.MonitorMetrics;
import dev.seqwatch.testing.Doorway;
import dev.seqwatch.testing.StrictRegistry;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** The operator in this JVM, as the ServiceAccount that deploy/ gives it, against a real API server. */
final class RunningOperator implements AutoCloseable {
    /** The shortest interval that the API server takes; the test's pacing shortens it, and no other. */
    static final String QUICK = "10s";

    private final KubernetesClient client;
    private final Operator operator;
    private final Leadership leadership;
    private final InspectionRunner runner = new InspectionRunner(InstantSource.system());
    private final StrictRegistry registry = new StrictRegistry();
    private final AtomicBoolean lostLease = new AtomicBoolean();

    private RunningOperator(KubernetesClient client, Map<String, String> environment, Pacing pacing) {
        this.client = client;
        registry.meters().config().meterFilter(FrameworkSetup.oneSetOfLabels());
        var clock = InstantSource.system();
        var settings = OperatorSettings.from(environment);
        var inspector = new MonitorInspector(
                new SecretSource(client), new Inspector(clock, settings.concurrency()), settings, clock, pacing);
        var reconciler = new SequenceMonitorReconciler(
                runner,
                inspector,
                new MonitorMetrics(registry.meters()),
                new EventSink(client, "test"),
                new Watchdog(clock, Duration.ofMinutes(10), registry.meters()),
                clock);
        leadership = new Leadership(client, settings.leadership(), () -> lostLease.set(true));
        leadership.measure(registry.meters());
        operator = FrameworkSetup.assemble(client, registry.meters(), settings, leadership, reconciler);
    }

    static RunningOperator start(LocalCluster cluster, Map<String, String> environment) {
        return startWith(cluster, environment, new QuickPacing());
    }

    /** With the pacing of the operator as it is shipped. */
    static RunningOperator startUnhurried(LocalCluster cluster, Map<String, String> environment) {
        return startWith(cluster, environment, Pacing.ordinary(RandomGenerator.getDefault()));
    }

    static RunningOperator startWith(LocalCluster cluster, Map<String, String> environment, Pacing pacing) {
        return start(config(cluster), ApiClient.LONGEST_SILENCE, environment, pacing);
    }

    /** Reaches the API server through this way only. */
    static RunningOperator startBehind(Doorway doorway, LocalCluster cluster, Duration longestSilence) {
        var config = config(cluster);
        config.setMasterUrl("https://127.0.0.1:" + doorway.port() + "/");
        return start(config, longestSilence, Map.of(), new QuickPacing());
    }

    private static Config config(LocalCluster cluster) {
        OperatorCommand.prepare();
        cluster.kubectl().apply(Tools.project().resolve("deploy/base/rbac.yaml"));
        cluster.kubectl().apply(Tools.project().resolve("deploy/base/lease.yaml"));
        return Config.fromKubeconfig(
                cluster.kubeconfigOf("seqwatch-system", "seqwatch").toFile());
    }

    private static RunningOperator start(
            Config config, Duration longestSilence, Map<String, String> environment, Pacing pacing) {
        var client = ApiClient.of(config, TolerantMapperTest.serialization(), longestSilence);
        var running = new RunningOperator(client, environment, pacing);
        running.operator.start();
        return running;
    }

    /** Series of one monitor. */
    List<String> series(String namespace, String monitor) {
        return registry.scrape().stream()
                .filter(line -> line.contains("namespace=\"" + namespace + "\"")
                        && line.contains("monitor=\"" + monitor + "\""))
                .toList();
    }

    boolean leads() {
        return registry.scrape().contains("seqwatch_leader 1.0");
    }

    /** Whether it would have ended, because another may lead already. */
    boolean lostLease() {
        return lostLease.get();
    }

    /** When a monitor was inspected last: one line, that changes with each inspection; empty before the first. */
    Set<String> lastInspection(String namespace, String monitor) {
        return series(namespace, monitor).stream()
                .filter(line -> line.startsWith("seqwatch_last_inspection_timestamp_seconds{"))
                .collect(Collectors.toSet());
    }

    /** As SIGTERM does. */
    void terminate() {
        OperatorProcess.stop(operator, leadership, runner);
    }

    @Override
    public void close() {
        terminate();
        client.close();
    }

    private record QuickPacing(Pacing ordinary) implements Pacing {
        QuickPacing() {
            this(Pacing.ordinary(RandomGenerator.getDefault()));
        }

        @Override
        public Next next(Ended inspection) {
            return inspection.interval().equals(Duration.ofSeconds(10))
                    ? new Next(inspection.startedAt().plusMillis(200), false)
                    : ordinary.next(inspection);
        }

        @Override
        public Duration afterProblem() {
            return Duration.ofMillis(200);
        }
    }
}
