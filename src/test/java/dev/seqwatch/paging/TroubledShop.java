package dev.seqwatch.paging;

import dev.seqwatch.cluster.SharedCluster;
import dev.seqwatch.cluster.Tools;
import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.PostgresServer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A database in trouble, and the monitor {@code shop} that watches it. */
record TroubledShop(PostgresServer server, Database database, String namespace) {
    /** Gives every panel something to show; the sequence of orders is still well. */
    void damage() throws SQLException {
        database.execute("""
                CREATE SEQUENCE orders_id_seq;
                CREATE TABLE orders (id integer PRIMARY KEY DEFAULT nextval('orders_id_seq'), note text);
                ALTER SEQUENCE orders_id_seq OWNED BY orders.id;
                INSERT INTO orders (note) VALUES ('first');
                CREATE TABLE events (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
                SELECT setval('events_id_seq', 1300000000);
                CREATE TABLE customers (id bigserial PRIMARY KEY);
                INSERT INTO customers SELECT generate_series(1, 10);
                CREATE TABLE invoices (id bigserial PRIMARY KEY);
                INSERT INTO invoices DEFAULT VALUES;
                INSERT INTO invoices VALUES (5000)""");
    }

    /** Applies a monitor for it, and what that has to know. */
    void watch() {
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

    /** Of the sequence of orders, as the status has it. */
    String remedy() {
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
