package dev.seqwatch.operator;

import dev.seqwatch.inspection.Inspector;
import dev.seqwatch.report.metrics.MonitorMetrics;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.Operator;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.quarkus.runtime.Quarkus;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Puts the operator together from its parts. */
final class OperatorBeans {
    /** Beyond the time that an inspection is due to start or to end. */
    private static final Duration GRACE = Duration.ofMinutes(10);

    private static final int LEASE_LOST = 1;

    @Produces
    @Singleton
    OperatorSettings settings() {
        return OperatorSettings.from(System.getenv());
    }

    @Produces
    @Singleton
    KubernetesClient client(Config config, KubernetesSerialization serialization) {
        return ApiClient.of(config, serialization, ApiClient.LONGEST_SILENCE);
    }

    @Produces
    @Singleton
    Watchdog watchdog(MeterRegistry registry) {
        return new Watchdog(InstantSource.system(), GRACE, registry);
    }

    @Produces
    @Singleton
    InspectionRunner runner() {
        return new InspectionRunner(InstantSource.system());
    }

    @Produces
    @Singleton
    Leadership leadership(KubernetesClient client, OperatorSettings settings, MeterRegistry registry) {
        var leadership = new Leadership(client, settings.leadership(), () -> Quarkus.asyncExit(LEASE_LOST));
        leadership.measure(registry);
        return leadership;
    }

    @Produces
    @Singleton
    MeterFilter oneSetOfLabels() {
        return FrameworkSetup.oneSetOfLabels();
    }

    @Produces
    @Singleton
    Operator operator(
            KubernetesClient client,
            MeterRegistry registry,
            OperatorSettings settings,
            Leadership leadership,
            Watchdog watchdog,
            InspectionRunner runner) {
        var clock = InstantSource.system();
        var instance =
                settings.leadership().map(OperatorSettings.Candidate::identity).orElse("seqwatch");
        var inspector = new MonitorInspector(
                new SecretSource(client),
                new Inspector(clock, settings.concurrency()),
                settings,
                clock,
                Pacing.ordinary(RandomGenerator.getDefault()));
        var reconciler = new SequenceMonitorReconciler(
                runner, inspector, new MonitorMetrics(registry), new EventSink(client, instance), watchdog, clock);
        return FrameworkSetup.assemble(client, registry, settings, leadership, reconciler);
    }
}
