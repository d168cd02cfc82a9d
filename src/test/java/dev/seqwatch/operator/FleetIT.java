package dev.seqwatch.operator;

import static dev.seqwatch.operator.Monitors.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.seqwatch.cluster.Kubectl;
import dev.seqwatch.cluster.LocalCluster;
import dev.seqwatch.cluster.RunFolder;
import dev.seqwatch.cluster.SharedCluster;
import dev.seqwatch.cluster.Tools;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several operators, few rights, and an API server that goes away. */
class FleetIT {
    @Test
    void a_monitor_that_is_relabelled_changes_hands() {
        var cluster = SharedCluster.get();
        var namespace = SharedCluster.newNamespace();
        var monitors = Monitors.in(cluster.kubectl(), namespace);
        try (var a = RunningOperator.start(
                        cluster, Map.of("SEQWATCH_NAMESPACES", namespace, "SEQWATCH_SELECTOR", "team=a"));
                var b = RunningOperator.start(
                        cluster, Map.of("SEQWATCH_NAMESPACES", namespace, "SEQWATCH_SELECTOR", "team=b"))) {
            monitors.secret("username=seqwatch");
            monitors.create("shop", "1h");
            await().atMost(PATIENCE).until(() -> !a.series(namespace, "shop").isEmpty());
            assertThat(b.series(namespace, "shop")).isEmpty();
            monitors.run("label", "--overwrite", "seqmon", "shop", "team=b");
            await().atMost(PATIENCE)
                    .until(() -> a.series(namespace, "shop").isEmpty()
                            && !b.series(namespace, "shop").isEmpty());
        }
    }

    @Test
    void one_replica_leads_and_hands_over_when_it_stops() {
        var cluster = SharedCluster.get();
        var namespace = SharedCluster.newNamespace();
        var monitors = Monitors.in(cluster.kubectl(), namespace);
        try (var first = RunningOperator.start(cluster, replica("first", namespace))) {
            monitors.secret("username=seqwatch");
            monitors.create("shop", RunningOperator.QUICK);
            await().atMost(PATIENCE)
                    .until(() -> !first.series(namespace, "shop").isEmpty());
            try (var second = RunningOperator.start(cluster, replica("second", namespace))) {
                assertThat(second.series(namespace, "shop")).isEmpty();
                assertThat(first.leads()).isTrue();
                assertThat(second.leads()).isFalse();
                first.terminate();
                await().atMost(Duration.ofSeconds(12)) // a lease that is not released ends after 15 s
                        .until(() -> !second.series(namespace, "shop").isEmpty());
                assertThat(second.leads()).isTrue();
            }
        }
    }

    @Test
    void a_replica_that_loses_its_lease_ends_and_leaves_the_lease_alone() {
        var cluster = SharedCluster.get();
        var lease = "get lease seqwatch --namespace=seqwatch-system -o=jsonpath={.spec.holderIdentity}".split(" ");
        try (var operator = RunningOperator.start(cluster, replica("loser", SharedCluster.newNamespace()))) {
            await().atMost(Duration.ofSeconds(30)).until(operator::leads); // as long as another test's lease lasts
            var stolen = "{\"spec\":{\"holderIdentity\":\"thief\",\"renewTime\":\"2999-01-01T00:00:00.000000Z\"}}";
            cluster.kubectl()
                    .expect(
                            "patch",
                            "lease",
                            "seqwatch",
                            "--namespace=seqwatch-system",
                            "--type=merge",
                            "-p=" + stolen);
            await().atMost(PATIENCE).until(operator::lostLease);
            assertThat(operator.leads()).isFalse();
            operator.terminate();
            assertThat(cluster.kubectl().expect(lease)).isEqualTo("thief");
        } finally {
            cluster.kubectl().expect("delete", "lease", "seqwatch", "--namespace=seqwatch-system");
        }
    }

    @Test
    void an_api_server_that_goes_away_is_waited_for() throws InterruptedException {
        try (var cluster = LocalCluster.start(RunFolder.of("clusters-outage"))) {
            cluster.kubectl().apply(Tools.project().resolve("crds"));
            cluster.kubectl().apply(Tools.project().resolve("deploy/namespace.yaml"));
            cluster.kubectl().expect("wait", "--for=condition=Established", "--timeout=30s", "crd", "--all");
            var monitors = Monitors.in(cluster.kubectl(), "default");
            try (var operator = RunningOperator.start(cluster, Map.of())) {
                monitors.secret("username=seqwatch");
                monitors.create("shop", RunningOperator.QUICK);
                monitors.awaitCondition("shop", "Ready", "False ConnectionFailed");
                cluster.killApiServer();
                Thread.sleep(5_000);
                cluster.restartApiServer();
                var seen = new HashSet<>(operator.lastInspection("default", "shop"));
                await().atMost(Duration.ofSeconds(60)).until(() -> {
                    seen.addAll(operator.lastInspection("default", "shop"));
                    return seen.size() > 5;
                });
                monitors.patch("shop", "{\"spec\":{\"suspend\":true}}");
                monitors.awaitCondition("shop", "Ready", "Unknown Suspended");
            }
        }
    }

    @Test
    void a_monitor_of_another_definition_is_its_own_problem_alone() {
        try (var cluster = LocalCluster.start(RunFolder.of("clusters-newer"))) {
            cluster.kubectl().apply(Tools.project().resolve("deploy/namespace.yaml"));
            cluster.kubectl().apply(Tools.project().resolve("crds"));
            cluster.kubectl().expect("wait", "--for=condition=Established", "--timeout=30s", "crd", "--all");
            var spec = "/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/";
            cluster.kubectl()
                    .expect(
                            "patch",
                            "crd",
                            "sequencemonitors.seqwatch.dev",
                            "--type=json",
                            "-p=[" + added(spec + "checks/items/properties/name/enum/-", "NewCheck") + ","
                                    + added(spec + "connection/properties/tls/properties/mode/enum/-", "quantum")
                                    + "]");
            var monitors = Monitors.in(cluster.kubectl(), "default");
            monitors.secret("username=seqwatch");
            for (var name : List.of("check", "mode", "status", "known", "later")) {
                monitors.create(name, RunningOperator.QUICK);
            }
            monitors.patch("check", "{\"spec\":{\"checks\":[{\"name\":\"NewCheck\",\"severity\":\"Info\"}]}}");
            monitors.patch("mode", "{\"spec\":{\"connection\":{\"tls\":{\"mode\":\"quantum\"}}}}");
            monitors.run(
                    "patch",
                    "seqmon",
                    "status",
                    "--subresource=status",
                    "--type=merge",
                    "-p={\"status\":{\"summary\":{\"critical\":100000000000}}}");
            try (var operator = RunningOperator.start(cluster, Map.of())) {
                monitors.awaitCondition("known", "Ready", "False ConnectionFailed");
                monitors.awaitCondition("status", "Ready", "False ConnectionFailed");
                monitors.awaitCondition("check", "Ready", "False InvalidSpec");
                monitors.awaitCondition("mode", "Ready", "False InvalidSpec");
                assertThat(monitors.field("check", ".status.conditions[?(@.type=='Ready')].message"))
                        .startsWith("spec.checks[0].name: this version of Seqwatch does not know the value.");
                assertThat(monitors.field("mode", ".status.conditions[?(@.type=='Ready')].message"))
                        .startsWith("spec.connection.tls.mode: ");
                monitors.patch("later", "{\"spec\":{\"connection\":{\"tls\":{\"mode\":\"quantum\"}}}}");
                monitors.awaitCondition("later", "Ready", "False InvalidSpec");
                var seen = new HashSet<>(operator.lastInspection("default", "known"));
                await().atMost(PATIENCE).until(() -> {
                    seen.addAll(operator.lastInspection("default", "known"));
                    return seen.size() > 3;
                });
            }
        }
    }

    private static String added(String path, String value) {
        return "{\"op\":\"add\",\"path\":\"" + path + "\",\"value\":\"" + value + "\"}";
    }

    @ParameterizedTest
    @CsvSource({
        "get,secrets,yes",
        "list,secrets,no",
        "watch,secrets,no",
        "list,sequencemonitors.seqwatch.dev,yes",
        "watch,sequencemonitors.seqwatch.dev,yes",
        "update,sequencemonitors.seqwatch.dev,no",
        "patch,sequencemonitors.seqwatch.dev,no",
        "delete,sequencemonitors.seqwatch.dev,no",
        "patch,sequencemonitors.seqwatch.dev/status,yes",
        "update,sequencemonitors.seqwatch.dev/status,no",
        "create,events.events.k8s.io,yes",
        "list,customresourcedefinitions.apiextensions.k8s.io,no",
        "get,leases.coordination.k8s.io,no",
        "create,pods,no"
    })
    void the_operator_may_do_what_it_must_and_nothing_else(String verb, String resource, String answer) {
        var cluster = SharedCluster.get();
        cluster.kubectl().apply(Tools.project().resolve("deploy/base/rbac.yaml"));
        var slash = resource.indexOf('/');
        var type = slash < 0 ? resource : resource.substring(0, slash);
        var subresource = slash < 0 ? "" : resource.substring(slash + 1);
        var kubectl = new Kubectl(Tools.find("kubectl"), cluster.kubeconfigOf("seqwatch-system", "seqwatch"));
        var outcome = kubectl.run("auth", "can-i", verb, type, "--subresource=" + subresource, "--namespace=default");
        assertThat(outcome.output().strip()).isEqualTo(answer);
    }

    private static Map<String, String> replica(String name, String namespace) {
        return Map.of("POD_NAME", name, "POD_NAMESPACE", "seqwatch-system", "SEQWATCH_NAMESPACES", namespace);
    }
}
