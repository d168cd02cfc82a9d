package dev.seqwatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.seqwatch.api.v1alpha1.SequenceMonitorSpec;
import dev.seqwatch.cluster.Tools;
import dev.seqwatch.config.InvalidMonitorException;
import dev.seqwatch.config.SpecValidator;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.report.metrics.Metric;
import dev.seqwatch.report.status.ConditionReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The reference pages agree with the code, and every page that a page links to exists. */
final class ReadmeTest {
    private static final Path README = Tools.project().resolve("README.md");
    private static final Path REFERENCE = Tools.project().resolve("docs/reference");

    @Test
    void the_metrics_page_names_every_metric_and_no_other() throws IOException {
        var named = found(Pattern.compile("`(seqwatch_\\w+)"), Files.readString(REFERENCE.resolve("metrics.md")));

        var ofMonitors = Arrays.stream(Metric.values()).map(Metric::fullName);
        assertThat(named)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(ofMonitors, Stream.of("seqwatch_leader", "seqwatch_inspection_overdue_seconds"))
                                .toList());
    }

    @Test
    void the_conditions_page_says_what_to_do_for_every_reason() throws IOException {
        var table = Files.readString(REFERENCE.resolve("conditions.md"))
                .replaceAll("(?s).*\\| reason \\| condition \\|.*?\n(.*?)\n\n.*", "$1");
        var reasons = Stream.of(
                        ConditionReason.values(), InvalidMonitorException.Reason.values(), ReadResult.Reason.values())
                .flatMap(Arrays::stream)
                .map(Enum::name)
                .toList();

        assertThat(found(Pattern.compile("`([A-Z]\\w+)`(?=.* \\| (?:Ready|Healthy|both) \\|)"), table))
                .containsExactlyInAnyOrderElementsOf(reasons);
    }

    @Test
    void theRunbooksOfAMonitorThatDoesNotWorkSayWhatToDoForEveryReason() throws IOException {
        var ofTheMonitor =
                Arrays.stream(InvalidMonitorException.Reason.values()).map(Enum::name);
        var ofADatabase = Arrays.stream(ReadResult.Reason.values()).map(Enum::name);

        assertThat(reasonsInRunbook("DatabaseUnreachable"))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(ofADatabase, ofTheMonitor).toList());
        assertThat(reasonsInRunbook("SequenceMonitorNotReady"))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                Arrays.stream(InvalidMonitorException.Reason.values())
                                        .map(Enum::name),
                                Stream.of(ConditionReason.NoDatabase.name()))
                        .toList());
    }

    /** Those in the first column of its table. */
    private static List<String> reasonsInRunbook(String name) throws IOException {
        var runbook = Files.readString(Tools.project().resolve("docs/runbooks/" + name + ".md"));
        return Pattern.compile("(?m)^\\| (`.*?) \\|")
                .matcher(runbook)
                .results()
                .flatMap(row -> found(Pattern.compile("`(\\w+)`"), row.group(1)).stream())
                .toList();
    }

    @Test
    void the_example_of_a_monitor_is_understood() throws IOException {
        var yaml = YAMLMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        var monitor = yaml.readTree(block("yaml"));
        var spec = yaml.treeToValue(monitor.path("spec"), SequenceMonitorSpec.class);

        assertThat(SpecValidator.of(spec)).isEmpty();
        assertThat(monitor.path("spec").propertyStream().map(field -> field.getKey()))
                .as("fields of the example, which shows all there are")
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(SequenceMonitorSpec.class.getRecordComponents())
                        .map(component -> component.getName())
                        .toList());
    }

    @Test
    void every_page_that_is_linked_to_exists() throws IOException {
        var link = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");
        try (var pages = Files.walk(Tools.project().resolve("docs"))) {
            var missing = Stream.concat(Stream.of(README, README.resolveSibling("CONTRIBUTING.md")), pages)
                    .filter(page -> page.toString().endsWith(".md"))
                    .flatMap(page -> found(link, read(page)).stream()
                            .filter(target -> !Files.exists(page.resolveSibling(target)))
                            .map(target -> page.getFileName() + " points to " + target))
                    .toList();

            assertThat(missing).isEmpty();
        }
    }

    private static String block(String language) throws IOException {
        return found(
                        Pattern.compile("(?s)```" + language + "\n(.*?)```"),
                        Files.readString(REFERENCE.resolve("monitor.md")))
                .getLast();
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
