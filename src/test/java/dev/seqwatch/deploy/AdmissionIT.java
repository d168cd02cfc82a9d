package dev.seqwatch.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.seqwatch.cluster.Kubectl;
import dev.seqwatch.cluster.SharedCluster;
import dev.seqwatch.cluster.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A real API server takes everything without a word, in a namespace that enforces the Pod Security level restricted. */
class AdmissionIT {

    @TempDir
    private Path folder;

    @BeforeAll
    static void definitions() {
        var kubectl = SharedCluster.get().kubectl();
        // too large for the annotation of a client-side apply
        var folder = Tools.definitions("prometheus-operator");
        kubectl.expect(
                "apply",
                "--server-side",
                "-f",
                folder.resolve("monitoring.coreos.com_prometheusrules.yaml").toString(),
                "-f",
                folder.resolve("monitoring.coreos.com_servicemonitors.yaml").toString());
        kubectl.expect("wait", "--for=condition=Established", "--timeout=30s", "crd", "--all");
        var base = Manifest.kustomize("base");
        kubectl.apply(Manifest.only(base, "ServiceAccount", "seqwatch").yaml()); // a Pod needs it to be there
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "namespaced", "plain"})
    void kustomize(String overlay) throws IOException {
        admitted(Manifest.kustomize(overlay));
    }

    @Test
    void helm() throws IOException {
        admitted(Manifest.helm());
        admitted(Manifest.helm("--set=namespaces={" + Manifest.NAMESPACE + "}", "--set=crds.install=false"));
    }

    /** A Deployment is only warned about, and its ReplicaSet fails later: so the Pod itself. */
    @Test
    void the_pod_that_the_deployment_makes() throws IOException {
        var deployment = Manifest.only(Manifest.kustomize("base"), "Deployment", "seqwatch");
        var pod = (ObjectNode) deployment.at("/spec/template").deepCopy();
        pod.put("apiVersion", "v1").put("kind", "Pod");
        pod.withObject("/metadata").put("name", "seqwatch").put("namespace", Manifest.NAMESPACE);
        admitted(List.of(new Manifest(pod)));
    }

    @Test
    void a_pod_that_asks_for_more_is_refused_there() throws IOException {
        var pod = Manifest.parse("""
                {apiVersion: v1, kind: Pod, metadata: {name: greedy, namespace: %s},
                 spec: {serviceAccountName: seqwatch, containers: [{name: c, image: i}]}}
                """.formatted(Manifest.NAMESPACE));
        assertThat(dryRun(pod).error()).contains("violates PodSecurity \"restricted");
    }

    static List<Path> samples() {
        return Manifest.files("deploy/samples", ".yaml");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void samples(Path sample) throws IOException {
        var namespace = SharedCluster.newNamespace();
        var manifests = Manifest.parse(Files.readString(sample));
        manifests.forEach(each -> each.object().withObject("/metadata").put("namespace", namespace));
        admitted(manifests);
    }

    private void admitted(List<Manifest> manifests) throws IOException {
        var outcome = dryRun(manifests);
        assertThat(outcome.error()).isEmpty(); // neither an error nor a warning
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.output().lines()).hasSameSizeAs(manifests);
    }

    private Kubectl.InspectionOutcome dryRun(List<Manifest> manifests) throws IOException {
        var file = folder.resolve("manifests.yaml");
        Files.writeString(file, manifests.stream().map(Manifest::yaml).collect(Collectors.joining("\n")));
        return SharedCluster.get()
                .kubectl()
                .run("apply", "--dry-run=server", "--validate=strict", "-f", file.toString());
    }
}
