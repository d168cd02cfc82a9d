package dev.seqwatch.testing;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.util.List;

/** A registry that throws where a metric comes with other labels than before, as a strict one does in production. */
@SuppressWarnings("deprecation") // Quarkus still brings the older Prometheus client
public final class StrictRegistry {
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT).throwExceptionOnRegistrationFailure();

    public MeterRegistry meters() {
        return registry;
    }

    /** What a scrape gives, without comments and the framework's own metrics. */
    public List<String> scrape() {
        return registry.scrape()
                .lines()
                .filter(line -> line.startsWith("seqwatch_"))
                .toList();
    }
}
