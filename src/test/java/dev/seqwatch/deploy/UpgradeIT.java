package dev.seqwatch.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.seqwatch.cluster.LocalCluster;
import dev.seqwatch.cluster.RunFolder;
import dev.seqwatch.cluster.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chart on a real API server, from an older chart on: the definition of SequenceMonitor follows, and outlives it. */
class UpgradeIT {
    private static final String DEFINITION = "sequencemonitors.seqwatch.dev";
    private static final String DEFINITION_LEFT = "customresourcedefinition.apiextensions.k8s.io/" + DEFINITION;
    private static final String NEW_FIELD = "links";

    @TempDir
    private Path folder;

    @Test
    void an_upgrade_brings_the_definition_and_an_uninstall_leaves_it_and_the_monitors() throws IOException {
        try (var cluster = LocalCluster.start(RunFolder.of("clusters-upgrade"))) {
            helm(cluster, "install", olderChart().toString(), "--create-namespace");
            assertThat(fields(cluster)).contains("interval").doesNotContain(NEW_FIELD);
            cluster.kubectl().expect("wait", "--for=condition=Established", "--timeout=30s", "crd", DEFINITION);
            cluster.kubectl().apply("""
                    apiVersion: seqwatch.dev/v1alpha1
                    kind: SequenceMonitor
                    metadata: {name: shop, namespace: default}
                    spec: {connection: {host: db, credentials: {secretRef: {name: login}}}}
                    """);

            helm(cluster, "upgrade", chart(), "--reset-then-reuse-values");
            assertThat(fields(cluster)).contains("interval", NEW_FIELD);
            assertThat(replicas(cluster))
                    .as("a value of the first installation")
                    .isEqualTo("3");

            assertThat(helm(cluster, "uninstall")).contains("kept due to the resource policy");
            assertThat(fields(cluster)).contains(NEW_FIELD);
            assertThat(cluster.kubectl().expect("get", "seqmon", "--namespace=default", "-o=name"))
                    .contains("/shop");
            helm(cluster, "install", chart()); // takes the definition over
        }
    }

    @Test
    void helm_uninstalls_all_but_the_definition_and_the_monitors() {
        try (var cluster = LocalCluster.start(RunFolder.of("clusters-helm-uninstall"))) {
            helm(cluster, "install", chart(), "--create-namespace");
            monitors(cluster);
            lead(cluster);
            helm(cluster, "upgrade", chart(), "--reset-then-reuse-values");
            assertThat(leader(cluster))
                    .as("an upgrade leaves the lease to its holder")
                    .isEqualTo("seqwatch-0");
            helm(cluster, "uninstall");
            assertThat(left(cluster)).containsExactly(DEFINITION_LEFT);
            assertMonitorsAreThere(cluster);
        }
    }

    @Test
    void a_lease_that_an_operator_created_does_not_stop_an_upgrade() {
        try (var cluster = LocalCluster.start(RunFolder.of("clusters-lease"))) {
            cluster.kubectl().apply(project("deploy/namespace.yaml"));
            cluster.kubectl().apply("""
                    apiVersion: coordination.k8s.io/v1
                    kind: Lease
                    metadata: {name: seqwatch, namespace: seqwatch-system}
                    spec: {holderIdentity: seqwatch-0, leaseDurationSeconds: 15}
                    """);
            helm(cluster, "install", chart());
            assertThat(leader(cluster)).isEqualTo("seqwatch-0");
        }
    }

    @Test
    void kustomize_uninstalls_all_but_the_definition_and_the_monitors() {
        try (var cluster = LocalCluster.start(RunFolder.of("clusters-kustomize"))) {
            cluster.kubectl().expect(words("apply --server-side -f crds -f deploy/namespace.yaml"));
            kustomize(cluster);
            monitors(cluster);
            lead(cluster);
            cluster.kubectl().expect(words("delete -k deploy/plain --wait=false"));
            assertThat(left(cluster)).containsExactly(DEFINITION_LEFT);
            assertMonitorsAreThere(cluster);
        }
    }

    /** As the README says it. */
    @Test
    void an_installation_moves_from_helm_to_kustomize_and_back() throws Exception {
        try (var cluster = LocalCluster.start(RunFolder.of("clusters-move"))) {
            helm(cluster, "install", chart(), "--create-namespace");
            monitors(cluster);
            lead(cluster);
            assertThat(replicas(cluster)).isEqualTo("3");

            cluster.kubectl().expect(words("apply --server-side --force-conflicts -f crds -f deploy/namespace.yaml"));
            kustomize(cluster, "--force-conflicts");
            cluster.kubectl().expect(words("-n seqwatch-system delete secret -l owner=helm,name=seqwatch"));
            assertThat(replicas(cluster)).isEqualTo("2");
            var uninstall = Program.HELM.run(List.of(
                    "uninstall",
                    "seqwatch",
                    "--namespace=" + Manifest.NAMESPACE,
                    "--kubeconfig=" + cluster.adminKubeconfig()));
            assertThat(uninstall.exitCode())
                    .as("Helm has forgotten the release")
                    .isNotZero();
            assertThat(replicas(cluster)).isEqualTo("2");
            assertThat(leader(cluster)).isEqualTo("seqwatch-0");

            helm(cluster, "install", chart(), "--take-ownership");
            assertThat(replicas(cluster)).isEqualTo("3");
            assertThat(leader(cluster)).isEqualTo("seqwatch-0");
            assertMonitorsAreThere(cluster);
            helm(cluster, "uninstall");
            assertThat(left(cluster)).containsExactly(DEFINITION_LEFT);
            assertMonitorsAreThere(cluster);
        }
    }

    private static void kustomize(LocalCluster cluster, String... options) {
        var command = new ArrayList<>(List.of(words("apply --server-side -k deploy/plain")));
        command.addAll(List.of(options));
        cluster.kubectl().expect(command.toArray(String[]::new));
    }

    /** One in a namespace of its own, and one in the operator's. */
    private static void monitors(LocalCluster cluster) {
        cluster.kubectl().expect("wait", "--for=condition=Established", "--timeout=30s", "crd", DEFINITION);
        for (var namespace : List.of("default", Manifest.NAMESPACE)) {
            cluster.kubectl().apply("""
                    apiVersion: seqwatch.dev/v1alpha1
                    kind: SequenceMonitor
                    metadata: {name: shop, namespace: %s}
                    spec: {connection: {host: db, credentials: {secretRef: {name: login}}}}
                    """.formatted(namespace));
        }
    }

    private static void assertMonitorsAreThere(LocalCluster cluster) {
        assertThat(cluster.kubectl().expect("get", "seqmon", "-A", "-o=jsonpath={.items[*].metadata.namespace}"))
                .isEqualTo("default " + Manifest.NAMESPACE);
    }

    /** What an operator writes into its lease. */
    private static void lead(LocalCluster cluster) {
        cluster.kubectl()
                .expect(
                        "patch",
                        "lease",
                        "seqwatch",
                        "--namespace=" + Manifest.NAMESPACE,
                        "--type=merge",
                        "-p={\"spec\":{\"holderIdentity\":\"seqwatch-0\",\"leaseDurationSeconds\":15}}");
    }

    private static String leader(LocalCluster cluster) {
        return cluster.kubectl()
                .expect(
                        "get",
                        "lease",
                        "seqwatch",
                        "--namespace=" + Manifest.NAMESPACE,
                        "-o=jsonpath={.spec.holderIdentity}");
    }

    /** Objects of the installation that are there, apart from monitors and namespace. */
    private static List<String> left(LocalCluster cluster) {
        var kinds = "deploy,svc,sa,cm,secret,lease,pdb,netpol,role,rolebinding,clusterrole,clusterrolebinding,crd";
        return cluster.kubectl()
                .expect("get", kinds, "-A", "-o=name")
                .lines()
                .filter(name -> name.contains("seqwatch"))
                .toList();
    }

    private static String chart() {
        return project(Manifest.CHART).toString();
    }

    private static Path project(String path) {
        return Tools.project().resolve(path);
    }

    /** Paths of the project become absolute: kubectl runs elsewhere. */
    private static String[] words(String command) {
        return Stream.of(command.split(" "))
                .map(word -> word.equals("crds") || word.startsWith("deploy/")
                        ? project(word).toString()
                        : word)
                .toArray(String[]::new);
    }

    /** As it could have been: without a field of today. */
    private Path olderChart() throws IOException {
        var older = folder.resolve("older");
        for (var file : Manifest.files(Manifest.CHART, "")) {
            if (Files.isRegularFile(file)) {
                var copy = older.resolve(
                        Tools.project().resolve(Manifest.CHART).relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        var definition = Manifest.parse(Files.readString(older.resolve("files/crd.yaml")))
                .getFirst();
        ((ObjectNode) definition.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties"))
                .remove(NEW_FIELD);
        Files.writeString(older.resolve("files/crd.yaml"), definition.yaml().replace("---\n", ""));
        return older;
    }

    private static String helm(LocalCluster cluster, String verb, String... arguments) {
        var command = new ArrayList<>(List.of(verb, "seqwatch"));
        command.addAll(List.of(arguments));
        command.add("--namespace=" + Manifest.NAMESPACE);
        command.add("--kubeconfig=" + cluster.adminKubeconfig());
        if (verb.equals("install")) {
            command.addAll(
                    List.of("--set=serviceMonitor.create=false,prometheusRule.create=false", "--set=replicas=3"));
        }
        return Program.HELM.expect(command);
    }

    private static List<String> fields(LocalCluster cluster) {
        var definition = Manifest.parse(cluster.kubectl().expect("get", "crd", DEFINITION, "-o=yaml"))
                .getFirst();
        var fields = new ArrayList<String>();
        definition
                .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties")
                .fieldNames()
                .forEachRemaining(fields::add);
        return fields;
    }

    private static String replicas(LocalCluster cluster) {
        return cluster.kubectl()
                .expect(
                        "get",
                        "deployment",
                        "seqwatch",
                        "--namespace=" + Manifest.NAMESPACE,
                        "-o=jsonpath={.spec.replicas}");
    }
}
