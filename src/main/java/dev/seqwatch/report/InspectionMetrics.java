package dev.seqwatch.report;

import dev.seqwatch.inspection.Inspection;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.util.List;

/** Inspections in Prometheus' text format, for the textfile collector of the node exporter: the operator's own metrics. */
public final class InspectionMetrics {
    private InspectionMetrics() {}

    @SuppressWarnings("deprecation") // the registry that Quarkus brings
    public static String render(MonitorName name, List<Inspection> inspections, MetricSettings policy) {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new MonitorMetrics(registry).publish(name, inspections, policy);
        return registry.scrape();
    }
}
