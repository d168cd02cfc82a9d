package dev.seqwatch.demo;

import dev.seqwatch.api.v1alpha1.SequenceMonitor;
import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus.FindingStatus;
import dev.seqwatch.cluster.LocalCluster;
import dev.seqwatch.cluster.RunFolder;
import dev.seqwatch.cluster.Tools;
import dev.seqwatch.testing.EmbeddedServers;
import dev.seqwatch.testing.PostgresServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** {@code make demo}: a database with the classic failures, a Kubernetes API, the operator on both, and what it tells. */
public final class Demo {
    private static final int MAJOR = 18;
    private static final String ORDER = "INSERT INTO orders (customer) VALUES ('one more')";

    private final Stage stage;
    private final String java;
    private final Path folder;

    private Demo(Stage stage, String java, Path folder) {
        this.stage = stage;
        this.java = java;
        this.folder = folder;
    }

    public static void main(String[] arguments) throws Exception {
        var terminal = arguments.length > 1 && arguments[1].equals("terminal");
        var folder = RunFolder.of("demo");
        Files.createDirectories(folder);
        try {
            new Demo(new Stage(System.out, terminal), arguments[0], folder).run(terminal);
            System.exit(0);
        } catch (Exception e) {
            System.err.println("demo: " + e.getMessage() + " (logs in " + folder + ")");
            System.exit(1);
        }
    }

    private void run(boolean stay) throws Exception {
        stage.title("Starting real servers");
        var postgres = stage.step("PostgreSQL " + MAJOR + ", with the database of a shop", this::database);
        var cluster = stage.step("a Kubernetes API server", () -> LocalCluster.start(folder.resolve("cluster")));
        try (cluster;
                var client = cluster.client()) {
            install(cluster, postgres);
            var kubeconfig = cluster.kubeconfigOf("seqwatch-system", "seqwatch");
            try (var operator = RunningOperator.start(java, kubeconfig, folder.resolve("operator.log"))) {
                stage.await("the operator, with the rights of its own ServiceAccount", operator::ready);
                story(cluster, client, postgres);
                metrics(operator);
                if (stay) {
                    stay(cluster, postgres, operator);
                }
            }
        }
        RunFolder.delete(folder);
    }

    private PostgresServer database() throws Exception {
        var server = EmbeddedServers.start(MAJOR);
        execute(server, "postgres", "postgres", "CREATE DATABASE shop");
        execute(server, "shop", "postgres", Files.readString(Tools.project().resolve("demo/shop.sql")));
        return server;
    }

    private void install(LocalCluster cluster, PostgresServer postgres) throws Exception {
        var kubectl = cluster.kubectl();
        var project = Tools.project();
        stage.title("Installing Seqwatch and a monitor for the shop");
        for (var path : List.of("crds", "deploy/base/rbac.yaml")) {
            stage.command("kubectl apply -f " + path);
            stage.say(kubectl.apply(project.resolve(path)));
        }
        kubectl.apply("""
                {apiVersion: v1, kind: Namespace, metadata: {name: shop}}
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: shop-db-monitor, namespace: shop}
                stringData: {username: seqwatch, password: seqwatch, host: "%s", port: "%d"}
                """.formatted(postgres.host(), postgres.port()));
        stage.command("kubectl apply -f demo/monitor.yaml");
        stage.say(kubectl.apply(project.resolve("demo/monitor.yaml")));
    }

    private void story(LocalCluster cluster, KubernetesClient client, PostgresServer postgres) throws Exception {
        stage.await("the first inspection", () -> !findings(client).isEmpty());
        stage.title("What it found");
        stage.command("kubectl get seqmon --namespace shop");
        stage.say(cluster.kubectl().expect("get", "seqmon", "--namespace", "shop"));
        stage.say("");
        findings(client).stream().filter(Demo::urgent).forEach(finding -> {
            stage.say("%-8s  %s".formatted(finding.severity(), finding.check()));
            stage.say(
                    Wrapped.at(88, String.valueOf(finding.message())).indent(10).stripTrailing());
        });
        var finding = findings(client).stream()
                .filter(each -> "SequenceExhaustion".equals(each.check()) && "public.orders".equals(each.table()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the exhausted table orders was not found"));
        stage.title("Is it true? An order comes in");
        stage.statement(ORDER + ";");
        stage.say(failure(postgres));
        stage.title("The remedy that the finding carries, run by the owner of the table");
        var remedy = Objects.requireNonNull(finding.remedy());
        stage.statement(remedy);
        execute(postgres, "shop", "shop_owner", remedy);
        stage.say("done");
        stage.await(
                "the next inspection",
                () -> findings(client).stream()
                        .noneMatch(each -> Objects.equals(each.check(), finding.check())
                                && Objects.equals(each.sequence(), finding.sequence())));
        stage.title("The finding is gone, and the order goes through");
        stage.command("kubectl get seqmon --namespace shop");
        stage.say(cluster.kubectl().expect("get", "seqmon", "--namespace", "shop"));
        stage.statement(ORDER + ";");
        execute(postgres, "shop", "shop_owner", ORDER);
        stage.say("INSERT 0 1");
    }

    private void metrics(RunningOperator operator) {
        stage.title("The same for Prometheus: " + operator.metricsUrl());
        operator.metrics()
                .lines()
                .filter(line -> Stream.of(
                                "seqwatch_finding{",
                                "seqwatch_sequence_used_ratio{",
                                "seqwatch_highest_used_ratio{",
                                "seqwatch_database_up{")
                        .anyMatch(line::startsWith))
                .limit(12)
                .forEach(stage::say);
    }

    private void stay(LocalCluster cluster, PostgresServer postgres, RunningOperator operator)
            throws InterruptedException {
        stage.title("Yours to try, until Ctrl-C");
        stage.command("export KUBECONFIG=" + cluster.adminKubeconfig());
        stage.command(Tools.find("kubectl") + " explain seqmon.spec");
        stage.command(Tools.find("kubectl") + " get seqmon -n shop shop -o yaml");
        stage.command("psql postgresql://shop_owner@%s:%d/shop".formatted(postgres.host(), postgres.port()));
        stage.command(
                "bin/seqwatch check postgresql://seqwatch@%s:%d/shop".formatted(postgres.host(), postgres.port()));
        stage.command("curl " + operator.metricsUrl());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            operator.close();
            cluster.close();
            RunFolder.delete(folder);
        }));
        new CountDownLatch(1).await();
    }

    private static boolean urgent(FindingStatus finding) {
        return !"Info".equals(String.valueOf(finding.severity()));
    }

    private static List<FindingStatus> findings(KubernetesClient client) {
        var monitor = client.resources(SequenceMonitor.class)
                .inNamespace("shop")
                .withName("shop")
                .get();
        return monitor == null || monitor.getStatus() == null
                ? List.of()
                : monitor.getStatus().findings();
    }

    private static String failure(PostgresServer postgres) {
        try {
            execute(postgres, "shop", "shop_owner", ORDER);
            throw new IllegalStateException("the insert went through, though it should not");
        } catch (SQLException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static void execute(PostgresServer server, String database, String user, String sql) throws SQLException {
        try (var connection = server.connect(database, user);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
