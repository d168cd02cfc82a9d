package dev.seqwatch.deploy;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What `kubectl apply -k` installs: least rights, and nothing that an upgrade trips over. */
class InstallationIT {
    private static final Set<String> CLUSTER_WIDE =
            Set.of("Namespace", "CustomResourceDefinition", "ClusterRole", "ClusterRoleBinding");

    @ParameterizedTest
    @ValueSource(strings = {"base", "namespaced", "plain"})
    void the_operator_has_the_rights_it_needs_and_no_other(String folder) {
        assertThat(rights(Manifest.kustomize(folder)))
                .isEqualTo(Map.of(
                        "seqwatch.dev/sequencemonitors", verbs("get", "list", "watch"),
                        "seqwatch.dev/sequencemonitors/status", verbs("patch"),
                        "/secrets", verbs("get"), // no list, no watch
                        "events.k8s.io/events", verbs("create"),
                        "coordination.k8s.io/leases", verbs("create", "get", "patch", "update")));
    }

    @Test
    void one_namespace_needs_nothing_outside_it() {
        var manifests = Manifest.kustomize("namespaced");
        assertThat(manifests).noneMatch(each -> CLUSTER_WIDE.contains(each.kind()));
        assertThat(manifests).allMatch(each -> each.namespace().equals(Manifest.NAMESPACE));
        assertThat(environment(manifests)).containsEntry("SEQWATCH_NAMESPACES", "metadata.namespace");
        assertThat(environment(Manifest.kustomize("base"))).doesNotContainKey("SEQWATCH_NAMESPACES");
    }

    @Test
    void without_the_prometheus_operator_nothing_else_is_missing() {
        var left = Manifest.kustomize("base").stream()
                .filter(each -> !Set.of("ServiceMonitor", "PrometheusRule").contains(each.kind()))
                .toList();
        assertThat(Manifest.kustomize("plain")).isEqualTo(left);
    }

    @Test
    void the_pod_asks_for_the_least() {
        var pod = Manifest.only(Manifest.kustomize("base"), "Deployment", "seqwatch")
                .at("/spec/template/spec");
        var container = pod.at("/containers/0");
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                .isTrue();
        assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                .isFalse();
        assertThat(container.at("/securityContext/capabilities/drop/0").asText())
                .isEqualTo("ALL");
        assertThat(container.at("/resources/limits/memory").asText()).isNotEmpty();
        assertThat(Stream.of("startupProbe", "livenessProbe", "readinessProbe")
                        .map(probe ->
                                container.at("/" + probe + "/httpGet/path").asText()))
                .containsExactly("/health/started", "/health/live", "/health/ready");
    }

    @Test
    void the_image_runs_as_whom_the_pod_asks_for() {
        var pod = Manifest.only(Manifest.kustomize("base"), "Deployment", "seqwatch")
                .at("/spec/template/spec");
        var user = pod.at("/securityContext/runAsUser").asText();
        assertThat(Manifest.text("Dockerfile").lines()).contains("USER " + user + ":" + user);
        var image = pod.at("/containers/0/image").asText();
        assertThat(Manifest.text("Makefile").lines()).contains("IMAGE ?= " + image);
    }

    @Test
    void memory_is_what_was_measured() {
        var resources = Manifest.only(Manifest.kustomize("base"), "Deployment", "seqwatch")
                .at("/spec/template/spec/containers/0/resources");
        assertThat(Manifest.text("docs/design.md"))
                .contains("**%s asked for, %s at most, half of it heap.**"
                        .formatted(
                                resources.at("/requests/memory").asText(),
                                resources.at("/limits/memory").asText()));
        assertThat(Manifest.text("Dockerfile")).contains("-XX:MaxRAMPercentage=50 ");
    }

    @Test
    void an_upgrade_may_change_the_version() {
        var deployment = Manifest.only(Manifest.kustomize("base"), "Deployment", "seqwatch");
        assertThat(names(deployment.at("/spec/selector/matchLabels")))
                .containsExactlyInAnyOrder("app.kubernetes.io/name", "app.kubernetes.io/instance");
        var version = Manifest.text("pom.xml").split("<version>", 3)[1].split("<", 2)[0];
        assertThat(deployment.at("/spec/template/spec/containers/0/image").asText())
                .endsWith(":" + version);
        assertThat(Manifest.file(Manifest.CHART + "/Chart.yaml")
                        .getFirst()
                        .at("/appVersion")
                        .asText())
                .isEqualTo(version);
    }

    @Test
    void selectors_find_the_pods_and_prometheus_the_service() {
        var manifests = Manifest.kustomize("base");
        var labels = Manifest.only(manifests, "Deployment", "seqwatch").at("/spec/template/metadata/labels");
        assertThat(Manifest.only(manifests, "Service", "seqwatch").at("/spec/selector"))
                .isEqualTo(labels);
        assertThat(Manifest.only(manifests, "PodDisruptionBudget", "seqwatch").at("/spec/selector/matchLabels"))
                .isEqualTo(labels);
        assertThat(Manifest.only(manifests, "NetworkPolicy", "seqwatch").at("/spec/podSelector/matchLabels"))
                .isEqualTo(labels);
        var monitor = Manifest.only(manifests, "ServiceMonitor", "seqwatch");
        var service = Manifest.only(manifests, "Service", "seqwatch");
        assertThat(monitor.at("/spec/selector/matchLabels")).isEqualTo(service.at("/metadata/labels"));
        assertThat(monitor.at("/spec/endpoints/0/honorLabels").asBoolean()).isTrue();
        assertThat(service.at("/metadata/labels/app.kubernetes.io~1name").asText())
                .isEqualTo("seqwatch"); // the alerts' job
        assertThat(monitor.at("/spec/jobLabel").asText()).isEqualTo("app.kubernetes.io/name");
    }

    @Test
    void people_get_rights_with_their_usual_roles() {
        var manifests = Manifest.kustomize("base");
        var viewer = Manifest.only(manifests, "ClusterRole", "seqwatch-viewer");
        assertThat(verbs(viewer.at("/rules/0"))).containsExactlyInAnyOrder("get", "list", "watch");
        assertThat(viewer.at("/metadata/labels/rbac.authorization.k8s.io~1aggregate-to-view")
                        .asText())
                .isEqualTo("true");
        var editor = Manifest.only(manifests, "ClusterRole", "seqwatch-editor");
        assertThat(verbs(editor.at("/rules/0"))).contains("create", "delete", "patch", "update");
        assertThat(editor.at("/metadata/labels/rbac.authorization.k8s.io~1aggregate-to-edit")
                        .asText())
                .isEqualTo("true");
    }

    /** Verbs by group and resource of all roles that are bound to the operator's ServiceAccount. */
    private static Map<String, Set<String>> rights(List<Manifest> manifests) {
        var rights = new TreeMap<String, Set<String>>();
        manifests.stream().filter(each -> each.kind().endsWith("RoleBinding")).forEach(binding -> {
            assertThat(binding.at("/subjects")).hasSize(1);
            assertThat(binding.at("/subjects/0/name").asText()).isEqualTo("seqwatch");
            assertThat(binding.at("/subjects/0/namespace").asText()).isEqualTo(Manifest.NAMESPACE);
            var role = Manifest.only(
                    manifests,
                    binding.at("/roleRef/kind").asText(),
                    binding.at("/roleRef/name").asText());
            role.at("/rules")
                    .forEach(rule -> rule.path("resources")
                            .forEach(resource -> rights.computeIfAbsent(
                                            rule.at("/apiGroups/0").asText() + "/" + resource.asText(),
                                            _ -> new TreeSet<>())
                                    .addAll(verbs(rule))));
        });
        return rights;
    }

    private static Map<String, String> environment(List<Manifest> manifests) {
        var container = Manifest.only(manifests, "Deployment", "seqwatch").at("/spec/template/spec/containers/0");
        return stream(container.path("env"))
                .collect(toMap(
                        entry -> entry.path("name").asText(),
                        entry -> entry.at("/valueFrom/fieldRef/fieldPath").asText()));
    }

    private static Set<String> verbs(String... verbs) {
        return new TreeSet<>(List.of(verbs));
    }

    private static Set<String> verbs(JsonNode rule) {
        return new TreeSet<>(stream(rule.path("verbs")).map(JsonNode::asText).toList());
    }

    private static Set<String> names(JsonNode object) {
        var names = new TreeSet<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
