package dev.seqwatch.report.metrics;

import dev.seqwatch.inspection.ServerInspection;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;

/** Inspections in Prometheus' text format, for the textfile collector of the node exporter: the operator's own metrics. */
public final class InspectionMetrics {
    private InspectionMetrics() {}

    @SuppressWarnings("deprecation") // the registry that Quarkus brings
    public static String render(MonitorName name, ServerInspection server, MetricSettings policy) {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new MonitorMetrics(registry).publish(name, server, policy);
        return registry.scrape();
    }
}
