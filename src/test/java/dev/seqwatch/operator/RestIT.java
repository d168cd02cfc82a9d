package dev.seqwatch.operator;

import static dev.seqwatch.operator.Monitors.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.seqwatch.cluster.SharedCluster;
import dev.seqwatch.testing.Doorway;
import dev.seqwatch.testing.PostgresServer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A database gives a tenth of its time at most, whichever process takes it. */
class RestIT {
    private static final Duration REST = Duration.ofHours(2);

    private final String namespace = SharedCluster.newNamespace();
    private final Map<String, String> environment = Map.of("SEQWATCH_NAMESPACES", namespace);

    @Test
    void a_restart_of_the_operator_does_not_end_the_rest_and_an_edit_does() throws Exception {
        var cluster = SharedCluster.get();
        var server = PostgresServer.of(18);
        try (var doorway = Doorway.to(server.host(), server.port())) {
            var monitors = new Monitors(cluster.kubectl(), namespace, doorway.port());
            monitors.secret("username=" + server.superuser(), "password=" + server.password());
            Pacing afterALongInspection =
                    ended -> new Pacing.Next(ended.endedAt().plus(REST), true);
            try (var _ = RunningOperator.startWith(cluster, environment, afterALongInspection)) {
                monitors.create("shop", "10s", "127.0.0.1", "postgres");
                monitors.awaitCondition("shop", "Ready", "True DatabasesRead");
                assertThat(monitors.field("shop", ".status.nextInspectionTime")).isNotEmpty();
            }
            var connections = doorway.connections().size();
            try (var operator = RunningOperator.start(cluster, environment)) {
                await().atMost(PATIENCE)
                        .until(() -> operator.series(namespace, "shop").stream()
                                .anyMatch(line -> line.startsWith("seqwatch_database_up{") && line.endsWith(" 1.0")));
                assertThat(operator.series(namespace, "shop"))
                        .contains("seqwatch_monitor_ready{monitor=\"shop\",namespace=\"" + namespace + "\",} 1.0")
                        .anyMatch(line ->
                                line.startsWith("seqwatch_inspection_overdue_seconds{") && line.endsWith(" 0.0"));
                Thread.sleep(1_500);
                assertThat(doorway.connections()).hasSize(connections);

                monitors.patch("shop", "{\"spec\":{\"interval\":\"11s\"}}");
                monitors.awaitField("shop", ".status.observedGeneration", "2");
                assertThat(doorway.connections()).hasSizeGreaterThan(connections);
                assertThat(monitors.field("shop", ".status.nextInspectionTime")).isEmpty();
            }
        }
    }
}
