package dev.seqwatch.paging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.seqwatch.cluster.RunningOperator;
import dev.seqwatch.cluster.SharedCluster;
import dev.seqwatch.cluster.Tools;
import dev.seqwatch.deploy.Dashboard;
import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One story, told in order: a database in trouble, what Grafana would ask, the page, the remedy, the operator's end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class PagingIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final long RANGE_OF_INTEGER = 2_147_483_647L;

    private final String namespace = SharedCluster.newNamespace();
    private final PostgresServer server = PostgresServer.of(18);
    private Database database = new Database(server, "none");
    private List<AutoCloseable> running = List.of();

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        database = server.database();
        trouble();
        install();
        var operator = RunningOperator.start(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                SharedCluster.get().kubeconfigOf("seqwatch-system", "seqwatch"),
                folder.resolve("operator.log"));
        running = List.of(operator);
        await().atMost(PATIENCE).until(operator::ready);
        var pager = Pager.start();
        var monitoring = Monitoring.start(
                folder.resolve("monitoring"),
                operator.address(),
                HastyRules.write(folder.resolve("rules.yaml")),
                pager.url());
        running = List.of(operator, monitoring, pager);
    }

    @AfterAll
    void stop() throws Exception {
        for (var part : running) {
            part.close();
        }
        SharedCluster.get().kubectl().expect("delete", "seqmon", "--all", "--namespace=" + namespace);
        database.close();
    }

    @Test
    @Order(1)
    void nobody_is_paged_about_the_sequence_before_it_is_in_trouble() {
        await().atMost(PATIENCE).until(() -> !pages("SequenceBehind").isEmpty()); // another table's
        assertThat(pages("SequenceExhaustionCritical")).isEmpty();
    }

    @Test
    @Order(2)
    void a_sequence_at_95_percent_pages_with_what_to_know_and_what_to_type() throws Exception {
        database.execute("SELECT setval('orders_id_seq', " + (RANGE_OF_INTEGER * 95 / 100 + 1) + ")");
        await().atMost(PATIENCE)
                .until(() -> !pages("SequenceExhaustionCritical").isEmpty());
        var page = pages("SequenceExhaustionCritical").getFirst();
        assertThat(page.firing()).isTrue();
        assertThat(labels(page))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "alertname", "SequenceExhaustionCritical",
                        "severity", "critical",
                        "namespace", namespace,
                        "monitor", "shop",
                        "database", database.name(),
                        "schema", "public",
                        "sequence", "orders_id_seq"));
        assertThat(page.annotation("summary"))
                .isEqualTo("public.orders_id_seq is 95% used in database " + database.name());
        assertThat(page.annotation("description"))
                .contains(
                        "values are left",
                        "The binding limit is Column public.orders.id integer",
                        "the sequence feeds public.orders.id");
        assertThat(page.annotation("runbook_url")).endsWith("/SequenceExhaustionCritical.md");
        var command =
                page.annotation("description").lines().reduce((_, line) -> line).orElseThrow();
        assertThat(typed(command)).contains(remedy(), "95.0 % of public.orders_id_seq is used");
    }

    @Test
    @Order(3)
    void every_query_of_every_dashboard_has_data() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                Dashboard.all()
                                        .flatMap(new DashboardData(
                                                (Monitoring) running.get(1), namespace, database.name())::withoutData))
                        .isEmpty());
    }

    @Test
    @Order(3)
    void what_a_dashboard_says_to_type_gives_the_remedy() throws Exception {
        var variables = Map.of("namespace", namespace, "monitor", "shop", "database", database.name());
        var commands = Dashboard.all()
                .flatMap(Dashboard::texts)
                .map(panel -> panel.at("/options/content").asText().replaceAll("(?s).*`(.+)`.*", "$1"))
                .toList();
        assertThat(commands).hasSize(1);
        assertThat(typed(Dashboard.replaced(commands.getFirst(), variables)))
                .contains("SequenceExhaustion: ", remedy());
    }

    @Test
    @Order(4)
    void the_remedy_ends_it() throws SQLException {
        database.execute(remedy());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                pages("SequenceExhaustionCritical").getLast().firing())
                        .isFalse());
        assertThat(pages("SequenceExhaustionCritical")).hasSize(2); // it came once and went once
    }

    @Test
    @Order(5)
    void the_end_of_the_operator_is_told() throws Exception {
        var before = pages("SeqwatchDown").size(); // hasty rules call a first second without a scrape an outage
        running.getFirst().close(); // as SIGKILL does
        await().atMost(PATIENCE).until(() -> pages("SeqwatchDown").size() > before);
        var page = pages("SeqwatchDown").getLast();
        assertThat(page.firing()).isTrue();
        assertThat(page.label("severity")).isEqualTo("critical");
        assertThat(page.annotation("summary")).isEqualTo("Seqwatch is down");
    }

    /** What else a database may have, so that every panel has something to show. */
    private void trouble() throws SQLException {
        database.execute("""
                CREATE SEQUENCE orders_id_seq;
                CREATE TABLE orders (id integer PRIMARY KEY DEFAULT nextval('orders_id_seq'), note text);
                ALTER SEQUENCE orders_id_seq OWNED BY orders.id;
                INSERT INTO orders (note) VALUES ('first');
                CREATE TABLE events (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
                SELECT setval('events_id_seq', 1300000000);
                CREATE TABLE customers (id bigserial PRIMARY KEY);
                INSERT INTO customers SELECT generate_series(1, 10)""");
    }

    private void install() {
        var kubectl = SharedCluster.get().kubectl();
        kubectl.apply(Tools.project().resolve("deploy/base/rbac.yaml"));
        kubectl.apply("""
                apiVersion: v1
                kind: Secret
                metadata: {name: login, namespace: %1$s}
                stringData: {username: %2$s, password: %3$s}
                ---
                apiVersion: seqwatch.dev/v1alpha1
                kind: SequenceMonitor
                metadata: {name: shop, namespace: %1$s}
                spec:
                  interval: 10s
                  connection: {host: %4$s, port: %5$d, credentials: {secretRef: {name: login}}}
                  databases: {include: [%6$s]}
                  metrics: {sequences: All}
                """.formatted(
                namespace, server.superuser(), server.password(), server.host(), server.port(), database.name()));
        // what an operator before this one has seen: a forecast needs hours
        kubectl.expect(
                "patch",
                "seqmon",
                "shop",
                "--namespace=" + namespace,
                "--subresource=status",
                "--type=merge",
                "-p={\"status\":{\"samples\":[" + samples() + "]}}");
    }

    private String samples() {
        return IntStream.rangeClosed(1, 6)
                .mapToObj(hours -> """
                        {"database": "%s", "schema": "public", "sequence": "events_id_seq", "time": "%s", "value": "%d"}""".formatted(
                                database.name(),
                                Instant.now().minus(Duration.ofHours(hours)).toString(),
                                1_300_000_000 - hours * 100_000))
                .collect(Collectors.joining(","));
    }

    private List<Pager.Page> pages(String alert) {
        return running.get(2) instanceof Pager pager
                ? pager.pages().stream()
                        .filter(page -> page.label("alertname").equals(alert))
                        .toList()
                : List.of();
    }

    private static Map<String, String> labels(Pager.Page page) {
        return page.labels().properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, label -> label.getValue().asText()));
    }

    /** What a command prints, typed into a shell. */
    private static String typed(String command) throws IOException, InterruptedException {
        var shell = new ProcessBuilder("/bin/sh", "-c", command).redirectErrorStream(true);
        var cluster = SharedCluster.get();
        shell.environment().put("KUBECONFIG", cluster.adminKubeconfig().toString());
        shell.environment().put("PATH", Tools.find("kubectl").getParent() + ":" + System.getenv("PATH"));
        shell.environment().put("HOME", Tools.project().resolve("target").toString());
        var process = shell.start();
        try (var output = process.getInputStream()) {
            return new String(output.readAllBytes(), UTF_8);
        } finally {
            process.waitFor();
        }
    }

    private String remedy() {
        return SharedCluster.get()
                .kubectl()
                .expect(
                        "get",
                        "seqmon",
                        "shop",
                        "--namespace=" + namespace,
                        "-o=jsonpath={.status.findings[?(@.check==\"SequenceExhaustion\")].remedy}");
    }
}
