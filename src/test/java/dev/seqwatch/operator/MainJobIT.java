package dev.seqwatch.operator;

import static dev.seqwatch.operator.Monitors.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.seqwatch.cluster.SharedCluster;
import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.PostgresServer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A real PostgreSQL, a real API server: a sequence runs out, somebody mends it. */
class MainJobIT {
    private final String namespace = SharedCluster.newNamespace();

    @Test
    void a_finding_comes_and_goes_with_what_it_is_about() throws Exception {
        var server = PostgresServer.of(18);
        var monitors = new Monitors(SharedCluster.get().kubectl(), namespace, server.port());
        try (var database = server.database();
                var operator = RunningOperator.start(SharedCluster.get(), Map.of("SEQWATCH_NAMESPACES", namespace))) {
            database.execute("""
                    CREATE TABLE orders (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
                    SELECT setval('orders_id_seq', 2100000000)""");
            monitors.secret("username=" + server.superuser(), "password=" + server.password());
            monitors.create("shop", RunningOperator.QUICK, server.host(), database.name());
            monitors.awaitCondition("shop", "Ready", "True DatabasesRead");
            monitors.awaitCondition("shop", "Healthy", "False CriticalFindings");
            assertThat(monitors.field("shop", ".status.summary.highestUsedPercent"))
                    .isEqualTo("97");
            await().atMost(PATIENCE).until(() -> finding(operator));
            database.execute(monitors.field("shop", ".status.findings[0].remedy"));
            monitors.awaitCondition("shop", "Healthy", "True NothingFound");
            assertThat(finding(operator)).isFalse();
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(events(monitors)).contains("FindingAppeared Warning", "FindingResolved Normal"));
            changedPassword(monitors, database);
        }
    }

    /** Another role in the Secret is used at the next inspection, without a restart. */
    private static void changedPassword(Monitors monitors, Database database) throws Exception {
        database.execute("CREATE ROLE " + database.name() + "_reader LOGIN PASSWORD 'changed'");
        monitors.run("delete", "secret", "login");
        monitors.secret("username=" + database.name() + "_reader", "password=changed");
        monitors.awaitCondition("shop", "Healthy", "False WarningFindings");
        assertThat(monitors.field("shop", ".status.findings[0].check")).isEqualTo("InsufficientPrivileges");
        database.execute("DROP ROLE " + database.name() + "_reader");
    }

    private boolean finding(RunningOperator operator) {
        return operator.series(namespace, "shop").stream()
                .anyMatch(line -> line.startsWith("seqwatch_finding_info{") && line.contains("SequenceExhaustion"));
    }

    private static String events(Monitors monitors) {
        return monitors.run("get", "events.events.k8s.io", "-o=jsonpath={range .items[*]}{.reason} {.type}\n{end}");
    }
}
