package dev.seqwatch.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalClusterIT {
    @Test
    void a_service_account_may_do_what_it_was_granted_and_nothing_else() {
        var cluster = SharedCluster.get();
        var namespace = SharedCluster.newNamespace();
        cluster.kubectl().expect("create", "serviceaccount", "reader", "-n", namespace);
        cluster.kubectl().expect("create", "role", "reader", "-n", namespace, "--verb=list", "--resource=configmaps");
        cluster.kubectl()
                .expect(
                        "create",
                        "rolebinding",
                        "reader",
                        "-n",
                        namespace,
                        "--role=reader",
                        "--serviceaccount=" + namespace + ":reader");
        try (var client = LocalCluster.client(cluster.kubeconfigOf(namespace, "reader"))) {
            assertThat(client.configMaps().inNamespace(namespace).list().getItems())
                    .isEmpty();
        }
        var kubectl = new Kubectl(Tools.find("kubectl"), cluster.kubeconfigOf(namespace, "reader"));
        assertThat(kubectl.run("get", "secrets").error()).contains("Forbidden");
    }

    @Test
    void a_killed_api_server_comes_back_with_its_data_and_tokens() {
        try (var cluster = LocalCluster.start(RunFolder.of("clusters-restarted"))) {
            var kubectl = cluster.kubectl();
            kubectl.expect("create", "serviceaccount", "kept");
            var kept = new Kubectl(Tools.find("kubectl"), cluster.kubeconfigOf("default", "kept"));
            cluster.killApiServer();
            assertThat(kubectl.run("get", "--raw=/readyz").succeeded()).isFalse();
            cluster.restartApiServer();
            assertThat(kubectl.expect("get", "serviceaccount", "kept")).contains("kept");
            assertThat(kept.expect("auth", "whoami")).contains("system:serviceaccount:default:kept");
        }
    }

    @Test
    void a_leashed_program_ends_with_the_process_that_started_it(@TempDir Path folder) throws Exception {
        var java = ProcessHandle.current().info().command().orElseThrow();
        var owner = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName(),
                        folder.resolve("log").toString())
                .redirectErrorStream(true)
                .start();
        var leashed = Long.parseLong(owner.inputReader().readLine());
        assertThat(ProcessHandle.of(leashed)).isPresent();
        owner.destroyForcibly().waitFor();
        var gone = ProcessHandle.of(leashed).map(ProcessHandle::onExit);
        if (gone.isPresent()) {
            gone.get().get(10, TimeUnit.SECONDS);
        }
        assertThat(ProcessHandle.of(leashed)).isEmpty();
    }

    /** Starts a program on a leash, prints its process id and sleeps until it is killed. */
    static final class Owner {
        public static void main(String[] args) throws Exception {
            var log = Path.of(args[0]);
            LeashedProcess.start(log, List.of("/bin/sh", "-c", "echo $$; exec sleep 600"));
            while (Files.size(log) == 0) {
                Thread.sleep(10);
            }
            System.out.println(Files.readString(log).strip());
            Thread.sleep(600_000);
        }
    }
}
