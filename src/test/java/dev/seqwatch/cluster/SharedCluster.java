package dev.seqwatch.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One cluster for all tests of a JVM, with the definitions of {@code crds/} applied. Tests keep to namespaces of their
 * own.
 */
public final class SharedCluster {
    private static @Nullable LocalCluster cluster;

    private SharedCluster() {}

    /** Started at the first call; ends with the JVM. */
    public static synchronized LocalCluster get() {
        if (cluster == null) {
            cluster = start();
        }
        return cluster;
    }

    /** Creates a namespace that no other test uses and returns its name. */
    public static String newNamespace() {
        var name = "test-" + UUID.randomUUID().toString().substring(0, 8);
        get().kubectl().expect("create", "namespace", name);
        return name;
    }

    /**
     * What a command prints that an administrator of it types into a shell, errors included. Its PATH has kubectl and the
     * plugin, which runs the jar of this build: it must not look older than its sources, or the plugin would build another.
     */
    public static String typed(String command) throws IOException, InterruptedException {
        var jar = Tools.project().resolve("target/quarkus-app/quarkus-run.jar");
        if (Files.exists(jar)) {
            Files.setLastModifiedTime(jar, FileTime.from(Instant.now()));
        }
        var shell = new ProcessBuilder("/bin/sh", "-c", command).redirectErrorStream(true);
        shell.environment().put("KUBECONFIG", get().adminKubeconfig().toString());
        shell.environment()
                .put(
                        "PATH",
                        Tools.find("kubectl").getParent() + ":"
                                + Tools.project().resolve("bin") + ":" + System.getenv("PATH"));
        shell.environment().put("HOME", Tools.project().resolve("target").toString());
        var process = shell.start();
        try (var output = process.getInputStream()) {
            return new String(output.readAllBytes(), UTF_8);
        } finally {
            process.waitFor();
        }
    }

    private static LocalCluster start() {
        var started = LocalCluster.start(RunFolder.of("clusters"));
        try {
            started.kubectl().apply(Tools.project().resolve("crds"));
            started.kubectl().apply(Tools.project().resolve("deploy/namespace.yaml"));
            started.kubectl().expect("wait", "--for=condition=Established", "--timeout=30s", "crd", "--all");
        } catch (ClusterFailure e) {
            started.close();
            throw e;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(started::close));
        return started;
    }
}
