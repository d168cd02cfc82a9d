package dev.seqwatch.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.model.Headroom;
import dev.seqwatch.scenario.Inspect;
import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The SQL of the runbooks does what they say. */
class RunbookSqlIT {
    private static final Pattern BLOCK = Pattern.compile("^ *```sql\\n(.*?)^ *```", Pattern.MULTILINE | Pattern.DOTALL);
    private static final String LOCK_TIMEOUT = "55P03";
    private static final int ATTEMPTS = 20;
    private static final int LOADED = 12_000;
    private static final Pattern WAIT = Pattern.compile("lock_timeout = '(\\d+)ms'");
    private static final int DEADLOCK_TIMEOUT = 1_000;
    private static final String SEQUENCE = """
            SELECT concat_ws(' ', seqincrement, seqmin, seqstart, seqcache, seqcycle, attidentity)
              FROM pg_sequence, pg_attribute
             WHERE seqrelid = 'orders_id_seq'::regclass AND attrelid = 'orders'::regclass AND attname = 'id'""";

    static Stream<PostgresServer> servers() {
        return PostgresServer.all();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void a_key_is_widened_while_rows_come_in(PostgresServer server) throws Exception {
        try (var database = server.database();
                var threads = Executors.newFixedThreadPool(2)) {
            database.execute("""
                    CREATE TABLE orders (id int GENERATED ALWAYS AS IDENTITY (INCREMENT 3 MINVALUE -7 START 2) PRIMARY KEY, note text);
                    CREATE TABLE drawn (id bigint PRIMARY KEY);
                    CREATE TABLE order_items (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                      order_id int NOT NULL REFERENCES orders, what text);
                    CREATE INDEX order_items_order_id_idx ON order_items (order_id);
                    INSERT INTO orders (note) SELECT 'x' FROM generate_series(1, %d);
                    ANALYZE orders;
                    INSERT INTO order_items (order_id) SELECT id FROM orders""".formatted(LOADED));
            var stop = new AtomicBoolean();
            var written = threads.submit(writer(database, stop));
            var others = threads.submit(caller(database, stop));
            try (var connection = database.connect(server.superuser())) {
                var before = database.value(SEQUENCE);
                for (var statement : statements("widen-column-online")) {
                    if (statement.contains("DROP TRIGGER aa_move_id")) {
                        assertThat(database.value(SEQUENCE)).isEqualTo(before);
                        assertThat(database.value("SELECT count(*) FROM pg_stats WHERE (tablename, attname) IN"
                                        + " (('orders', 'id'), ('order_items', 'order_id'))"))
                                .as("statistics of the new columns")
                                .isEqualTo("2");
                        insertWithoutColumnLists(database);
                    }
                    insist(connection, statement);
                }
            } finally {
                stop.set(true);
            }
            assertThat(others.get()).isPositive();
            assertThat(database.value("SELECT count(*) FROM orders JOIN drawn USING (id)"))
                    .as("ids that two sessions got")
                    .isEqualTo("0");
            var orders = LOADED + written.get() + 1;
            assertThat(database.value("SELECT count(*) FROM orders")).isEqualTo(String.valueOf(orders));
            assertThat(database.value("SELECT count(*) FROM order_items i JOIN orders o ON o.id = i.order_id"))
                    .isEqualTo(String.valueOf(orders));
            assertThat(shape(database)).isEqualTo("id bigint NO YES, id bigint NO YES, order_id bigint NO NO");
            database.execute("INSERT INTO orders (note) VALUES ('after')");
            database.execute("SELECT setval('orders_id_seq', 3000000000)");
            database.execute("INSERT INTO orders (note) VALUES ('far beyond integer')");
        }
    }

    /** With a higher limit PostgreSQL may end a deadlock by killing the application's statement. */
    @Test
    void widening_waits_for_a_lock_that_writers_queue_behind_for_less_than_the_deadlock_timeout() {
        var page = Manifest.text("docs/runbooks/widen-column-online.md");
        assertThat(WAIT.matcher(page).results().map(wait -> Integer.valueOf(wait.group(1))))
                .hasSizeGreaterThan(2)
                .allMatch(millis -> millis < DEADLOCK_TIMEOUT);
        assertThat(page)
                .as("the one longer wait is for a lock that writers do not queue behind")
                .containsOnlyOnce(
                        "lock_timeout = '5s';\nLOCK TABLE orders, order_items IN SHARE UPDATE EXCLUSIVE MODE;");
        assertThat(Pattern.compile("lock_timeout = '[^']*s'")
                        .matcher(page)
                        .results()
                        .count())
                .isEqualTo(WAIT.matcher(page).results().count() + 1);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void the_negative_half_of_the_range_gains_time_and_is_no_new_finding(PostgresServer server) throws Exception {
        try (var database = server.database()) {
            database.execute("""
                    CREATE TABLE orders (id int GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, note text);
                    INSERT INTO orders VALUES (1), (2147483647);
                    SELECT setval('orders_id_seq', 2147483647)""");
            assertThat(Inspect.bad(database)).isNotEmpty();
            var blocks = blocks("SequenceExhaustionCritical");
            var afterWidening = blocks.getLast();
            for (var block : blocks.subList(0, blocks.size() - 1)) {
                database.execute(block);
            }
            database.execute("INSERT INTO orders (note) VALUES ('works again')");
            assertThat(database.value("SELECT min(id) FROM orders")).isEqualTo("-2147483648");
            assertThat(Inspect.bad(database)).isEmpty();
            var sequence = Inspect.state(database).sequences().getFirst();
            assertThat(sequence.headroom())
                    .isInstanceOfSatisfying(
                            Headroom.Finite.class,
                            headroom -> assertThat(headroom.usedRatio()).isBetween(0.0, 0.001));

            database.execute("ALTER TABLE orders ALTER COLUMN id TYPE bigint");
            database.execute(afterWidening);
            database.execute("INSERT INTO orders (note) VALUES ('widened')");
            assertThat(database.value("SELECT max(id) FROM orders")).isEqualTo("2147483648");
            assertThat(Inspect.bad(database)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void the_looks_that_runbooks_tell_to_take_can_be_taken(PostgresServer server) throws Exception {
        try (var database = server.database()) {
            database.execute("CREATE TABLE orders (id serial PRIMARY KEY)");
            for (var runbook : List.of("InsufficientPrivileges", "SequenceBehind")) {
                for (var block : blocks(runbook)) {
                    database.execute(block);
                }
            }
        }
    }

    /** As an application does that relies on the order of columns. */
    private static void insertWithoutColumnLists(Database database) throws SQLException {
        database.execute("""
                INSERT INTO orders OVERRIDING SYSTEM VALUE VALUES (1000000, 'positional');
                INSERT INTO order_items VALUES (DEFAULT, 1000000, 'positional')""");
        assertThat(database.value("""
                        SELECT o.id || ' ' || coalesce(o.id_old::text, '-') || ' ' || i.order_id || ' ' || i.what
                          FROM orders o JOIN order_items i ON i.order_id = o.id WHERE o.note = 'positional'""")).isEqualTo("1000000 - 1000000 positional");
    }

    /** Calls nextval until it is told to stop; returns how often. The cast is made anew at each call. */
    private static Callable<Integer> caller(Database database, AtomicBoolean stop) {
        return () -> {
            var called = 0;
            try (var connection = database.connect(database.server().superuser())) {
                while (!stop.get()) {
                    try {
                        execute(connection, "INSERT INTO drawn SELECT nextval('orders_id_seq'::text::regclass)");
                        called++;
                    } catch (SQLException e) {
                        assertThat(e.getMessage())
                                .contains("could not open relation"); // it waited for the old sequence
                    }
                    Thread.sleep(5);
                }
            }
            return called;
        };
    }

    /** Places orders until it is told to stop; returns how many. */
    private static Callable<Integer> writer(Database database, AtomicBoolean stop) {
        return () -> {
            var written = 0;
            try (var connection = database.connect(database.server().superuser())) {
                while (!stop.get()) {
                    execute(connection, """
                            WITH placed AS (INSERT INTO orders (note) VALUES ('new') RETURNING id)
                            SELECT set_config('test.id', id::text, false) FROM placed""");
                    execute(connection, "INSERT INTO order_items (order_id) SELECT current_setting('test.id')::int");
                    written++;
                    Thread.sleep(5);
                }
            }
            return written;
        };
    }

    private static String shape(Database database) throws SQLException {
        return database.value("""
                SELECT string_agg(column_name || ' ' || data_type || ' ' || is_nullable || ' ' || is_identity, ', '
                                  ORDER BY table_name DESC, column_name)
                  FROM information_schema.columns
                 WHERE table_schema = 'public' AND column_name LIKE '%id%' AND table_name <> 'drawn'""");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** As psql sends them: each by itself, a block of PL/pgSQL and an explicit transaction as one. */
    private static List<String> statements(String runbook) {
        return blocks(runbook).stream()
                .flatMap(block -> block.contains("$$") ? Stream.of(block) : Stream.of(block.split("(?<=;)\n")))
                .toList();
    }

    /** A statement that gave way to others is run again, as the page says. */
    private static void insist(Connection connection, String statement) throws SQLException {
        for (var attempt = 1; ; attempt++) {
            try {
                execute(connection, statement);
                return;
            } catch (SQLException e) {
                if (!LOCK_TIMEOUT.equals(e.getSQLState()) || attempt == ATTEMPTS) {
                    throw e;
                }
                execute(connection, "ROLLBACK");
            }
        }
    }

    private static List<String> blocks(String runbook) {
        return BLOCK.matcher(Manifest.text("docs/runbooks/" + runbook + ".md"))
                .results()
                .map(block -> block.group(1))
                .toList();
    }
}
