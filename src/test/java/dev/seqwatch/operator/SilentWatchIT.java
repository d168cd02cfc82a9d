package dev.seqwatch.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.seqwatch.cluster.LocalCluster;
import dev.seqwatch.cluster.SharedCluster;
import dev.seqwatch.testing.Doorway;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A watch whose connection is forgotten on the way, without an end that this side sees. */
class SilentWatchIT {
    private static final LocalCluster CLUSTER = SharedCluster.get();

    @Test
    void a_deletion_is_seen_although_the_connection_of_the_watch_is_dead() throws IOException {
        var namespace = SharedCluster.newNamespace();
        var monitors = Monitors.in(CLUSTER.kubectl(), namespace);
        try (var doorway = Doorway.to("127.0.0.1", URI.create(CLUSTER.url()).getPort());
                var operator = RunningOperator.startBehind(doorway, CLUSTER, Duration.ofSeconds(3))) {
            monitors.secret("username=seqwatch", "password=topsecret");
            monitors.create("shop", RunningOperator.QUICK);
            monitors.awaitCondition("shop", "Ready", "False ConnectionFailed");
            doorway.freeze();
            monitors.run("delete", "seqmon", "shop");
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () -> assertThat(operator.series(namespace, "shop")).isEmpty());
        }
    }
}
