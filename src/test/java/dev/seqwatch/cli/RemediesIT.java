package dev.seqwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.cluster.SharedCluster;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code seqwatch remedies} against a real Kubernetes API server. */
class RemediesIT {
    private static Launcher launcher;
    private static String namespace;

    @BeforeAll
    static void start() throws Exception {
        namespace = SharedCluster.newNamespace();
        launcher = Launcher.plain()
                .with("KUBECONFIG", SharedCluster.get().adminKubeconfig().toString());
        var kubectl = SharedCluster.get().kubectl();
        kubectl.apply("""
                apiVersion: seqwatch.dev/v1alpha1
                kind: SequenceMonitor
                metadata: {name: shop, namespace: %s}
                spec: {connection: {host: db}}
                """.formatted(namespace));
        kubectl.expect(
                "patch", "seqmon", "shop", "--namespace=" + namespace, "--subresource=status", "--type=merge", """
                -p={"status": {"findingsOmitted": 3,
                  "databases": [{"name": "gone", "error": "ConnectionFailed: refused"}],
                  "findings": [
                    {"check": "SequenceExhaustion", "severity": "Critical", "database": "shop", "schema": "public",
                     "sequence": "orders_id_seq", "message": "It ends soon.", "remedy": "ALTER SEQUENCE a AS bigint;\\n"},
                    {"check": "IdBurn", "severity": "Info", "database": "shop", "schema": "public", "sequence": "s",
                     "message": "Ids are lost.\\nDROP TABLE t;"}]}}""");
    }

    @Test
    void every_finding_is_printed_with_its_script() throws Exception {
        var answer = launcher.run("remedies", "-n", namespace, "shop");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.stderr()).isEmpty();
        assertThat(answer.stdout()).isEqualTo("""
                -- Critical SequenceExhaustion in database shop: public orders_id_seq
                -- It ends soon.
                ALTER SEQUENCE a AS bigint;

                -- Info IdBurn in database shop: public s
                -- Ids are lost.
                -- DROP TABLE t;
                -- There is no script: the message says what to decide.

                -- 3 more findings have no room in the status: seqwatch check prints them.
                -- UNKNOWN: database gone could not be read, so that findings may be missing: ConnectionFailed: refused
                """);
    }

    @Test
    void findings_of_one_check_are_printed_alone() throws Exception {
        assertThat(launcher.run("remedies", "-n", namespace, "shop", "IdBurn").stdout())
                .contains("IdBurn")
                .doesNotContain("SequenceExhaustion");
        assertThat(launcher.run("remedies", "-n", namespace, "shop", "KeyNotUnique")
                        .stdout())
                .startsWith("-- The status of the monitor has no finding of KeyNotUnique.\n");
    }

    @Test
    void what_cannot_be_read_is_one_line() throws Exception {
        var gone = launcher.run("remedies", "-n", namespace, "nope");
        assertThat(gone.exitCode()).isEqualTo(3);
        assertThat(gone.stderr())
                .isEqualTo("seqwatch: Namespace \"" + namespace
                        + "\" has no SequenceMonitor \"nope\": kubectl get seqmon --all-namespaces lists them.\n");

        var nobody = launcher.with("KUBECONFIG", Path.of("pom.xml").toString()).run("remedies", "shop");
        assertThat(nobody.exitCode()).isEqualTo(3);
        assertThat(nobody.stderr()).startsWith("seqwatch: ").hasLineCount(1);
    }
}
