package dev.seqwatch.picture;

import com.fasterxml.jackson.databind.JsonNode;
import dev.seqwatch.deploy.Dashboard;
import dev.seqwatch.paging.Prometheus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a dashboard is asked to show.
 *
 * @param variables values of the dashboard's variables, as Grafana would put them into a query
 */
public record Shown(Prometheus prometheus, Map<String, String> variables, Instant from, Instant to) {
    private static final int POINTS = 240;
    private static final long SHORTEST_RATE_INTERVAL = 60;
    private static final long USUAL_SCRAPE_INTERVAL = 15;
    private static final Pattern LABEL = Pattern.compile("\\{\\{(\\w+)}}");

    /** A line of a panel, or one value of it. */
    record Series(String name, String query, Map<String, String> labels, List<Point> points) {
        double last() {
            return points.getLast().value();
        }
    }

    /**
     * One value.
     *
     * @param at epoch second
     */
    record Point(double at, double value) {}

    public Shown {
        variables = Map.copyOf(variables);
    }

    /** All that the queries of a panel give, in their order. */
    List<Series> series(JsonNode panel) {
        return Dashboard.stream(panel.path("targets"))
                .flatMap(target -> series(panel, target).stream())
                .toList();
    }

    private List<Series> series(JsonNode panel, JsonNode target) {
        var expression = replaced(target.path("expr").asText());
        var answer = target.path("instant").asBoolean()
                ? prometheus.query(expression, to)
                : prometheus.range(expression, from, to, step());
        return Dashboard.stream(answer)
                .map(result -> {
                    var labels = new TreeMap<String, String>();
                    result.path("metric")
                            .properties()
                            .forEach(label ->
                                    labels.put(label.getKey(), label.getValue().asText()));
                    return new Series(
                            name(panel, target, labels), target.path("refId").asText(), labels, points(result));
                })
                .filter(series -> !series.points().isEmpty())
                .toList();
    }

    private String replaced(String text) {
        var all = new HashMap<>(variables);
        all.put("__rate_interval", Math.max(SHORTEST_RATE_INTERVAL, step() + USUAL_SCRAPE_INTERVAL) + "s");
        all.put("__range", Duration.between(from, to).toSeconds() + "s");
        return Dashboard.replaced(text, all);
    }

    /** A text with the variables in it. */
    String text(String text) {
        return Dashboard.replaced(text, variables);
    }

    private long step() {
        return Math.max(1, Duration.between(from, to).toSeconds() / POINTS);
    }

    private static List<Point> points(JsonNode result) {
        var values =
                result.has("values") ? Dashboard.stream(result.path("values")).toList() : List.of(result.path("value"));
        return values.stream()
                .map(pair -> new Point(
                        pair.path(0).asDouble(),
                        Double.parseDouble(pair.path(1).asText().replace("+Inf", "Infinity"))))
                .filter(point -> Double.isFinite(point.value()))
                .toList();
    }

    private static String name(JsonNode panel, JsonNode target, Map<String, String> labels) {
        var format = target.path("legendFormat").asText();
        return format.equals("__auto")
                ? panel.path("title").asText()
                : LABEL.matcher(format)
                        .replaceAll(
                                found -> labels.getOrDefault(found.group(1), "").replace("$", "\\$"));
    }
}
