package dev.seqwatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.seqwatch.cluster.Tools;
import dev.seqwatch.testing.TextRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules for texts, held against all that the fixtures of {@code GoldenOutputsIT} and the alerts' tests say. */
class MessagesTest {
    private static final Path GOLDEN = Tools.project().resolve("src/test/resources/golden");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new YAMLMapper();
    private static final int LONGEST_OF_A_FINDING = 500;

    static Stream<Path> fixtures() throws IOException {
        try (var folders = Files.list(GOLDEN)) {
            return folders.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void findings(Path folder) throws IOException {
        var messages = elements(
                        JSON.readTree(folder.resolve("check.json").toFile()).at("/inspections/0/findings"))
                .map(finding -> finding.path("message").asText())
                .toList();

        assertThat(messages).isNotEmpty();
        assertThat(broken(messages)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void conditions(Path folder) throws IOException {
        var messages = elements(
                        YAML.readTree(folder.resolve("status.yaml").toFile()).findValue("conditions"))
                .map(condition -> condition.path("message").asText())
                .toList();

        assertThat(messages).hasSize(2);
        assertThat(broken(messages)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void events(Path folder) throws IOException {
        assertThat(Files.readAllLines(folder.resolve("events.txt")).stream()
                        .flatMap(line -> TextRules.broken(line).stream()))
                .isEmpty();
    }

    @Test
    void alerts() throws IOException {
        var annotations = elements(YAML.readTree(Tools.project()
                                .resolve("deploy/alerts/tests/texts.yaml")
                                .toFile())
                        .path("tests"))
                .flatMap(test -> elements(test.path("alert_rule_test")))
                .flatMap(test -> elements(test.path("exp_alerts")))
                .map(alert -> alert.path("exp_annotations"))
                .toList();

        assertThat(annotations).hasSizeGreaterThan(15);
        assertThat(annotations.stream()
                        .flatMap(each -> TextRules.broken(each.path("summary").asText() + ".").stream()))
                .isEmpty();
        assertThat(annotations.stream()
                        .flatMap(each -> each.path("description").asText().lines())
                        .filter(line -> !line.startsWith("kubectl ") && !line.startsWith("- "))
                        .flatMap(line -> TextRules.broken(line.replaceFirst(":$", ".")).stream()))
                .isEmpty();
    }

    private static List<String> broken(List<String> messages) {
        return messages.stream()
                .flatMap(message -> TextRules.brokenWithin(LONGEST_OF_A_FINDING, message).stream())
                .distinct()
                .toList();
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
