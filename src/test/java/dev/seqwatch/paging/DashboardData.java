package dev.seqwatch.paging;

import com.fasterxml.jackson.databind.JsonNode;
import dev.seqwatch.deploy.Dashboard;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Asks Prometheus what Grafana would ask it for a dashboard. */
record DashboardData(Prometheus prometheus, String namespace, String database) {
    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+), (\\w+)\\)");

    /** Queries of panels and variables that no data comes back for. */
    Stream<String> withoutData(Dashboard dashboard) {
        var variables = Map.of(
                "namespace", namespace,
                "monitor", "shop",
                "database", database,
                "schema", ".*",
                "sequence", ".*",
                "__rate_interval", "15s",
                "__range", "30s");
        var queries = dashboard
                .queries()
                .map(query -> result(prometheus, query, variables).isEmpty() ? query.toString() : "");
        var values = dashboard.queryVariables().map(variable -> {
            var parts = LABEL_VALUES.matcher(Dashboard.replaced(variable.query(), variables));
            return parts.matches()
                            && !prometheus
                                    .labelValues(parts.group(1), parts.group(2))
                                    .isEmpty()
                    ? ""
                    : variable.toString();
        });
        return Stream.concat(queries, values).filter(missing -> !missing.isEmpty());
    }

    private static JsonNode result(Prometheus prometheus, Dashboard.Query query, Map<String, String> variables) {
        var expression = query.with(variables);
        var now = Instant.now();
        return query.instant()
                ? prometheus.query(expression)
                : prometheus.range(expression, now.minusSeconds(30), now, 1);
    }
}
