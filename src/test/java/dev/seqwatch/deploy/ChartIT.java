package dev.seqwatch.deploy;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Helm chart installs what kustomize installs. */
class ChartIT {
    /** Labels and annotations that say who installed it. */
    private static final Set<String> OF_HELM = Set.of(
            "app.kubernetes.io/version", "app.kubernetes.io/managed-by", "helm.sh/chart", "helm.sh/resource-policy");

    @Test
    void helm_lint_has_no_complaint() {
        assertThat(Program.HELM.expect("lint", "--strict", Manifest.CHART))
                .contains("0 chart(s) failed")
                .doesNotContain("WARNING", "ERROR");
    }

    @Test
    void it_renders_the_same_objects_for_the_cluster() {
        var definitionApart = Manifest.helm("--set=crds.install=false");
        assertThat(byName(definitionApart)).isEqualTo(byName(Manifest.kustomize("base")));
    }

    @Test
    void it_renders_the_same_objects_for_one_namespace() {
        var one = Manifest.helm(
                "--set=namespaces={" + Manifest.NAMESPACE + "}",
                "--set=crds.install=false",
                "--set=userRoles.create=false");
        assertThat(byName(one)).isEqualTo(byName(Manifest.kustomize("namespaced")));
    }

    @Test
    void it_renders_the_same_dashboards_for_the_grafana_operator() {
        var manifests = Manifest.helm("--set=dashboards.grafanaOperator.create=true").stream()
                .filter(each -> each.kind().equals("GrafanaDashboard"))
                .toList();
        assertThat(byName(manifests)).isEqualTo(byName(Manifest.kustomize("grafana-operator")));
    }

    @Test
    void several_namespaces_have_a_role_each() {
        var manifests = Manifest.helm("--set=namespaces={shop,crm}");
        assertThat(manifests).noneMatch(each -> each.kind().equals("ClusterRoleBinding"));
        assertThat(manifests.stream()
                        .filter(each ->
                                each.name().equals("seqwatch") && each.kind().startsWith("Role")))
                .extracting(Manifest::toString)
                .containsExactlyInAnyOrder(
                        "Role shop/seqwatch",
                        "RoleBinding shop/seqwatch",
                        "Role crm/seqwatch",
                        "RoleBinding crm/seqwatch");
        assertThat(Manifest.only(manifests, "Deployment", "seqwatch").yaml()).contains("\"shop,crm\"");
    }

    @Test
    void an_upgrade_brings_the_definition_and_an_uninstall_leaves_it() {
        var name = "sequencemonitors.seqwatch.dev";
        var definition = Manifest.only(Manifest.helm("--is-upgrade"), "CustomResourceDefinition", name);
        var shipped =
                Manifest.file("crds/sequencemonitors.seqwatch.dev-v1.yaml").getFirst();
        assertThat(definition.at("/spec")).isEqualTo(shipped.at("/spec"));
        assertThat(definition
                        .at("/metadata/annotations/helm.sh~1resource-policy")
                        .asText())
                .isEqualTo("keep");
    }

    @Test
    void what_an_installation_sets_arrives() {
        var manifests = Manifest.helm(
                "--set=selector=team=shop",
                "--set=concurrency=8",
                "--set=allowedHosts={*.svc,db.example.com}",
                "--set=image.tag=9.9.9",
                "--set=serviceMonitor.labels.release=prom",
                "--set=cluster=east",
                "--set=prometheusRule.runbooks=https://wiki.example.com/seqwatch");
        assertThat(Manifest.only(manifests, "Deployment", "seqwatch").yaml())
                .contains("SEQWATCH_SELECTOR", "team=shop", "SEQWATCH_CONCURRENCY", "\"8\"", ":9.9.9")
                .contains("SEQWATCH_ALLOWED_HOSTS", "*.svc,db.example.com");
        assertThat(Manifest.only(manifests, "ServiceMonitor", "seqwatch")
                        .at("/metadata/labels/release")
                        .asText())
                .isEqualTo("prom");
        assertThat(Manifest.only(manifests, "ServiceMonitor", "seqwatch")
                        .at("/spec/endpoints/0/relabelings/0")
                        .toString())
                .isEqualTo("{\"targetLabel\":\"cluster\",\"replacement\":\"east\"}");
        assertThat(Manifest.only(manifests, "PrometheusRule", "seqwatch").yaml())
                .contains("https://wiki.example.com/seqwatch/SeqwatchDown.md")
                .doesNotContain("github.com");
    }

    @ParameterizedTest
    @CsvSource({
        "replica=1, replica",
        "replicas=two, replicas",
        "concurrency=0, concurrency",
        "namespaces={Shop}, namespaces",
        "serviceMonitor.interval=soon, interval",
        "image.pullPolicy=Sometimes, pullPolicy",
        "prometheusRule.runbooks=here, runbooks"
    })
    void a_wrong_value_is_refused_by_name(String setting, String named) {
        var outcome = Program.HELM.run(List.of(
                "template", "seqwatch", Manifest.CHART, "--kube-version=" + Manifest.KUBERNETES, "--set=" + setting));
        assertThat(outcome.exitCode()).isNotZero();
        assertThat(outcome.output()).contains(named);
    }

    @Test
    void a_cluster_that_is_too_old_is_refused_by_its_version() {
        var outcome = Program.HELM.run(List.of("template", "seqwatch", Manifest.CHART, "--kube-version=1.27.9"));
        assertThat(outcome.exitCode()).isNotZero();
        assertThat(outcome.output()).contains(">=1.28.0", "v1.27.9");
    }

    private static Map<String, ObjectNode> byName(List<Manifest> manifests) {
        return new TreeMap<>(manifests.stream().collect(toMap(Manifest::toString, ChartIT::withoutMarks)));
    }

    private static ObjectNode withoutMarks(Manifest manifest) {
        var object = manifest.object().deepCopy();
        for (var marks : List.of("labels", "annotations")) {
            if (object.path("metadata").path(marks) instanceof ObjectNode node) {
                node.remove(OF_HELM);
                if (node.isEmpty()) {
                    ((ObjectNode) object.path("metadata")).remove(marks);
                }
            }
        }
        return object;
    }
}
