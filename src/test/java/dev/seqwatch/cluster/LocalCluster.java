package dev.seqwatch.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * etcd and kube-apiserver on loopback ports, with RBAC authorization and ServiceAccount tokens; no controller and no node.
 * Ready after some three seconds; about 320 MiB.
 */
public final class LocalCluster implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);

    private final Path folder;
    private final String adminToken = UUID.randomUUID().toString();
    private final Path adminKubeconfig;
    private final Ports ports;
    private final LeashedProcess etcd;
    private LeashedProcess apiServer;

    private LocalCluster(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.adminKubeconfig = folder.resolve("admin.kubeconfig");
        this.ports = Ports.pick();
        writeKeys();
        etcd = startEtcd();
        apiServer = spawnApiServer();
    }

    /**
     * Starts a cluster that keeps its files in this folder, which it deletes on {@link #close()}, and waits until it is
     * ready.
     */
    public static LocalCluster start(Path folder) {
        try {
            var cluster = new LocalCluster(folder.toAbsolutePath());
            cluster.awaitReady();
            return cluster;
        } catch (IOException e) {
            throw new ClusterFailure("the cluster can't be started in " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Where the API server answers; the same after a restart. */
    public String url() {
        return "https://127.0.0.1:" + ports.api();
    }

    /** A file that lets its reader do everything. */
    public Path adminKubeconfig() {
        return adminKubeconfig;
    }

    /** A file that lets its reader do what RBAC grants to this ServiceAccount, by a token of the TokenRequest API. */
    public Path kubeconfigOf(String namespace, String serviceAccount) {
        var token = kubectl()
                .expect("create", "token", serviceAccount, "--namespace=" + namespace, "--duration=24h")
                .strip();
        return writeKubeconfig(folder.resolve(namespace + "." + serviceAccount + ".kubeconfig"), token, namespace);
    }

    /** kubectl as the administrator. */
    public Kubectl kubectl() {
        return new Kubectl(Tools.find("kubectl"), adminKubeconfig);
    }

    /** A client as the administrator; the caller closes it. */
    public KubernetesClient client() {
        return client(adminKubeconfig);
    }

    /** A client as whom this file names; the caller closes it. */
    public static KubernetesClient client(Path kubeconfig) {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                .build();
    }

    /** Another client, which reads resources in its own way. */
    public static KubernetesClient client(Path kubeconfig, KubernetesSerialization serialization) {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                .withKubernetesSerialization(serialization)
                .build();
    }

    /** SIGKILL to the API server; etcd keeps running. */
    public void killApiServer() {
        apiServer.close();
    }

    /** Starts the API server again, with the port, data and keys it had, and waits until it is ready. */
    public void restartApiServer() {
        apiServer.close();
        try {
            apiServer = spawnApiServer();
        } catch (IOException e) {
            throw new ClusterFailure("the API server can't be started again: " + e.getMessage(), e);
        }
        awaitReady();
    }

    @Override
    public void close() {
        apiServer.close();
        etcd.close();
        RunFolder.delete(folder);
    }

    private LeashedProcess startEtcd() throws IOException {
        var client = "http://127.0.0.1:" + ports.etcd();
        var peer = "http://127.0.0.1:" + ports.etcdPeer();
        return LeashedProcess.start(
                folder.resolve("etcd.log"),
                List.of(
                        Tools.find("etcd").toString(),
                        "--data-dir=" + folder.resolve("etcd"),
                        "--listen-client-urls=" + client,
                        "--advertise-client-urls=" + client,
                        "--listen-peer-urls=" + peer,
                        "--initial-advertise-peer-urls=" + peer,
                        "--initial-cluster=default=" + peer,
                        "--unsafe-no-fsync",
                        "--log-level=error"));
    }

    private LeashedProcess spawnApiServer() throws IOException {
        return LeashedProcess.start(
                folder.resolve("kube-apiserver.log"),
                List.of(
                        Tools.find("kube-apiserver").toString(),
                        "--etcd-servers=http://127.0.0.1:" + ports.etcd(),
                        "--bind-address=127.0.0.1", // the self-signed certificate gets this address as a name
                        "--secure-port=" + ports.api(),
                        "--advertise-address=127.0.0.1",
                        "--endpoint-reconciler-type=none", // loopback endpoints are refused
                        "--cert-dir=" + folder, // apiserver.crt is generated here
                        "--authorization-mode=Node,RBAC",
                        "--token-auth-file=" + folder.resolve("tokens.csv"),
                        "--service-account-issuer=https://kubernetes.default.svc",
                        "--service-account-signing-key-file=" + folder.resolve("sa.key"),
                        "--service-account-key-file=" + folder.resolve("sa.key"),
                        "--service-cluster-ip-range=10.0.0.0/24",
                        "--v=0"));
    }

    private void awaitReady() {
        var deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!isReady()) {
            if (!apiServer.isAlive() || !etcd.isAlive() || System.nanoTime() > deadline) {
                var logs = apiServer.log() + " and " + etcd.log();
                apiServer.close();
                etcd.close();
                throw new ClusterFailure("the API server did not become ready, see " + logs);
            }
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ClusterFailure("interrupted while the API server started", e);
            }
        }
    }

    /** The namespace default comes a moment after /readyz. */
    private boolean isReady() {
        if (!Files.exists(folder.resolve("apiserver.crt"))) {
            return false;
        }
        writeKubeconfig(adminKubeconfig, adminToken, "default");
        return kubectl().run("get", "--raw=/readyz").succeeded()
                && kubectl().run("get", "--raw=/api/v1/namespaces/default").succeeded();
    }

    private Path writeKubeconfig(Path file, String token, String namespace) {
        try {
            var authority = Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve("apiserver.crt")));
            return Files.writeString(file, """
                    apiVersion: v1
                    kind: Config
                    clusters: [{name: local, cluster: {server: "%s", certificate-authority-data: "%s"}}]
                    users: [{name: user, user: {token: "%s"}}]
                    contexts: [{name: local, context: {cluster: local, user: user, namespace: "%s"}}]
                    current-context: local
                    """.formatted(url(), authority, token, namespace));
        } catch (IOException e) {
            throw new ClusterFailure("no kubeconfig can be written: " + e.getMessage(), e);
        }
    }

    private void writeKeys() throws IOException {
        Files.writeString(folder.resolve("tokens.csv"), adminToken + ",admin,admin,\"system:masters\"\n");
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            var key = generator.generateKeyPair().getPrivate().getEncoded();
            var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
            Files.writeString(
                    folder.resolve("sa.key"),
                    "-----BEGIN PRIVATE KEY-----\n" + lines + "\n-----END PRIVATE KEY-----\n");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }
}
