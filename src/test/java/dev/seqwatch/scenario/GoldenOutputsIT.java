package dev.seqwatch.scenario;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.seqwatch.api.v1alpha1.SequenceMonitorSpec.SequenceSeries;
import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus;
import dev.seqwatch.check.CheckPolicy;
import dev.seqwatch.cluster.Tools;
import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.inspection.ServerInspection;
import dev.seqwatch.postgres.catalog.Scope;
import dev.seqwatch.reading.DatabaseReader;
import dev.seqwatch.report.metrics.InspectionMetrics;
import dev.seqwatch.report.metrics.MetricSettings;
import dev.seqwatch.report.metrics.MonitorName;
import dev.seqwatch.report.status.InspectionOutcome;
import dev.seqwatch.report.status.MonitorEvents;
import dev.seqwatch.report.status.StatusReport;
import dev.seqwatch.report.text.InspectionJson;
import dev.seqwatch.report.text.InspectionMarkdown;
import dev.seqwatch.report.text.InspectionTable;
import dev.seqwatch.report.text.RemedyScript;
import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every output of the large fixtures, compared byte for byte with {@code src/test/resources/golden}: a change of the
 * code shows what it changes for users. {@code make golden} accepts the outputs of today; review the difference in git.
 */
class GoldenOutputsIT {
    private static final boolean ACCEPT = Boolean.getBoolean("seqwatch.golden.accept");
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final String NAME = "golden";

    private static final ObjectMapper YAML = new ObjectMapper(
                    new YAMLFactory().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER))
            .registerModule(new JavaTimeModule());

    static Stream<PostgresServer> servers() {
        return Stream.of(13, 15, 18).filter(PostgresServer.MAJORS::contains).map(PostgresServer::of);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void every_output_of_every_failure(PostgresServer server) throws Exception {
        try (var database = server.database(NAME)) {
            AllFailures.fill(database);
            compare(database, "failures");
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void every_output_of_application_schemas(PostgresServer server) throws Exception {
        try (var database = server.database(NAME)) {
            AllFailures.run(database, ApplicationsIT.read("styles.sql"));
            compare(database, "applications");
        }
    }

    private static void compare(Database database, String fixture) throws Exception {
        database.analyze();
        var folder = Tools.project()
                .resolve("src/test/resources/golden/%s-%d"
                        .formatted(fixture, database.server().major()));
        var changed = new TreeMap<String, String>();
        for (var output : outputs(inspection(database)).entrySet()) {
            var file = folder.resolve(output.getKey());
            var text = output.getValue();
            if (ACCEPT) {
                Files.createDirectories(folder);
                Files.writeString(file, text);
            } else if (!text.equals(read(file))) {
                changed.put(output.getKey(), text);
            }
        }
        for (var each : changed.entrySet()) {
            assertThat(each.getValue())
                    .as(
                            "%s of %s; also changed: %s. `make golden` accepts the change",
                            each.getKey(), folder, changed.keySet())
                    .isEqualTo(read(folder.resolve(each.getKey())));
        }
    }

    private static String read(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private static Inspection inspection(Database database) {
        var reading = new DatabaseReader(InstantSource.fixed(NOW)).read(database.target(), database.name(), Scope.ALL);
        return Inspection.of(database.name(), reading, CheckPolicy.DEFAULT, List.of(), DatabaseHistory.NONE);
    }

    private static Map<String, String> outputs(Inspection inspection) throws IOException {
        var inspections = List.of(inspection);
        var server = ServerInspection.of(inspections);
        var outcome = new InspectionOutcome.Inspected(server, List.of(), NOW, null);
        var settings =
                new MetricSettings(SequenceSeries.All, 1000, Duration.ofMinutes(5), CheckPolicy.DEFAULT.exhaustion());
        return Map.of(
                "check.json",
                        new ObjectMapper()
                                        .readTree(InspectionJson.render(server, List.of()))
                                        .toPrettyString() + "\n",
                "check.txt",
                        InspectionTable.render(server, List.of(), new InspectionTable.Options(true, true, false, 100)),
                "check.md", InspectionMarkdown.render(server, List.of()),
                "remedies.sql", RemedyScript.render(inspections, true),
                "metrics.txt", sorted(InspectionMetrics.render(new MonitorName("shop", "shop"), server, settings)),
                "status.yaml",
                        YAML.writeValueAsString(StatusReport.next(SequenceMonitorStatus.NONE, 1, outcome, NOW))
                                .replaceAll("(?m)^( +)identity: .*", "$1identity: \"SYSTEM/OID\""),
                "events.txt", events(server));
    }

    private static String events(ServerInspection server) {
        var lines = new StringBuilder();
        MonitorEvents.of(SequenceMonitorStatus.NONE, server)
                .forEach(event -> lines.append(event.type())
                        .append(' ')
                        .append(event.reason())
                        .append(' ')
                        .append(event.note())
                        .append('\n'));
        return lines.toString();
    }

    /** The registry lists metrics and series in no order. */
    private static String sorted(String metrics) {
        return metrics.lines().sorted().collect(joining("\n", "", "\n"));
    }
}
