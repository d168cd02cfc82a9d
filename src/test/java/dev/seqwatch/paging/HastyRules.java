package dev.seqwatch.paging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.seqwatch.cluster.Tools;
import java.io.IOException;
import java.nio.file.Path;

/** The shipped rules with all their patience taken out; expressions and texts are as shipped. */
public final class HastyRules {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String WINDOW = "[4m:30s]";

    private HastyRules() {}

    /** Writes them to a file that Prometheus reads. */
    public static Path write(Path file) throws IOException {
        var rules = YAML.readTree(
                Tools.project().resolve("deploy/alerts/rules.yaml").toFile());
        rules.path("groups")
                .forEach(group -> group.path("rules").forEach(rule -> {
                    if (rule instanceof ObjectNode alert) {
                        hasten(alert);
                    }
                }));
        YAML.writeValue(file.toFile(), rules);
        return file;
    }

    private static void hasten(ObjectNode alert) {
        alert.put("for", "1s");
        if (alert.has("keep_firing_for")) {
            alert.put("keep_firing_for", "3s");
        }
        alert.put("expr", alert.path("expr").asText().replace(WINDOW, "[10s:1s]"));
    }
}
