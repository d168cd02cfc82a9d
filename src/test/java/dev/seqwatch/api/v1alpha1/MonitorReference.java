package dev.seqwatch.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The page that describes each field of a SequenceMonitor, made from the definition in {@code crds/}. */
public final class MonitorReference {
    public static final Path PAGE = Path.of("docs", "reference", "monitor.md");

    private static final String BEGIN = "<!-- fields -->";

    private MonitorReference() {}

    /** The page with tables that agree with the definition. */
    static String text(String page) throws IOException {
        var root = new YAMLMapper().readTree(CrdFile.text()).at("/spec/versions/0/schema/openAPIV3Schema/properties");
        return page.substring(0, page.indexOf(BEGIN))
                + BEGIN
                + "\n\n## Fields of spec\n\n"
                + table(root.path("spec"), "spec", true)
                + "\n## Fields of status\n\n"
                + table(root.path("status"), "status", false);
    }

    private static String table(JsonNode object, String path, boolean defaults) {
        var rows = new ArrayList<String>();
        collect(object, path, defaults, rows);
        var head =
                defaults ? "| field | type | default | |\n|---|---|---|---|\n" : "| field | type | |\n|---|---|---|\n";
        return head + String.join("", rows);
    }

    private static void collect(JsonNode object, String path, boolean defaults, List<String> rows) {
        for (var property : object.path("properties").properties()) {
            var field = property.getValue();
            var name = path + "." + property.getKey();
            var items = field.path("items");
            rows.add("| `%s` | %s |%s %s |\n"
                    .formatted(
                            name,
                            type(field),
                            defaults ? " " + defaultOf(field) + " |" : "",
                            cell(field.path("description").asText())));
            collect(field, name, defaults, rows);
            collect(items, name + "[]", defaults, rows);
        }
    }

    private static String type(JsonNode field) {
        var values = new ArrayList<String>();
        field.path("enum").forEach(value -> values.add("`" + value.asText() + "`"));
        if (!values.isEmpty() && values.size() <= 6) {
            return String.join(", ", values);
        }
        return field.path("type").asText().equals("array")
                ? "list of " + field.at("/items/type").asText()
                : field.path("type").asText();
    }

    private static String defaultOf(JsonNode field) {
        var value = field.path("default");
        return value.isValueNode() && !value.isMissingNode() ? "`" + value.asText() + "`" : "";
    }

    private static String cell(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining(" ")).replace("|", "\\|");
    }
}
