package dev.seqwatch.cluster;

import java.util.UUID;

/** One cluster for all tests of a JVM, with the definitions of {@code crds/} applied. Tests keep to namespaces of their own. */
public final class SharedCluster {
    private SharedCluster() {}

    /** Started at the first call; ends with the JVM. */
    public static LocalCluster get() {
        return Holder.CLUSTER;
    }

    /** Creates a namespace that no other test uses and returns its name. */
    public static String newNamespace() {
        var name = "test-" + UUID.randomUUID().toString().substring(0, 8);
        get().kubectl().expect("create", "namespace", name);
        return name;
    }

    private static final class Holder {
        static final LocalCluster CLUSTER = start();

        private static LocalCluster start() {
            var cluster = LocalCluster.start(RunFolder.of("clusters"));
            Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
            cluster.kubectl().apply(Tools.project().resolve("crds"));
            cluster.kubectl().expect("wait", "--for=condition=Established", "--timeout=30s", "crd", "--all");
            return cluster;
        }
    }
}
