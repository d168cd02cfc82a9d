package dev.seqwatch.operator;

import dev.seqwatch.api.v1alpha1.SequenceMonitor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.Cloner;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import java.time.Duration;
import java.util.concurrent.Executors;

/** Sets up the operator framework, and keeps it from giving up in silence. */
final class FrameworkSetup {
    /** A monitor is looked at again at least this often, even where a timer was lost. */
    private static final Duration MAX_INTERVAL = Duration.ofMinutes(5);

    private static final String EVENTS_RECEIVED = "events.received";
    private static final String ACTION = "action";

    private FrameworkSetup() {}

    static Operator assemble(
            KubernetesClient client,
            MeterRegistry registry,
            OperatorSettings settings,
            Leadership leadership,
            Reconciler<SequenceMonitor> reconciler) {
        var operator = new Operator(config -> configure(config, client, registry, leadership));
        operator.register(
                reconciler, (ControllerConfigurationOverrider<SequenceMonitor> config) -> configure(config, settings));
        return operator;
    }

    /**
     * The framework counts events with and without the label {@code action} under one name. A registry that is strict
     * about labels throws at the second kind, inside the only timer thread, and no monitor is ever polled again.
     */
    static MeterFilter oneSetOfLabels() {
        return new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                return id.getName().startsWith(EVENTS_RECEIVED) && id.getTag(ACTION) == null
                        ? id.withTag(Tag.of(ACTION, "none"))
                        : id;
            }
        };
    }

    private static void configure(
            ConfigurationServiceOverrider config,
            KubernetesClient client,
            MeterRegistry registry,
            Leadership leadership) {
        var threads = Thread.ofVirtual().name("reconcile-", 0).factory();
        config.withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withExecutorService(Executors.newThreadPerTaskExecutor(threads))
                .withResourceCloner(new MonitorCloner(client.getKubernetesSerialization()))
                .withMetrics(MicrometerMetricsV2.newBuilder(registry).build());
        leadership.configuration().ifPresent(config::withLeaderElectionConfiguration);
    }

    /** The framework's own retry ends after five attempts: an API outage of two minutes would end polling. */
    private static void configure(ControllerConfigurationOverrider<SequenceMonitor> config, OperatorSettings settings) {
        config.withRetry(new GenericRetry()
                        .setInitialInterval(1_000)
                        .setIntervalMultiplier(2)
                        .setMaxInterval(30_000)
                        .setMaxAttempts(-1))
                .withReconciliationMaxInterval(MAX_INTERVAL);
        if (settings.namespaces().isEmpty()) {
            config.watchingAllNamespaces();
        } else {
            config.settingNamespaces(settings.namespaces());
        }
        var selector = settings.selector();
        if (selector != null) {
            config.withLabelSelector(selector);
        }
    }

    /** Keeps what is no part of the resource. */
    private record MonitorCloner(KubernetesSerialization serialization) implements Cloner {
        @Override
        public <R extends HasMetadata> R clone(R object) {
            var copy = serialization.clone(object);
            if (object instanceof SequenceMonitor original && copy instanceof SequenceMonitor monitor) {
                monitor.unreadable(original.unreadable());
            }
            return copy;
        }
    }
}
