package dev.seqwatch.scenario;

import static dev.seqwatch.scenario.InspectionSimulator.found;
import static dev.seqwatch.scenario.InspectionSimulator.lines;
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

/** Ids that are drawn and thrown away, beside tables whose ids are far ahead of their rows for good reasons. */
class IdBurnIT {
    private static final String CHECK = "IdBurn";
    private static final String BURNT = """
            Info public.prices_id_seq public.prices.id
            Info public.tries_id_seq public.tries.id""";

    static Stream<PostgresServer> servers() {
        return PostgresServer.all();
    }

    @ParameterizedTest
    @MethodSource("dev.seqwatch.testing.PostgresServer#oldestAndNewest")
    void upserts_and_rollbacks_use_the_range_up_and_neighbours_do_not(PostgresServer server) throws SQLException {
        try (var database = server.database()) {
            database.execute("""
                    CREATE TABLE prices (id smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, code int UNIQUE);
                    CREATE TABLE tries (id serial PRIMARY KEY, v int);
                    """);
            healthy(database);
            upsert(database, 15);
            database.execute("INSERT INTO tries (v) SELECT 1 FROM generate_series(1, 100)");
            for (var i = 0; i < 20; i++) {
                database.execute("BEGIN; INSERT INTO tries (v) SELECT 1 FROM generate_series(1, 100); ROLLBACK");
            }
            var given = "SELECT (SELECT last_value FROM prices_id_seq) || ' ids, ' || count(*) || ' rows' FROM prices";
            assertThat(database.value(given)).isEqualTo("3000 ids, 200 rows");
            counted(database);
            var watcher = new InspectionSimulator(database);
            assertThat(lines(watcher.look(Duration.ZERO), CHECK)).isEqualTo(BURNT);
            assertThat(found(watcher.look(Duration.ofHours(1)), CHECK).toList())
                    .allMatch(finding -> finding.remedy() == null)
                    .anySatisfy(finding -> assertThat(finding.message())
                            .startsWith("public.prices_id_seq has returned 3,000 ids for about 200 rows"));

            for (var day = 1; day <= 8; day++) {
                upsert(database, 5);
                watcher.look(Duration.ofDays(day));
            }
            upsert(database, 5);
            assertThat(lines(watcher.look(Duration.ofDays(9)), CHECK))
                    .as("it ends in 20 days")
                    .isEqualTo("Warning public.prices_id_seq public.prices.id\n"
                            + BURNT.lines().toList().get(1));
            for (var day = 0; day < 20; day++) {
                upsert(database, 5);
            }
            assertThatThrownBy(() -> upsert(database, 5)).hasMessageContaining("reached maximum value");
            assertThat(database.value("SELECT count(*) FROM prices")).isEqualTo("200");
        }
    }

    /** Looking before inserting is what the finding asks for. */
    @ParameterizedTest
    @MethodSource("servers")
    void who_looks_first_burns_nothing(PostgresServer server) throws SQLException {
        try (var database = server.database()) {
            database.execute(
                    "CREATE TABLE prices (id smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, code int UNIQUE)");
            for (var i = 0; i < 15; i++) {
                database.execute("INSERT INTO prices (code) SELECT g FROM generate_series(1, 200) g"
                        + " WHERE NOT EXISTS (SELECT FROM prices WHERE code = g) ON CONFLICT DO NOTHING");
            }
            assertThat(database.value("SELECT last_value FROM prices_id_seq")).isEqualTo("200");
            assertThat(lines(new InspectionSimulator(database).look(Duration.ZERO), CHECK))
                    .isEmpty();
        }
    }

    private static void healthy(Database database) throws SQLException {
        database.execute("""
                CREATE TABLE queue (id serial PRIMARY KEY);
                INSERT INTO queue SELECT FROM generate_series(1, 5000);
                CREATE TABLE forgotten (id serial PRIMARY KEY);
                INSERT INTO forgotten SELECT FROM generate_series(1, 5000);
                DELETE FROM forgotten WHERE id < 4700;
                CREATE TABLE copied (id serial PRIMARY KEY);
                CREATE SEQUENCE shared;
                CREATE TABLE one (id bigint DEFAULT nextval('shared') PRIMARY KEY);
                CREATE TABLE other (id bigint DEFAULT nextval('shared') PRIMARY KEY);
                INSERT INTO other SELECT FROM generate_series(1, 3000);
                INSERT INTO one SELECT FROM generate_series(1, 150);
                CREATE TABLE stepping (id bigint GENERATED ALWAYS AS IDENTITY (INCREMENT 50) PRIMARY KEY);
                INSERT INTO stepping SELECT FROM generate_series(1, 150);
                CREATE TABLE moved (id bigserial PRIMARY KEY, v int);
                CREATE TABLE moved_before (id bigserial PRIMARY KEY, v int);
                SELECT setval('moved_before_id_seq', 1000000);
                CREATE TABLE logs (id bigserial, at int) PARTITION BY LIST (at);
                CREATE TABLE logs1 PARTITION OF logs FOR VALUES IN (1);
                CREATE TABLE logs2 PARTITION OF logs FOR VALUES IN (2);
                CREATE TABLE cached (id bigint GENERATED ALWAYS AS IDENTITY (CACHE 50) PRIMARY KEY, v int)""");
        database.execute("ANALYZE");
        counted(database, "other", 3000);
        database.execute("SELECT pg_stat_reset()");
        counted(database, "other", 0);
        database.execute("INSERT INTO forgotten SELECT FROM generate_series(1, 120)");
        database.execute(
                "INSERT INTO moved (v) SELECT 1 FROM generate_series(1, 150); SELECT setval('moved_id_seq', 9000)");
        database.execute("INSERT INTO moved_before (v) SELECT 1 FROM generate_series(1, 150)");
        database.execute("INSERT INTO logs (at) SELECT 1 FROM generate_series(1, 5000)");
        database.execute("DROP TABLE logs1; INSERT INTO logs (at) SELECT 2 FROM generate_series(1, 150)");
        database.execute("INSERT INTO queue SELECT FROM generate_series(1, 200)");
        database.execute("DELETE FROM queue");
        database.execute("INSERT INTO copied SELECT generate_series(1, 1000); SELECT setval('copied_id_seq', 1000)");
        for (var i = 0; i < 10; i++) { // each session takes 50 and uses a dozen
            database.execute("INSERT INTO cached (v) SELECT 1 FROM generate_series(1, 12)");
        }
    }

    private static void upsert(Database database, int times) throws SQLException {
        for (var i = 0; i < times; i++) {
            database.execute(
                    "INSERT INTO prices (code) SELECT g FROM generate_series(1, 200) g ON CONFLICT DO NOTHING");
        }
    }

    private static void counted(Database database) throws SQLException {
        counted(database, "prices", 200);
        counted(database, "cached", 120);
        counted(database, "moved", 150);
        counted(database, "moved_before", 150);
        counted(database, "logs2", 150);
        accessed(database, "prices_id_seq", 3000);
        accessed(database, "tries_id_seq", 2100);
        database.execute("ANALYZE");
    }

    private static void accessed(Database database, String sequence, int times) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> database.value(
                                "SELECT pg_stat_get_blocks_fetched('" + sequence + "'::regclass) >= " + times)
                        .equals("t"));
    }

    private static void counted(Database database, String table, int rows) {
        await().until(() -> database.value("SELECT n_tup_ins FROM pg_stat_user_tables WHERE relname = '" + table + "'")
                .equals(Integer.toString(rows)));
    }
}
