package dev.seqwatch.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.PostgresServer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A table that logical replication fills has rows and a sequence that was never called. */
class SubscribedTableIT {
    private static final String TABLES = """
            CREATE TABLE t(id serial PRIMARY KEY, v int);
            CREATE TABLE p(id int GENERATED ALWAYS AS IDENTITY, v int, PRIMARY KEY (id, v)) PARTITION BY LIST (v);
            CREATE TABLE p1 PARTITION OF p DEFAULT;
            CREATE TABLE own(id bigserial PRIMARY KEY, v int);
            """;

    static Stream<PostgresServer> servers() {
        return PostgresServer.all();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void a_subscriber_is_told_before_the_switchover_and_warned_after_it(PostgresServer server) throws SQLException {
        try (var publisher = server.database();
                var subscriber = server.database()) {
            publisher.execute(
                    TABLES + "INSERT INTO t(v) SELECT g FROM generate_series(1, 5) g; INSERT INTO p(v) VALUES (1);");
            publisher.execute("CREATE PUBLICATION feed FOR TABLE t, p");
            subscriber.execute(TABLES + "INSERT INTO own(v) VALUES (1)");
            subscribe(publisher, subscriber);
            try {
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> subscriber
                                .value("SELECT (SELECT count(*) FROM t) + (SELECT count(*) FROM p)")
                                .equals("6"));
                assertThat(Inspect.of(subscriber, "SequenceBehind"))
                        .containsExactly("Info public.p_id_seq public.p.id", "Info public.t_id_seq public.t.id");
                assertThat(Inspect.of(publisher, "SequenceBehind")).isEmpty();
                onceItNoLongerWorks(publisher, subscriber);
            } finally {
                unsubscribe(publisher, subscriber);
            }

            assertThatThrownBy(() -> subscriber.execute("INSERT INTO t(v) VALUES (6)"))
                    .hasMessageContaining("duplicate key");
            subscriber.execute("ALTER SEQUENCE t_id_seq RESTART");
            var collisions = Inspect.at(subscriber).stream()
                    .filter(finding -> finding.check().equals("SequenceBehind"))
                    .toList();
            assertThat(collisions).hasSize(2).allMatch(Inspect::bad);
            for (var collision : collisions) {
                Inspect.run(subscriber, collision);
            }
            subscriber.execute("INSERT INTO t(v) VALUES (6); INSERT INTO p(v) VALUES (1)");
            assertThat(Inspect.of(subscriber, "SequenceBehind")).isEmpty();
        }
    }

    /** A table that takes inserts here is judged as soon as no worker runs, any table as soon as the subscription is disabled. */
    private static void onceItNoLongerWorks(Database publisher, Database subscriber) throws SQLException {
        var name = "feed_" + publisher.name();
        subscriber.execute("ALTER SUBSCRIPTION %s CONNECTION 'dbname=nowhere host=127.0.0.1 port=1'".formatted(name));
        assertThatThrownBy(() -> subscriber.execute("INSERT INTO t(v) VALUES (6)"))
                .hasMessageContaining("duplicate key");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(Inspect.of(subscriber, "SequenceBehind"))
                        .containsExactly("Critical public.t_id_seq public.t.id", "Info public.p_id_seq public.p.id"));
        subscriber.execute("ALTER SUBSCRIPTION %s DISABLE; ALTER SEQUENCE t_id_seq RESTART".formatted(name));
        assertThat(Inspect.of(subscriber, "SequenceBehind"))
                .containsExactly("Critical public.p_id_seq public.p.id", "Critical public.t_id_seq public.t.id");
    }

    /** Publisher and subscriber share a server, which would wait for itself were the slot made with the subscription. */
    private static void subscribe(Database publisher, Database subscriber) throws SQLException {
        var slot = publisher.name();
        publisher.execute("SELECT pg_create_logical_replication_slot('%s', 'pgoutput')".formatted(slot));
        subscriber.execute(("CREATE SUBSCRIPTION feed_%s CONNECTION 'dbname=%s host=127.0.0.1 port=' PUBLICATION feed"
                        + " WITH (create_slot = false, slot_name = '%s')")
                .formatted(slot, publisher.name(), slot)
                .replace("port=", connection(publisher)));
    }

    /** As the server itself reaches its own port. */
    private static String connection(Database publisher) throws SQLException {
        return "port=%s user=%s password=%s"
                .formatted(
                        publisher.value("SELECT current_setting('port')"),
                        publisher.server().superuser(),
                        publisher.server().password());
    }

    private static void unsubscribe(Database publisher, Database subscriber) throws SQLException {
        var name = "feed_" + publisher.name();
        subscriber.execute("ALTER SUBSCRIPTION %s DISABLE".formatted(name));
        subscriber.execute("ALTER SUBSCRIPTION %s SET (slot_name = NONE)".formatted(name));
        subscriber.execute("DROP SUBSCRIPTION " + name);
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .untilAsserted(() -> publisher.execute(
                        "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '%s'"
                                .formatted(publisher.name())));
    }
}
