package dev.seqwatch.operator;

import static dev.seqwatch.operator.Monitors.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.seqwatch.cluster.LocalCluster;
import dev.seqwatch.cluster.SharedCluster;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against an address where nobody listens: that a database is down is a result. */
class OperatorIT {
    private static final LocalCluster CLUSTER = SharedCluster.get();
    private static final String[] LOGIN = {"username=seqwatch", "password=topsecret"};
    private static RunningOperator operator;

    private final String namespace = SharedCluster.newNamespace();
    private final Monitors monitors = Monitors.in(CLUSTER.kubectl(), namespace);

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
        monitors.secret(LOGIN);
        monitors.create("shop", RunningOperator.QUICK);
        awaitInspections(10);
    }

    @Test
    void a_database_that_is_down_is_told_in_status_metrics_and_one_event() {
        monitors.secret(LOGIN);
        monitors.create("shop", RunningOperator.QUICK);
        monitors.awaitCondition("shop", "Ready", "False ConnectionFailed");
        monitors.awaitCondition("shop", "Healthy", "Unknown DatabaseUnread");
        awaitInspections(3);
        assertThat(operator.series(namespace, "shop"))
                .anyMatch(line -> line.startsWith("seqwatch_database_up{") && line.endsWith(" 0.0"));
        assertThat(monitors.run(
                        "get",
                        "events.events.k8s.io",
                        "-o=jsonpath={range .items[*]}{.reason} {.type} {.regarding.kind}/{.regarding.name}{end}"))
                .isEqualTo("DatabaseUnreachable Warning SequenceMonitor/shop");
        assertThat(monitors.run("get", "seqmon,events", "-o=yaml")).doesNotContain("topsecret");
    }

    @Test
    void an_edit_of_the_spec_is_seen_at_once_and_an_edit_of_anything_else_is_not() throws InterruptedException {
        monitors.secret(LOGIN);
        monitors.create("shop", "1h");
        monitors.awaitField("shop", ".status.observedGeneration", "1");
        var first = operator.lastInspection(namespace, "shop");
        monitors.run("label", "seqmon", "shop", "seen=true");
        monitors.run(
                "patch",
                "seqmon",
                "shop",
                "--subresource=status",
                "--type=merge",
                "-p={\"status\":{\"findingsOmitted\":7}}");
        Thread.sleep(1_500);
        assertThat(operator.lastInspection(namespace, "shop")).isEqualTo(first);
        monitors.patch("shop", "{\"spec\":{\"interval\":\"2h\"}}");
        monitors.awaitField("shop", ".status.observedGeneration", "2");
        assertThat(operator.lastInspection(namespace, "shop")).isNotEqualTo(first);
        assertThat(operator.series(namespace, "shop"))
                .anyMatch(line -> line.startsWith("seqwatch_inspection_interval_seconds{") && line.endsWith(" 7200.0"));
    }

    @Test
    void series_go_with_their_monitor() {
        monitors.secret(LOGIN);
        monitors.create("shop", "1h");
        await().atMost(PATIENCE).until(() -> !operator.series(namespace, "shop").isEmpty());
        monitors.run("delete", "seqmon", "shop");
        await().atMost(PATIENCE).until(() -> operator.series(namespace, "shop").isEmpty());
    }

    @Test
    void a_suspended_monitor_is_left_alone_and_goes_on_when_it_is_not() throws InterruptedException {
        monitors.secret(LOGIN);
        monitors.create("shop", RunningOperator.QUICK);
        monitors.awaitCondition("shop", "Ready", "False ConnectionFailed");
        monitors.patch("shop", "{\"spec\":{\"suspend\":true}}");
        monitors.awaitCondition("shop", "Ready", "Unknown Suspended");
        Thread.sleep(600);
        assertThat(operator.series(namespace, "shop"))
                .containsExactlyInAnyOrder(
                        "seqwatch_monitor_status_written{monitor=\"shop\",namespace=\"" + namespace + "\",} 1.0",
                        "seqwatch_monitor_suspended{monitor=\"shop\",namespace=\"" + namespace + "\",} 1.0");
        monitors.patch("shop", "{\"spec\":{\"suspend\":false}}");
        monitors.awaitCondition("shop", "Ready", "False ConnectionFailed");
        awaitInspections(2);
    }

    @Test
    void a_secret_is_waited_for_and_one_that_lacks_a_key_is_named() {
        monitors.create("shop", RunningOperator.QUICK);
        monitors.awaitCondition("shop", "Ready", "False SecretNotFound");
        monitors.awaitCondition("shop", "Healthy", "Unknown NotInspected");
        monitors.secret("password=x");
        monitors.awaitCondition("shop", "Ready", "False SecretIncomplete");
        monitors.run("delete", "secret", "login");
        monitors.secret(LOGIN);
        monitors.awaitCondition("shop", "Ready", "False ConnectionFailed");
    }

    @Test
    void a_key_that_is_no_text_is_named_where_it_is_used() {
        secretOfBytes("password: /w==");
        monitors.create("shop", RunningOperator.QUICK);
        monitors.awaitCondition("shop", "Ready", "False SecretIncomplete");
        assertThat(monitors.field("shop", ".status.conditions[?(@.type=='Ready')].message"))
                .isEqualTo("The key password of Secret login is not a text in UTF-8: write its value again.");
        secretOfBytes("password: eA==, keystore.p12: /w==");
        monitors.awaitCondition("shop", "Ready", "False ConnectionFailed");
    }

    private void secretOfBytes(String data) {
        CLUSTER.kubectl().apply("""
                apiVersion: v1
                kind: Secret
                metadata: {name: login, namespace: %s}
                data: {username: dQ==, %s}
                """.formatted(namespace, data));
    }

    @Test
    void a_host_that_the_operator_may_not_connect_to_is_refused() {
        monitors.secret(LOGIN);
        monitors.create("shop", RunningOperator.QUICK, "db.elsewhere", "*");
        monitors.awaitCondition("shop", "Ready", "False HostNotAllowed");
        assertThat(operator.series(namespace, "shop"))
                .contains("seqwatch_database_up{database=\"\",monitor=\"shop\",namespace=\"" + namespace + "\",} 0.0");
    }

    @Test
    void what_the_api_server_cannot_see_the_operator_tells_without_the_password() {
        monitors.secret("username=u", "uri=postgresql://u:topsecret@h:notaport/db");
        monitors.create("shop", RunningOperator.QUICK);
        monitors.awaitCondition("shop", "Ready", "False SecretIncomplete");
        assertThat(monitors.run("get", "seqmon", "shop", "-o=yaml")).doesNotContain("topsecret");
    }

    @Test
    void a_status_that_cannot_be_written_is_a_metric_until_it_can() {
        monitors.secret(LOGIN);
        var policy = CLUSTER.kubectl().apply("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: %1$s}
                spec:
                  matchConstraints:
                    namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %1$s}}
                    resourceRules:
                    - {apiGroups: [seqwatch.dev], apiVersions: [v1alpha1], operations: [UPDATE], resources: [sequencemonitors/status]}
                  validations: [{expression: "false", message: no status today}]
                ---
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicyBinding
                metadata: {name: %1$s}
                spec: {policyName: %1$s, validationActions: [Deny]}
                """.formatted(namespace));
        assertThat(policy).contains("created");
        try {
            awaitRefusal();
            monitors.create("shop", RunningOperator.QUICK);
            awaitStatusWritten("0.0");
        } finally {
            CLUSTER.kubectl().expect("delete", "validatingadmissionpolicybinding", namespace);
            CLUSTER.kubectl().expect("delete", "validatingadmissionpolicy", namespace);
        }
        awaitStatusWritten("1.0");
        monitors.awaitCondition("shop", "Ready", "False ConnectionFailed");
    }

    /** A policy takes effect some time after it was created. */
    private void awaitRefusal() {
        monitors.create("probe", RunningOperator.QUICK);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !CLUSTER.kubectl()
                        .run(
                                "patch",
                                "seqmon",
                                "probe",
                                "--namespace=" + namespace,
                                "--subresource=status",
                                "--type=merge",
                                "-p={\"status\":{\"observedGeneration\":" + System.nanoTime() + "}}")
                        .succeeded());
    }

    private void awaitStatusWritten(String value) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> operator.series(namespace, "shop")
                        .contains("seqwatch_monitor_status_written{monitor=\"shop\",namespace=\"" + namespace + "\",} "
                                + value));
    }

    @Test
    void conditions_of_other_writers_survive() {
        monitors.secret(LOGIN);
        monitors.create("shop", RunningOperator.QUICK);
        monitors.awaitCondition("shop", "Ready", "False ConnectionFailed");
        try (var client = CLUSTER.client()) {
            client.genericKubernetesResources("seqwatch.dev/v1alpha1", "SequenceMonitor")
                    .inNamespace(namespace)
                    .withName("shop")
                    .subresource("status")
                    .patch(
                            new PatchContext.Builder()
                                    .withPatchType(PatchType.SERVER_SIDE_APPLY)
                                    .withFieldManager("approver")
                                    .build(),
                            """
                            {"apiVersion": "seqwatch.dev/v1alpha1", "kind": "SequenceMonitor",
                             "metadata": {"name": "shop"},
                             "status": {"conditions": [{"type": "Approved", "status": "True", "reason": "Seen",
                               "message": "yes", "lastTransitionTime": "2026-01-01T00:00:00Z"}]}}
                            """);
        }
        monitors.patch("shop", "{\"spec\":{\"suspend\":true}}");
        monitors.awaitCondition("shop", "Ready", "Unknown Suspended");
        monitors.awaitCondition("shop", "Approved", "True Seen");
    }

    private void awaitInspections(int number) {
        var seen = new HashSet<String>();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
            seen.addAll(operator.lastInspection(namespace, "shop"));
            return seen.size() > number;
        });
    }
}
