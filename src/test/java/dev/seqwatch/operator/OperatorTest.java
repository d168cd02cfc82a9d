package dev.seqwatch.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.seqwatch.cluster.LocalCluster;
import dev.seqwatch.cluster.SharedCluster;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against an address where nobody listens: that a database is down is a result. */
class OperatorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final LocalCluster CLUSTER = SharedCluster.get();
    private static RunningOperator operator;

    private final String namespace = SharedCluster.newNamespace();

    @BeforeAll
    static void start() {
        operator = RunningOperator.start(CLUSTER, Map.of("SEQWATCH_ALLOWED_HOSTS", "127.0.0.1,*.allowed"));
    }

    @AfterAll
    static void stop() {
        operator.close();
    }

    @Test
    void ten_ticks_pass() {
        secret("login");
        monitor("shop", RunningOperator.QUICK, "");
        var seen = new HashSet<String>();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
            seen.addAll(lastInspection("shop"));
            return seen.size() > 10;
        });
    }

    @Test
    void a_database_that_is_down_is_told_in_status_metrics_and_one_event() {
        secret("login");
        monitor("shop", RunningOperator.QUICK, "");
        awaitCondition("shop", "Ready", "False ConnectionFailed");
        awaitCondition("shop", "Healthy", "Unknown DatabaseUnread");
        var seen = new HashSet<String>();
        await().atMost(PATIENCE).until(() -> {
            seen.addAll(lastInspection("shop"));
            return seen.size() > 3;
        });
        assertThat(operator.series(namespace, "shop"))
                .anyMatch(line -> line.startsWith("seqwatch_database_up{") && line.endsWith(" 0.0"));
        var events = CLUSTER.kubectl()
                .expect(
                        "get",
                        "events.events.k8s.io",
                        "-n",
                        namespace,
                        "-o=jsonpath={range .items[*]}{.reason} {.type} {.regarding.kind}/{.regarding.name}\n{end}");
        assertThat(events.strip()).isEqualTo("DatabaseLost Warning SequenceMonitor/shop");
    }

    @Test
    void an_edit_of_the_spec_is_seen_at_once_and_an_edit_of_anything_else_is_not() throws InterruptedException {
        secret("login");
        monitor("shop", "1h", "");
        awaitGeneration("shop", 1);
        var first = lastInspection("shop");
        CLUSTER.kubectl().expect("label", "seqmon", "shop", "-n", namespace, "team=a");
        CLUSTER.kubectl()
                .expect(
                        "patch",
                        "seqmon",
                        "shop",
                        "-n",
                        namespace,
                        "--subresource=status",
                        "--type=merge",
                        "-p={\"status\":{\"findingsOmitted\":7}}");
        Thread.sleep(1_500);
        assertThat(lastInspection("shop")).isEqualTo(first);
        CLUSTER.kubectl()
                .expect(
                        "patch",
                        "seqmon",
                        "shop",
                        "-n",
                        namespace,
                        "--type=merge",
                        "-p={\"spec\":{\"interval\":\"2h\"}}");
        awaitGeneration("shop", 2);
        assertThat(lastInspection("shop")).isNotEqualTo(first);
        assertThat(operator.series(namespace, "shop"))
                .anyMatch(line -> line.startsWith("seqwatch_interval_seconds{") && line.endsWith(" 7200.0"));
    }

    @Test
    void series_go_with_their_monitor() {
        secret("login");
        monitor("shop", "1h", "");
        await().atMost(PATIENCE).until(() -> !operator.series(namespace, "shop").isEmpty());
        CLUSTER.kubectl().expect("delete", "seqmon", "shop", "-n", namespace);
        await().atMost(PATIENCE).until(() -> operator.series(namespace, "shop").isEmpty());
    }

    @Test
    void a_suspended_monitor_is_left_alone_and_goes_on_when_it_is_not() throws InterruptedException {
        secret("login");
        monitor("shop", RunningOperator.QUICK, "");
        awaitCondition("shop", "Ready", "False ConnectionFailed");
        suspend("shop", true);
        awaitCondition("shop", "Ready", "Unknown Suspended");
        await().atMost(PATIENCE).until(() -> operator.series(namespace, "shop").isEmpty());
        Thread.sleep(600);
        assertThat(operator.series(namespace, "shop")).isEmpty();
        suspend("shop", false);
        awaitCondition("shop", "Ready", "False ConnectionFailed");
        await().atMost(PATIENCE).until(() -> !lastInspection("shop").isEmpty());
    }

    @Test
    void a_secret_is_waited_for_and_a_wrong_one_is_named() {
        monitor("shop", RunningOperator.QUICK, "");
        awaitCondition("shop", "Ready", "False SecretNotFound");
        awaitCondition("shop", "Healthy", "Unknown NotInspected");
        CLUSTER.kubectl().expect("create", "secret", "generic", "login", "-n", namespace, "--from-literal=password=x");
        awaitCondition("shop", "Ready", "False SecretIncomplete");
        CLUSTER.kubectl().expect("delete", "secret", "login", "-n", namespace);
        secret("login");
        awaitCondition("shop", "Ready", "False ConnectionFailed");
    }

    @Test
    void a_host_that_the_operator_may_not_connect_to_is_refused() {
        secret("login");
        monitor("shop", RunningOperator.QUICK, "", "db.elsewhere");
        awaitCondition("shop", "Ready", "False HostNotAllowed");
        assertThat(operator.series(namespace, "shop"))
                .containsExactly(
                        "seqwatch_database_up{database=\"\",monitor=\"shop\",namespace=\"" + namespace + "\",} 0.0");
    }

    @Test
    void what_the_api_server_cannot_see_the_operator_tells() {
        CLUSTER.kubectl()
                .expect(
                        "create",
                        "secret",
                        "generic",
                        "login",
                        "-n",
                        namespace,
                        "--from-literal=username=u",
                        "--from-literal=uri=postgresql://u:topsecret@h:notaport/db");
        monitor("shop", RunningOperator.QUICK, "");
        awaitCondition("shop", "Ready", "False SecretIncomplete");
        assertThat(CLUSTER.kubectl().expect("get", "seqmon", "shop", "-n", namespace, "-o=yaml"))
                .doesNotContain("topsecret");
    }

    @Test
    void conditions_of_other_writers_survive() {
        secret("login");
        monitor("shop", RunningOperator.QUICK, "");
        awaitCondition("shop", "Ready", "False ConnectionFailed");
        var other = """
                {"apiVersion":"seqwatch.dev/v1alpha1","kind":"SequenceMonitor","metadata":{"name":"shop"},
                 "status":{"conditions":[{"type":"Approved","status":"True","reason":"Seen","message":"yes",
                 "lastTransitionTime":"2026-01-01T00:00:00Z"}]}}""";
        try (var client = CLUSTER.client()) {
            client.genericKubernetesResources("seqwatch.dev/v1alpha1", "SequenceMonitor")
                    .inNamespace(namespace)
                    .withName("shop")
                    .subresource("status")
                    .patch(
                            new io.fabric8.kubernetes.client.dsl.base.PatchContext.Builder()
                                    .withPatchType(io.fabric8.kubernetes.client.dsl.base.PatchType.SERVER_SIDE_APPLY)
                                    .withFieldManager("approver")
                                    .build(),
                            other);
        }
        suspend("shop", true);
        awaitCondition("shop", "Ready", "Unknown Suspended");
        awaitCondition("shop", "Approved", "True Seen");
    }

    private void secret(String name) {
        CLUSTER.kubectl()
                .expect(
                        "create",
                        "secret",
                        "generic",
                        name,
                        "-n",
                        namespace,
                        "--from-literal=username=seqwatch",
                        "--from-literal=password=topsecret");
    }

    private void monitor(String name, String interval, String more) {
        monitor(name, interval, more, "127.0.0.1");
    }

    private void monitor(String name, String interval, String more, String host) {
        CLUSTER.kubectl().apply("""
                apiVersion: seqwatch.dev/v1alpha1
                kind: SequenceMonitor
                metadata: {name: %s, namespace: %s}
                spec:
                  interval: %s
                  connection: {host: %s, port: 1, credentials: {secretRef: {name: login}}}
                %s
                """.formatted(name, namespace, interval, host, more));
    }

    private void suspend(String name, boolean suspend) {
        CLUSTER.kubectl()
                .expect(
                        "patch",
                        "seqmon",
                        name,
                        "-n",
                        namespace,
                        "--type=merge",
                        "-p={\"spec\":{\"suspend\":" + suspend + "}}");
    }

    private void awaitCondition(String name, String type, String expected) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(CLUSTER.kubectl()
                                .expect(
                                        "get",
                                        "seqmon",
                                        name,
                                        "-n",
                                        namespace,
                                        "-o=jsonpath={range .status.conditions[?(@.type=='" + type
                                                + "')]}{.status} {.reason}{end}"))
                        .isEqualTo(expected));
    }

    private void awaitGeneration(String name, int generation) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(CLUSTER.kubectl()
                                .expect(
                                        "get",
                                        "seqmon",
                                        name,
                                        "-n",
                                        namespace,
                                        "-o=jsonpath={.status.observedGeneration}"))
                        .isEqualTo(String.valueOf(generation)));
    }

    private java.util.Set<String> lastInspection(String monitor) {
        return operator.series(namespace, monitor).stream()
                .filter(line -> line.startsWith("seqwatch_last_inspection_timestamp_seconds{"))
                .collect(Collectors.toSet());
    }
}
