package dev.seqwatch.paging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.seqwatch.cluster.Tools;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Predicate;

/** The shipped rules with their patience taken out; expressions and texts are as shipped. */
public final class HastyRules {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String WINDOW = "[4m:30s]";
    private static final String BRIDGE = "[5m]"; // over missed scrapes

    private HastyRules() {}

    /** Writes all of them to a file that Prometheus reads. */
    public static Path write(Path file) throws IOException {
        return write(file, _ -> true);
    }

    /** As {@link #write(Path)}; those about the operator itself stay patient, and are quiet while it starts. */
    public static Path writeAboutSequences(Path file) throws IOException {
        return write(file, "seqwatch.sequences"::equals);
    }

    private static Path write(Path file, Predicate<String> hasty) throws IOException {
        var rules = YAML.readTree(
                Tools.project().resolve("deploy/alerts/rules.yaml").toFile());
        for (var group : rules.path("groups")) {
            if (hasty.test(group.path("name").asText())) {
                group.path("rules").forEach(rule -> hasten((ObjectNode) rule));
            }
        }
        YAML.writeValue(file.toFile(), rules);
        return file;
    }

    private static void hasten(ObjectNode alert) {
        alert.put("for", "1s");
        if (alert.has("keep_firing_for")) {
            alert.put("keep_firing_for", "3s");
        }
        alert.put(
                "expr", alert.path("expr").asText().replace(WINDOW, "[10s:1s]").replace(BRIDGE, "[3s]"));
    }
}
