package dev.seqwatch.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.seqwatch.cluster.RunningOperator;
import dev.seqwatch.cluster.SharedCluster;
import dev.seqwatch.cluster.Tools;
import dev.seqwatch.deploy.Dashboard;
import dev.seqwatch.picture.Board;
import dev.seqwatch.picture.Shown;
import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
        // the operator watches all namespaces, and other tests leave monitors there
        SharedCluster.get().kubectl().expect("delete", "seqmon", "--all", "--all-namespaces");
        database = server.database();
        shop().damage();
        shop().watch();
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
        await().atMost(PATIENCE).until(() -> !pages("SequenceBehindCritical").isEmpty()); // another table's
        assertThat(pages("SequenceExhaustionCritical")).isEmpty();
    }

    @Test
    @Order(1)
    void a_critical_alert_of_one_sequence_does_not_mute_the_warnings_of_others() {
        await().atMost(PATIENCE)
                .until(() -> severities("SequenceBehind")
                        .containsAll(List.of("customers_id_seq critical", "invoices_id_seq warning")));
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
        assertThat(SharedCluster.typed(command)).contains(shop().remedy(), "95.0 % of public.orders_id_seq is used");
    }

    @Test
    @Order(3)
    void every_query_of_every_dashboard_has_data() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Dashboard.all()
                                .flatMap(
                                        new DashboardData(
                                                        ((Monitoring) running.get(1)).prometheus(),
                                                        namespace,
                                                        database.name())::withoutData))
                        .isEmpty());
    }

    /** An alert that reads a metric with a wrong name never fires. */
    @Test
    @Order(3)
    void every_metric_that_an_alert_reads_is_there() throws Exception {
        var rules = Files.readString(Tools.project().resolve("deploy/alerts/rules.yaml"));
        var metrics = Pattern.compile("\\b(seqwatch_[a-z_]+|process_[a-z_]+)\\b")
                .matcher(rules)
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
        var prometheus = ((Monitoring) running.get(1)).prometheus();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(metrics)
                        .hasSizeGreaterThan(10)
                        .allMatch(metric -> !prometheus.query(metric).isEmpty()));
    }

    @Test
    @Order(3)
    void every_dashboard_can_be_drawn() {
        var variables = Map.of(
                "namespace",
                namespace,
                "monitor",
                "shop",
                "database",
                database.name(),
                "schema",
                ".*",
                "sequence",
                ".*");
        var prometheus = ((Monitoring) running.get(1)).prometheus();
        var shown = new Shown(prometheus, variables, Instant.now().minusSeconds(30), Instant.now());
        assertThat(Dashboard.all())
                .allSatisfy(dashboard -> assertThat(Board.drawn(dashboard, shown))
                        .contains("orders_id_seq", ">95.0%<")
                        .contains(dashboard.titles()));
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
        assertThat(SharedCluster.typed(Dashboard.replaced(commands.getFirst(), variables)))
                .contains("SequenceExhaustion in database " + database.name(), shop().remedy());
    }

    @Test
    @Order(4)
    void the_remedy_ends_it() throws SQLException {
        database.execute(shop().remedy());
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

    private TroubledShop shop() {
        return new TroubledShop(server, database, namespace);
    }

    /** Sequence and severity of each page whose alert has a name that begins so. */
    private Set<String> severities(String prefix) {
        return running.get(2) instanceof Pager pager
                ? pager.pages().stream()
                        .filter(page -> page.label("alertname").startsWith(prefix))
                        .map(page -> page.label("sequence") + " " + page.label("severity"))
                        .collect(Collectors.toSet())
                : Set.of();
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
}
