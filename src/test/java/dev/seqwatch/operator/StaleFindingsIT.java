package dev.seqwatch.operator;

import static dev.seqwatch.operator.Monitors.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.seqwatch.cluster.LocalCluster;
import dev.seqwatch.cluster.SharedCluster;
import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.EmbeddedServers;
import dev.seqwatch.testing.PostgresServer;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What hides a finding resolves no page: real servers, a real Kubernetes API. */
class StaleFindingsIT {
    private static final int MAJOR = 18;
    private static final LocalCluster CLUSTER = SharedCluster.get();
    private static final String BEHIND = "?(@.check==\"SequenceBehind\")";

    private final String namespace = SharedCluster.newNamespace();
    private final Monitors monitors = Monitors.in(CLUSTER.kubectl(), namespace);

    @Test
    void a_locked_table_keeps_its_finding_until_it_can_be_compared() throws SQLException {
        try (var database = PostgresServer.of(MAJOR).database();
                var operator = operator()) {
            fill(database);
            create(database, database.server());
            awaitBehind();
            var since = finding(".since");
            var series = findingSeries(operator);
            try (var connection = database.connect(database.server().superuser());
                    var statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("LOCK TABLE late IN ACCESS EXCLUSIVE MODE");
                awaitStale("The ids of public.late were not compared: another session holds a lock on the table.");
                assertThat(finding(".since")).isEqualTo(since);
                assertThat(finding(".severity")).isEqualTo("Critical");
                assertThat(findingSeries(operator)).containsAll(series);
                assertThat(operator.series(namespace, "shop"))
                        .anyMatch(line -> line.startsWith("seqwatch_stale_finding_info{"));
                connection.rollback();
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(finding(".staleSince")).isEmpty());
            assertThat(finding(".since")).isEqualTo(since);
            database.execute("SELECT setval('late_id_seq', 10)");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(finding(".check")).isEmpty());
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(events()).isEqualTo("FindingAppeared FindingResolved "));
        }
    }

    @Test
    void a_revoked_privilege_keeps_the_finding() throws SQLException {
        try (var database = PostgresServer.of(MAJOR).database();
                var operator = operator()) {
            fill(database);
            create(database, database.server());
            awaitBehind();
            var since = finding(".since");
            var series = findingSeries(operator);
            database.execute("REVOKE SELECT ON late FROM " + role(database));
            awaitStale(
                    "The ids of public.late were not compared: no SELECT privilege on the column, or no USAGE on its schema.");
            assertThat(finding(".since")).isEqualTo(since);
            assertThat(findingSeries(operator)).containsAll(series);
            database.execute("GRANT SELECT ON late TO " + role(database));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(finding(".staleSince")).isEmpty());
        }
    }

    @Test
    void a_failover_to_the_standby_keeps_the_finding() throws SQLException {
        assumeFalse(
                System.getProperty("seqwatch.postgres", "embedded").equals("containers"),
                "a container's data folder cannot be copied from here");
        var primary = PostgresServer.own(MAJOR);
        var standby = EmbeddedServers.standbyOf(primary);
        try (var operator = operator()) {
            var database = primary.database();
            fill(database);
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> new Database(standby, database.name())
                            .value("SELECT count(*) FROM last")
                            .equals("0"));
            create(database, primary, standby);
            awaitBehind();
            var since = finding(".since");
            var series = findingSeries(operator);
            EmbeddedServers.stop(primary);
            awaitStale(
                    "The ids of public.late were not compared: a standby's positions run ahead, so ids cannot be compared there.");
            assertThat(finding(".since")).isEqualTo(since);
            assertThat(findingSeries(operator)).containsAll(series);
        } finally {
            EmbeddedServers.stop(standby);
        }
    }

    @Test
    void a_restart_of_the_operator_while_the_database_is_down_keeps_the_series() throws SQLException {
        var server = PostgresServer.own(MAJOR);
        List<String> series;
        String since;
        try (var operator = operator()) {
            var database = server.database();
            fill(database);
            create(database, server);
            awaitBehind();
            since = finding(".since");
            series = findingSeries(operator);
            EmbeddedServers.stop(server);
        }
        try (var operator = operator()) {
            await().atMost(PATIENCE)
                    .until(() -> operator.series(namespace, "shop").stream()
                            .anyMatch(line -> line.startsWith("seqwatch_database_up{") && line.endsWith(" 0.0")));
            assertThat(findingSeries(operator)).containsAll(series);
            awaitStale(null);
            assertThat(finding(".since")).isEqualTo(since);
        }
    }

    private RunningOperator operator() {
        return RunningOperator.start(CLUSTER, Map.of("SEQWATCH_NAMESPACES", namespace));
    }

    private static String role(Database database) {
        return database.name() + "_watcher";
    }

    /** The next insert into late fails. */
    private static void fill(Database database) throws SQLException {
        database.execute("""
                CREATE TABLE late (id bigserial PRIMARY KEY);
                INSERT INTO late SELECT generate_series(1, 10);
                DROP ROLE IF EXISTS %1$s;
                CREATE ROLE %1$s LOGIN;
                GRANT SELECT ON ALL TABLES IN SCHEMA public TO %1$s;
                GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO %1$s;
                CREATE TABLE last (id int)""".formatted(role(database)));
    }

    private void create(Database database, PostgresServer... servers) {
        monitors.secret("username=" + role(database), "password=any");
        var hosts = Stream.of(servers)
                .map(server -> "{host: %s, port: %d}".formatted(server.host(), server.port()))
                .collect(Collectors.joining(", "));
        CLUSTER.kubectl().apply("""
                apiVersion: seqwatch.dev/v1alpha1
                kind: SequenceMonitor
                metadata: {name: shop, namespace: %s}
                spec:
                  interval: %s
                  connection: {hosts: [%s], credentials: {secretRef: {name: login}}, tls: {mode: disable}}
                  databases: {include: ["%s"]}
                """.formatted(namespace, RunningOperator.QUICK, hosts, database.name()));
    }

    private void awaitBehind() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(finding(".severity")).isEqualTo("Critical"));
        monitors.awaitCondition("shop", "Healthy", "False CriticalFindings");
    }

    /** @param reason null where any will do */
    private void awaitStale(@Nullable String reason) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(finding(".staleSince")).isNotEmpty());
        if (reason != null) {
            assertThat(finding(".staleReason")).isEqualTo(reason);
        }
        monitors.awaitCondition("shop", "Healthy", "False CriticalFindings");
        assertThat(events()).doesNotContain("FindingResolved");
    }

    private String finding(String field) {
        return monitors.field("shop", ".status.findings[" + BEHIND + "]" + field);
    }

    private static List<String> findingSeries(RunningOperator operator, String namespace) {
        return operator.series(namespace, "shop").stream()
                .filter(line -> line.startsWith("seqwatch_finding_info{")
                        || (line.startsWith("seqwatch_findings{") && line.contains("SequenceBehind")))
                .toList();
    }

    private List<String> findingSeries(RunningOperator operator) {
        var series = findingSeries(operator, namespace);
        assertThat(series).anyMatch(line -> line.startsWith("seqwatch_finding_info{"));
        return series;
    }

    /** Reasons of the events about findings, in their order. */
    private String events() {
        return Stream.of(monitors.run(
                                "get",
                                "events.events.k8s.io",
                                "--sort-by=.eventTime",
                                "-o=jsonpath={range .items[*]}{.reason}{\"\\n\"}{end}")
                        .split("\n"))
                .filter(reason -> reason.startsWith("Finding"))
                .map(reason -> reason + " ")
                .collect(Collectors.joining());
    }
}
