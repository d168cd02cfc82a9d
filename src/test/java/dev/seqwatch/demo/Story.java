package dev.seqwatch.demo;

import dev.seqwatch.api.v1alpha1.SequenceMonitor;
import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus.FindingStatus;
import dev.seqwatch.cluster.LocalCluster;
import dev.seqwatch.cluster.RunningOperator;
import dev.seqwatch.cluster.Tools;
import dev.seqwatch.report.text.Verdict;
import dev.seqwatch.testing.PostgresServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What a newcomer sees: the findings, the page, the insert that fails, the remedy, the insert that succeeds. */
record Story(Stage stage, LocalCluster cluster, PostgresServer postgres, RunningOperator operator, OnCall onCall) {
    private static final String ORDER = "INSERT INTO orders (customer) VALUES ('one more')";
    private static final String SEQUENCE_USED_UP = "2200H";
    private static final int LINES_OF_METRICS = 8;

    /** Needs nothing but the database. */
    static void check(Stage stage, PostgresServer postgres) throws IOException, InterruptedException {
        var program = Tools.project().resolve("bin/seqwatch").toString();
        var uri = "postgresql://seqwatch@%s:%d/shop".formatted(postgres.host(), postgres.port());
        stage.command("bin/seqwatch check " + uri);
        var check = new ProcessBuilder(program, "check", uri)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        stage.say(String.join("\n", check.inputReader().lines().toList()));
        if (check.waitFor() != Verdict.Critical.exitCode()) {
            throw new IllegalStateException("check found nothing Critical");
        }
    }

    static void install(Stage stage, LocalCluster cluster, PostgresServer postgres) {
        var kubectl = cluster.kubectl();
        var project = Tools.project();
        stage.title("Installing Seqwatch, and a monitor for the shop");
        for (var path : List.of("crds", "deploy/namespace.yaml", "deploy/base/rbac.yaml")) {
            stage.command("kubectl apply -f " + path);
            stage.say(kubectl.apply(project.resolve(path)));
        }
        stage.command("kubectl apply -f -   # the shop's namespace, and a Secret: where its database is, who reads it");
        stage.say(kubectl.apply("""
                {apiVersion: v1, kind: Namespace, metadata: {name: shop}}
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: shop-db-monitor, namespace: shop}
                stringData: {username: seqwatch, password: seqwatch, host: "%s", port: "%d"}
                """.formatted(postgres.host(), postgres.port())));
        stage.command("kubectl apply -f demo/monitor.yaml");
        stage.say(kubectl.apply(project.resolve("demo/monitor.yaml")));
    }

    void tell() throws Exception {
        try (var client = cluster.client()) {
            stage.await("the first inspection", () -> !findings(client).isEmpty());
            stage.title("The findings");
            showMonitor();
            findings(client).stream().filter(Story::urgent).forEach(this::show);
            var finding = exhaustedOrders(client);
            onCall.paged("orders_id_seq");
            failOnce();
            fix(client, finding);
            stage.title("The alert resolves");
            onCall.resolved("orders_id_seq");
        }
    }

    private void showMonitor() {
        stage.command("kubectl get seqmon --namespace shop");
        stage.say(cluster.kubectl().expect("get", "seqmon", "--namespace", "shop"));
    }

    private void show(FindingStatus finding) {
        stage.blank();
        stage.say("%-8s  %s".formatted(finding.severity(), finding.check()));
        stage.say(Wrapped.at(88, String.valueOf(finding.message())).indent(10).stripTrailing());
    }

    private void failOnce() {
        stage.title("Without the fix: an insert into orders fails");
        stage.statement("shop=> " + ORDER + ";");
        try {
            order(postgres);
            throw new IllegalStateException("the insert went through, though it should not");
        } catch (SQLException e) {
            if (!isUsedUp(e)) {
                throw new IllegalStateException("the insert failed for another reason: " + e.getMessage(), e);
            }
            stage.say(String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private void fix(KubernetesClient client, FindingStatus finding) throws Exception {
        stage.title("The fix: the owner of the table runs the script of the finding");
        var remedy = Objects.requireNonNull(finding.remedy());
        stage.statement(remedy);
        execute(postgres, "shop", "shop_owner", remedy);
        stage.say("done");
        stage.await("the next inspection, ten seconds after the last", () -> isGone(client, finding));
        stage.title("With the fix: one Critical finding fewer, and the insert succeeds");
        showMonitor();
        stage.statement("shop=> " + ORDER + ";");
        order(postgres);
        stage.say("INSERT 0 1");
    }

    /** Runs the remedy of the full sequence, and says nothing. */
    void fixOrders() throws SQLException {
        try (var client = cluster.client()) {
            var remedy = Objects.requireNonNull(exhaustedOrders(client).remedy());
            execute(postgres, "shop", "shop_owner", remedy);
        }
    }

    static void order(PostgresServer server) throws SQLException {
        execute(server, "shop", "shop_owner", ORDER);
    }

    static boolean isUsedUp(SQLException e) {
        return SEQUENCE_USED_UP.equals(e.getSQLState());
    }

    void metrics() {
        stage.title("Metrics");
        stage.command("curl " + operator.metricsUrl());
        operator.metrics()
                .lines()
                .filter(line -> Stream.of(
                                "seqwatch_database_up{", "seqwatch_highest_used_ratio{", "seqwatch_finding_info{")
                        .anyMatch(line::startsWith))
                .sorted()
                .limit(LINES_OF_METRICS)
                .forEach(stage::say);
    }

    void invite() {
        stage.title("Yours to try, until Ctrl-C");
        stage.command("export KUBECONFIG=" + cluster.adminKubeconfig());
        stage.command(
                "export PATH=" + Tools.find("kubectl").getParent() + ":$PATH   # kubectl, promtool and the others");
        stage.command("kubectl explain seqmon.spec");
        stage.command("kubectl get seqmon -n shop shop -o yaml");
        stage.command("psql postgresql://shop_owner@%s:%d/shop".formatted(postgres.host(), postgres.port()));
        stage.command(
                "bin/seqwatch check postgresql://seqwatch@%s:%d/shop".formatted(postgres.host(), postgres.port()));
        stage.command("curl " + operator.metricsUrl());
        stage.command("curl " + onCall.monitoring().prometheus().url() + "/api/v1/alerts");
        stage.command("open " + onCall.monitoring().alertmanagerUrl() + "   # Alertmanager, in a browser");
        stage.blank();
        stage.say(
                "Run another remedy of the status, or break something more: pages are shown here as they come and go.");
    }

    private boolean isGone(KubernetesClient client, FindingStatus finding) {
        operator.expectAlive();
        return findings(client).stream()
                .noneMatch(each -> Objects.equals(each.check(), finding.check())
                        && Objects.equals(each.sequence(), finding.sequence()));
    }

    private static FindingStatus exhaustedOrders(KubernetesClient client) {
        return findings(client).stream()
                .filter(each -> "SequenceExhaustion".equals(each.check()) && "public.orders".equals(each.table()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the exhausted table orders was not found"));
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

    static void execute(PostgresServer server, String database, String user, String sql) throws SQLException {
        try (var connection = server.connect(database, user);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
