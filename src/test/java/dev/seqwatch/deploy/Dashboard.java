package dev.seqwatch.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A dashboard of {@code grafana/}. */
public record Dashboard(String name, JsonNode root) {
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * One query of a panel.
     *
     * @param legend names its series
     * @param instant asks for one point in time, not for a range
     */
    public record Query(String panel, String expression, String legend, boolean instant) {
        /** As Grafana would send it. */
        public String with(Map<String, String> variables) {
            return replaced(expression, variables);
        }

        @Override
        public String toString() {
            return panel + ": " + expression;
        }
    }

    /** A variable that asks Prometheus for its values. */
    public record Variable(String name, String query) {}

    public static Stream<Dashboard> all() {
        return Stream.of("fleet", "database").map(Dashboard::read);
    }

    private static Dashboard read(String name) {
        try {
            return new Dashboard(name, JSON.readTree(Manifest.text("grafana/" + name + ".json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those that ask for data: all but rows and texts. */
    Stream<JsonNode> panels() {
        return stream(root.path("panels")).filter(panel -> !isOf(panel, "row") && !isOf(panel, "text"));
    }

    /** Of all panels, rows included. */
    public List<String> titles() {
        return stream(root.path("panels"))
                .map(panel -> panel.path("title").asText())
                .toList();
    }

    /** Panels of Markdown. */
    public Stream<JsonNode> texts() {
        return stream(root.path("panels")).filter(panel -> isOf(panel, "text"));
    }

    private static boolean isOf(JsonNode panel, String type) {
        return panel.path("type").asText().equals(type);
    }

    public Stream<Query> queries() {
        return panels().flatMap(panel -> stream(panel.path("targets"))
                .map(target -> new Query(
                        panel.path("title").asText(),
                        target.path("expr").asText(),
                        target.path("legendFormat").asText(),
                        target.path("instant").asBoolean())));
    }

    public Stream<JsonNode> variables() {
        return stream(root.at("/templating/list"));
    }

    public Stream<Variable> queryVariables() {
        return variables()
                .filter(variable -> variable.path("type").asText().equals("query"))
                .map(variable -> new Variable(
                        variable.path("name").asText(),
                        variable.at("/query/query").asText()));
    }

    public static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    public static String replaced(String text, Map<String, String> variables) {
        var result = text;
        for (var variable : variables.entrySet()) {
            result = result.replace("$" + variable.getKey(), variable.getValue());
        }
        return result;
    }

    @Override
    public String toString() {
        return name;
    }
}
