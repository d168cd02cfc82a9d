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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chart on a real API server, from an older chart on: the definition of SequenceMonitor follows, and outlives it. */
class UpgradeTest {
    private static final String DEFINITION = "sequencemonitors.seqwatch.dev";
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

            var chart = Tools.project().resolve(Manifest.CHART).toString();
            helm(cluster, "upgrade", chart, "--reset-then-reuse-values");
            assertThat(fields(cluster)).contains("interval", NEW_FIELD);
            assertThat(replicas(cluster))
                    .as("a value of the first installation")
                    .isEqualTo("3");

            assertThat(helm(cluster, "uninstall")).contains("kept due to the resource policy");
            assertThat(fields(cluster)).contains(NEW_FIELD);
            assertThat(cluster.kubectl().expect("get", "seqmon", "--namespace=default", "-o=name"))
                    .contains("/shop");
            helm(cluster, "install", chart); // takes the definition over
        }
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
