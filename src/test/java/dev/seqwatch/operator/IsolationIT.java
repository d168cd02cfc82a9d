package dev.seqwatch.operator;

import static dev.seqwatch.operator.Monitors.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.seqwatch.cluster.SharedCluster;
import dev.seqwatch.testing.BadServer;
import dev.seqwatch.testing.Doorway;
import dev.seqwatch.testing.PostgresServer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers that do not answer, or answer slowly: a monitor is late because of its own server alone. */
class IsolationIT {
    private static final int BAD_OF_EACH_KIND = Integer.getInteger("seqwatch.bad", 10);
    private static final int HEALTHY = 20;
    private static final Duration OBSERVED = Duration.ofSeconds(25);

    /** Less than the ten seconds after which the attempt to connect would end by itself. */
    private static final Duration PROMPT = Duration.ofSeconds(8);

    private final String namespace = SharedCluster.newNamespace();
    private final List<AutoCloseable> resources = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var resource : resources.reversed()) {
            resource.close();
        }
    }

    @Test
    void inspections_of_healthy_monitors_start_in_time_beside_many_bad_servers() throws Exception {
        var monitors = new StringBuilder();
        for (var kind : BadServer.Kind.values()) {
            for (var i = 0; i < BAD_OF_EACH_KIND; i++) {
                monitors.append(monitor(
                        kind.name().toLowerCase(Locale.ROOT) + i, bad(kind).port(), "*"));
            }
        }
        var server = PostgresServer.of(18);
        var doorways = new ArrayList<Doorway>();
        for (var i = 0; i < HEALTHY; i++) {
            var doorway = Doorway.to(server.host(), server.port());
            resources.add(doorway);
            doorways.add(doorway);
            monitors.append(monitor("healthy" + i, doorway.port(), "postgres"));
        }
        secret(server);
        SharedCluster.get().kubectl().apply(monitors.toString());

        var started = Instant.now();
        try (var _ = RunningOperator.startWith(SharedCluster.get(), environment(), FixedPacing.EVERY_THREE_SECONDS)) {
            Thread.sleep(OBSERVED);
        }
        var first = new ArrayList<Duration>();
        var delays = new ArrayList<Duration>();
        for (var doorway : doorways) {
            var each = delays(started, doorway.connections());
            first.add(each.removeFirst());
            delays.addAll(each);
        }
        Collections.sort(delays);
        System.out.printf(
                Locale.ROOT,
                "%d bad servers of each of %d kinds beside %d healthy monitors: %d inspections in %d s, late by %d ms in"
                        + " the middle and %d ms at most; the first, when all start at once, by %d ms at most%n",
                BAD_OF_EACH_KIND,
                BadServer.Kind.values().length,
                HEALTHY,
                delays.size(),
                OBSERVED.toSeconds(),
                delays.get(delays.size() / 2).toMillis(),
                delays.getLast().toMillis(),
                Collections.max(first).toMillis());
        assertThat(delays.size()).isGreaterThan(HEALTHY * 3);
        var late = delays.stream().filter(delay -> delay.toMillis() >= 2_000).count();
        assertThat(late)
                .as("late by two seconds, on a machine that does other work as well")
                .isLessThanOrEqualTo(delays.size() / 20);
        assertThat(delays.getLast()).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void databases_of_a_server_that_does_not_answer_are_not_tried_one_by_one() throws Exception {
        var bad = bad(BadServer.Kind.Silent);
        SharedCluster.get().kubectl().apply(monitor("hole", bad.port(), "a\", \"b\", \"c\", \"d"));
        secret(PostgresServer.of(18));
        try (var _ = RunningOperator.start(SharedCluster.get(), environment())) {
            var from = Instant.now();
            monitors().awaitCondition("hole", "Ready", "False TimedOut");
            assertThat(Duration.between(from, Instant.now())).isLessThan(Duration.ofSeconds(30));
        }
        assertThat(monitors().field("hole", ".status.databases[3].error"))
                .startsWith("TimedOut: Database \"d\" was not tried, because the server does not answer");
        assertThat(bad.connections()).isLessThanOrEqualTo(2);
    }

    @Test
    void a_monitor_that_is_deleted_while_it_is_inspected_leaves_no_connection_and_no_series() throws Exception {
        var bad = bad(BadServer.Kind.Silent);
        SharedCluster.get().kubectl().apply(monitor("hole", bad.port(), "*"));
        secret(PostgresServer.of(18));
        try (var operator = RunningOperator.start(SharedCluster.get(), environment())) {
            await().atMost(PATIENCE).until(() -> bad.open() == 1);
            monitors().run("delete", "seqmon", "hole");
            await().atMost(PROMPT).until(() -> bad.open() == 0);
            assertThat(operator.series(namespace, "hole")).isEmpty();
            Thread.sleep(1_000);
            assertThat(bad.open()).isZero();
            assertThat(operator.series(namespace, "hole")).isEmpty();
            assertThat(monitors().run("get", "events.events.k8s.io", "-o=name")).isEmpty();
        }
    }

    @Test
    void a_monitor_that_is_edited_while_it_is_inspected_is_inspected_anew() throws Exception {
        var bad = bad(BadServer.Kind.Silent);
        var server = PostgresServer.of(18);
        secret(server);
        SharedCluster.get().kubectl().apply(monitor("shop", bad.port(), "postgres"));
        try (var _ = RunningOperator.start(SharedCluster.get(), environment())) {
            await().atMost(PATIENCE).until(() -> bad.open() == 1);
            var from = Instant.now();
            monitors().patch("shop", "{\"spec\":{\"connection\":{\"port\":" + server.port() + "}}}");
            monitors().awaitCondition("shop", "Ready", "True DatabasesRead");
            assertThat(Duration.between(from, Instant.now())).isLessThan(PROMPT);
            assertThat(bad.open()).isZero();
        }
    }

    @Test
    void of_ten_edits_in_a_row_the_last_one_counts() throws Exception {
        var bad = bad(BadServer.Kind.Silent);
        var drip = bad(BadServer.Kind.Drip);
        var server = PostgresServer.of(18);
        secret(server);
        SharedCluster.get().kubectl().apply(monitor("shop", bad.port(), "postgres"));
        try (var _ = RunningOperator.start(SharedCluster.get(), environment())) {
            await().atMost(PATIENCE).until(() -> bad.open() == 1);
            for (var edit = 1; edit < 10; edit++) {
                monitors().patch("shop", toPort(edit % 2 == 0 ? bad.port() : drip.port()));
            }
            monitors().patch("shop", toPort(server.port()));
            monitors().awaitField("shop", ".status.observedGeneration", "11");
            monitors().awaitCondition("shop", "Ready", "True DatabasesRead");
            await().atMost(PATIENCE).until(() -> bad.open() == 0);
        }
    }

    private static String toPort(int port) {
        return "{\"spec\":{\"connection\":{\"port\":" + port + "}}}";
    }

    @Test
    void an_operator_that_stops_ends_its_inspections_before_it_releases_the_lease() throws Exception {
        var bad = bad(BadServer.Kind.Silent);
        SharedCluster.get().kubectl().apply(monitor("hole", bad.port(), "*"));
        secret(PostgresServer.of(18));
        try (var operator = RunningOperator.start(SharedCluster.get(), environment())) {
            await().atMost(PATIENCE).until(() -> bad.open() == 1);
            var from = Instant.now();
            operator.terminate();
            assertThat(Duration.between(from, Instant.now())).isLessThan(PROMPT);
            assertThat(bad.open()).isZero();
        }
    }

    /** Between the time that the schedule gives for an inspection and its first connection. */
    private static List<Duration> delays(Instant started, List<Instant> connections) {
        var delays = new ArrayList<Duration>();
        var due = started;
        for (var connection : connections) {
            delays.add(Duration.between(due, connection));
            due = connection.plus(FixedPacing.SPACING);
        }
        return delays;
    }

    private BadServer bad(BadServer.Kind kind) throws IOException {
        var server = BadServer.start(kind);
        resources.add(server);
        return server;
    }

    private Monitors monitors() {
        return Monitors.in(SharedCluster.get().kubectl(), namespace);
    }

    private void secret(PostgresServer server) {
        monitors().secret("username=" + server.superuser(), "password=" + server.password());
    }

    private Map<String, String> environment() {
        return Map.of("SEQWATCH_NAMESPACES", namespace);
    }

    private String monitor(String name, int port, String databases) {
        return """
                ---
                apiVersion: seqwatch.dev/v1alpha1
                kind: SequenceMonitor
                metadata: {name: %s, namespace: %s}
                spec:
                  interval: 10s
                  connection: {host: 127.0.0.1, port: %d, credentials: {secretRef: {name: login}}}
                  databases: {include: ["%s"]}
                """.formatted(name, namespace, port, databases);
    }

    /** Starts are a fixed time apart, so that a delay can be told. */
    private record FixedPacing() implements Pacing {
        static final Duration SPACING = Duration.ofSeconds(3);
        static final Pacing EVERY_THREE_SECONDS = new FixedPacing();

        @Override
        public Next next(Ended inspection) {
            return new Next(inspection.startedAt().plus(SPACING), false);
        }
    }
}
