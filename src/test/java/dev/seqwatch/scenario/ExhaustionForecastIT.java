package dev.seqwatch.scenario;

import static dev.seqwatch.scenario.InspectionSimulator.found;
import static dev.seqwatch.scenario.InspectionSimulator.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.seqwatch.check.Finding;
import dev.seqwatch.model.TableStatistics;
import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.PostgresServer;
import dev.seqwatch.testing.PsqlScript;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A smallint key that fills up at a real rate, on days that the test counts: where it ends is where it was forecast. */
class ExhaustionForecastIT {
    private static final String CHECK = "ExhaustionForecast";
    private static final int A_DAY = 1_000;
    private static final String SICK = "Critical public.fast_id_seq public.fast.id";

    static Stream<PostgresServer> servers() {
        return PostgresServer.oldestAndNewest();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void positions_seen_over_days_tell_the_day_of_the_end(PostgresServer server) throws SQLException {
        try (var database = database(server)) {
            var watcher = new InspectionSimulator(database);
            assertThat(lines(watcher.look(Duration.ZERO), CHECK)).isEmpty();
            for (var day = 1; day <= 10; day++) {
                spend(database, A_DAY);
                watcher.look(Duration.ofDays(day));
            }
            spend(database, A_DAY);
            var found = watcher.look(Duration.ofDays(11));

            assertThat(lines(found, CHECK)).isEqualTo(SICK);
            assertThat(message(found))
                    .contains("in 21 days (about 2026-04-03)")
                    .contains("at 1,000 values a day, seen over the last 11 days");
            assertDamaged(database, 21);
            assertFixed(database, watcher, found, Duration.ofDays(12));
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void the_status_carries_them_over_a_restart(PostgresServer server) throws SQLException {
        try (var database = database(server)) {
            var watcher = new InspectionSimulator(database);
            database.execute("SELECT setval('fast_id_seq', 14500)");
            for (var hour = 0; hour <= 8 * 24; hour += 12) {
                watcher.look(Duration.ofHours(hour));
                spend(database, A_DAY / 2);
            }
            watcher.restart();
            spend(database, A_DAY / 2);
            var found = watcher.look(Duration.ofDays(9));

            assertThat(lines(found, CHECK)).isEqualTo(SICK);
            assertThat(message(found)).contains("in 9 days (about 2026-03-20)").contains("seen over the last 9 days");
            assertDamaged(database, 9);
            assertFixed(database, watcher, found, Duration.ofDays(9));
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void counters_give_an_estimate_at_the_first_look(PostgresServer server) throws SQLException {
        try (var database = database(server)) {
            spend(database, 10 * A_DAY);
            database.execute("ANALYZE; SELECT pg_stat_reset()");
            counted(database, 0);
            spend(database, 2 * A_DAY);
            counted(database, 2 * A_DAY);
            var watcher = new InspectionSimulator(database);
            var found = watcher.look(Duration.ofDays(2), Duration.ofDays(2));

            assertThat(lines(found, CHECK)).isEqualTo(SICK);
            assertThat(message(found))
                    .contains("in 20 days")
                    .contains("estimated from the 2,000 rows inserted since the statistics were reset at 2026-03-02");
            assertDamaged(database, 20);
            assertFixed(database, watcher, found, Duration.ofDays(3));
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void a_restore_a_load_and_another_tables_reset_are_no_estimate(PostgresServer server) throws SQLException {
        try (var database = database(server)) {
            database.execute("INSERT INTO fast SELECT generate_series(1, 20000); SELECT setval('fast_id_seq', 20000)");
            counted(database, 20_000); // a report that comes after the VACUUM would be added to what that counted
            database.execute("VACUUM (ANALYZE) fast");
            await().untilAsserted(() -> {
                assertThat(counters(database).inserted()).isEqualTo(20_000);
                assertThat(counters(database).stored()).isEqualTo(20_000);
            });
            assertThat(lines(new InspectionSimulator(database).look(Duration.ofDays(2), Duration.ofDays(2)), CHECK))
                    .as("a restore, %s", counters(database))
                    .isEmpty();

            database.execute("SELECT pg_stat_reset()");
            counted(database, 0);
            spend(database, 2_000);
            counted(database, 2_000);
            database.execute("ANALYZE fast");
            var before = Inspect.state(database).counting();
            database.execute("SELECT pg_stat_reset_single_table_counters('slow'::regclass)");
            await().until(() -> !Objects.equals(Inspect.state(database).counting(), before));
            var counting = Objects.requireNonNull(Inspect.state(database).counting());
            assertThat(counters(database).inserted()).isEqualTo(2_000);
            assertThat(counters(database).remembered()).isBefore(counting.since());
        }
    }

    /** From 15 on a database does not know since when it counts; the server's own age is the longest that it can be. */
    @ParameterizedTest
    @MethodSource("servers")
    void the_beginning_of_the_count_is_known_or_is_that_of_the_server(PostgresServer server) throws SQLException {
        try (var database = server.database()) {
            database.execute("CREATE TABLE t (id serial PRIMARY KEY)");
            await().untilAsserted(
                            () -> assertThat(Inspect.state(database).counting()).isNotNull());
            var counting = Objects.requireNonNull(Inspect.state(database).counting());
            assertThat(counting.known()).isEqualTo(server.major() < 15);
            var made = Instant.ofEpochSecond(
                    Long.parseLong(database.value("SELECT system_identifier >> 32 FROM pg_control_system()")));
            assertThat(counting.since()).isBetween(made, Instant.now());

            database.execute("SELECT pg_stat_reset()");
            await().until(() -> {
                var reset = Inspect.state(database).counting();
                return reset != null && reset.known() && reset.since().isAfter(counting.since());
            });
        }
    }

    private static Database database(PostgresServer server) throws SQLException {
        var database = server.database();
        database.execute("CREATE ROLE %1$s_owner; GRANT CREATE, USAGE ON SCHEMA public TO %1$s_owner"
                .formatted(database.name()));
        database.executeAs(database.name() + "_owner", """
                CREATE TABLE fast (id smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v int);
                ALTER TABLE fast ALTER id SET GENERATED BY DEFAULT;
                CREATE TABLE slow (id smallserial PRIMARY KEY, v int);
                CREATE TABLE part (fast_id smallint REFERENCES fast);
                """);
        return database;
    }

    /** The neighbour draws a thousandth of it. */
    private static void spend(Database database, int ids) throws SQLException {
        database.execute("INSERT INTO fast (v) SELECT g FROM generate_series(1, %d) g".formatted(ids)
                + "; INSERT INTO slow (v) SELECT g FROM generate_series(1, %d) g".formatted(ids / 1_000));
    }

    private static TableStatistics counters(Database database) throws SQLException {
        return Inspect.state(database)
                .sequences()
                .getFirst()
                .sequenceColumns()
                .getFirst()
                .table()
                .counters();
    }

    /** The statistics follow a moment later. */
    private static void counted(Database database, int rows) {
        await().until(() -> database.value("SELECT n_tup_ins FROM pg_stat_user_tables WHERE relname = 'fast'")
                .equals(Integer.toString(rows)));
    }

    /** The days that were forecast go by, and on the next the inserts fail. */
    private static void assertDamaged(Database database, int days) throws SQLException {
        for (var day = 0; day < days; day++) {
            spend(database, A_DAY);
        }
        assertThatThrownBy(() -> spend(database, A_DAY)).hasMessageContaining("reached maximum value");
    }

    private static void assertFixed(Database database, InspectionSimulator watcher, List<Finding> found, Duration at)
            throws SQLException {
        var remedy = found(found, CHECK).findFirst().orElseThrow().remedy();
        try (var connection = database.connect(database.name() + "_owner")) {
            PsqlScript.run(connection, Objects.requireNonNull(remedy));
        }
        assertThat(lines(watcher.look(at), CHECK)).isEmpty();
        spend(database, A_DAY);
        database.execute("INSERT INTO part SELECT max(id) FROM fast");
    }

    private static String message(List<Finding> found) {
        return found(found, CHECK).findFirst().orElseThrow().message();
    }
}
