package dev.seqwatch.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.seqwatch.assembly.SequenceAssembler;
import dev.seqwatch.assembly.SequenceColumnFactory;
import dev.seqwatch.check.CheckPolicy;
import dev.seqwatch.check.Checks;
import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.postgres.catalog.Scope;
import dev.seqwatch.postgres.catalog.ServerQuery;
import dev.seqwatch.postgres.connection.ConnectionGuard;
import dev.seqwatch.postgres.connection.OptionalReads;
import dev.seqwatch.postgres.connection.Session;
import dev.seqwatch.postgres.connection.WorkPermits;
import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.PostgresServer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A monitor that hurts production is worse than none: what reading a database does to it. */
class DatabaseReaderLocksIT {
    /** More than a default lock table holds for one statement, with partitions and several indexes each. */
    @ParameterizedTest
    @MethodSource("dev.seqwatch.testing.PostgresServer#oldestAndNewest")
    void holdsFewLocksAndOnlyTheWeakest(PostgresServer server) throws Exception {
        try (var database = server.database();
                var watcher = database.connect(server.superuser())) {
            many(database, 300);
            var modes = new HashSet<String>();
            var most = new int[1];
            var state = Locks.during(() -> read(database), () -> Locks.sampleLocks(watcher, database, modes, most));

            assertThat(state.sequences()).hasSize(301);
            assertThat(state.sequences()).allSatisfy(watched -> {
                assertThat(watched.position()).isNotInstanceOf(Position.Unreadable.class);
                assertThat(watched.sequenceColumns().getFirst().stored().gaps()).isEmpty();
            });
            assertThat(most[0]).isBetween(1, 300);
            assertThat(modes).containsExactly("AccessShareLock");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.seqwatch.testing.PostgresServer#all")
    void readsOnlyAndLeavesNothingBehind(PostgresServer server) throws SQLException {
        try (var database = server.database()) {
            database.execute("""
                    CREATE TABLE t(id serial PRIMARY KEY); INSERT INTO t VALUES (1);
                    CREATE TABLE unindexed(id serial, v text); INSERT INTO unindexed SELECT g, repeat('x', 800) FROM generate_series(1, 2000) g;
                    ANALYZE""");
            try (var session = session(database)) {
                var settings = "SELECT setting FROM pg_catalog.pg_settings WHERE name IN "
                        + "('transaction_read_only', 'statement_timeout', 'lock_timeout', 'search_path', 'application_name', 'idle_in_transaction_session_timeout') ORDER BY name";
                assertThat(session.query(settings, row -> row.getString(1)))
                        .containsExactly("seqwatch", "10000", "100", "\"\"", "10000", "on");
                assertThat(session.query(
                                "SELECT name || '=' || setting FROM pg_catalog.pg_settings WHERE source = 'session' AND setting <> reset_val"
                                        + " AND name NOT IN ('statement_timeout', 'lock_timeout', 'search_path', 'idle_in_transaction_session_timeout',"
                                        + " 'transaction_read_only', 'transaction_isolation', 'transaction_deferrable', 'cursor_tuple_fraction')",
                                row -> row.getString(1)))
                        .as("set outside of a transaction")
                        .isEmpty();
                assertThat(session.query("SELECT name FROM pg_catalog.pg_prepared_statements", row -> row.getString(1)))
                        .isEmpty();
            }
            read(database);
            var connected =
                    "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'seqwatch' AND datname = '%s'"
                            .formatted(database.name());
            await().atMost(Duration.ofSeconds(10)).until(() -> database.value(connected), "0"::equals);
            assertThat(database.value("SELECT is_called::text || last_value FROM t_id_seq"))
                    .isEqualTo("false1");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.seqwatch.testing.PostgresServer#all")
    void insertsThatRunMeanwhileAreNotAhead(PostgresServer server) throws Exception {
        try (var database = server.database()) {
            database.execute("CREATE TABLE t(id serial PRIMARY KEY); CREATE SEQUENCE s INCREMENT 3;"
                    + "CREATE TABLE u(id numeric DEFAULT nextval('s') PRIMARY KEY)");
            var done = new AtomicBoolean();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var writers = new ArrayList<java.util.concurrent.Future<?>>();
                for (var i = 0; i < 1; i++) {
                    writers.add(threads.submit(() -> insert(database, done)));
                }
                try {
                    for (var i = 0; i < 5; i++) {
                        assertThat(Checks.run(read(database), CheckPolicy.DEFAULT, DatabaseHistory.NONE))
                                .filteredOn(finding -> finding.check().equals("SequenceBehind"))
                                .isEmpty();
                    }
                } finally {
                    done.set(true);
                }
                for (var writer : writers) {
                    writer.get();
                }
            }
            assertThat(Integer.parseInt(database.value("SELECT count(*) FROM t")))
                    .isGreaterThan(100);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.seqwatch.testing.PostgresServer#all")
    void whatIsDroppedMeanwhileIsSkipped(PostgresServer server) throws SQLException {
        try (var database = server.database()) {
            database.execute(
                    "CREATE TABLE a(id serial PRIMARY KEY); CREATE TABLE b(id serial PRIMARY KEY); CREATE SEQUENCE c");
            try (var session = session(database)) {
                var known = ServerQuery.read(session);
                var optional = new OptionalReads();
                var rows = CatalogRowsReader.read(session, known, optional, Scope.ALL);
                database.execute("DROP TABLE a; DROP SEQUENCE c");
                var drafts = new SequenceAssembler(rows, new SequenceColumnFactory(rows, known), List.of()).drafts();
                assertThat(drafts).hasSize(3);
                assertThat(new SequenceReader(session, known, optional).read(drafts))
                        .singleElement()
                        .satisfies(watched -> {
                            assertThat(watched.draft().found().sequence().name())
                                    .hasToString("public.b_id_seq");
                            assertThat(watched.position()).isInstanceOf(Position.NeverCalled.class);
                        });
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.seqwatch.testing.PostgresServer#all")
    void temporary_sequences_are_left_out_and_those_of_extensions_are_read(PostgresServer server) throws SQLException {
        try (var database = server.database();
                var other = database.connect(server.superuser());
                var statement = other.createStatement()) {
            statement.execute("CREATE TEMPORARY SEQUENCE fleeting; CREATE TEMPORARY TABLE x(id serial PRIMARY KEY)");
            database.execute(
                    "CREATE SEQUENCE mine; CREATE SEQUENCE theirs; CREATE TABLE theirs_too(id serial PRIMARY KEY)");
            // what CREATE EXTENSION records, without an extension that every build of PostgreSQL would have to ship
            database.execute("""
                    INSERT INTO pg_depend SELECT 'pg_class'::regclass, o, 0, 'pg_extension'::regclass, e.oid, 0, 'e'
                      FROM pg_extension e, unnest(ARRAY['theirs', 'theirs_too_id_seq', 'theirs_too']::regclass[]) o
                     WHERE extname = 'plpgsql'""");

            assertThat(read(database).sequences())
                    .extracting(watched -> watched.name().toString())
                    .containsExactly("public.mine", "public.theirs", "public.theirs_too_id_seq");
            database.execute("DELETE FROM pg_depend WHERE deptype = 'e' AND classid = 'pg_class'::regclass");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.seqwatch.testing.PostgresServer#all")
    void namesAreAnyText(PostgresServer server) throws SQLException {
        var names = List.of(
                "quo\"te",
                "apo'strophe",
                "dot.ted",
                "new\nline",
                "back\\slash",
                "é".repeat(31),
                "select",
                "%s",
                "$1",
                "?",
                "--",
                "/*");
        try (var database = server.database()) {
            for (var name : names) {
                var quoted = '"' + name.replace("\"", "\"\"") + '"';
                database.execute(
                        "CREATE SCHEMA %s; CREATE TABLE %s.%s(%s serial PRIMARY KEY); INSERT INTO %s.%s VALUES (1)"
                                .formatted(quoted, quoted, quoted, quoted, quoted, quoted));
            }
            var state = read(database);

            assertThat(state.sequences()).hasSameSizeAs(names).allSatisfy(watched -> {
                assertThat(watched.position()).isInstanceOf(Position.NeverCalled.class);
                assertThat(watched.sequenceColumns()).hasSize(1);
                assertThat(watched.sequenceColumns().getFirst().stored().collision())
                        .isNotNull();
            });
            for (var finding : Checks.run(state, CheckPolicy.DEFAULT, DatabaseHistory.NONE)) {
                if (finding.remedy() != null && finding.check().equals("SequenceBehind")) {
                    try (var connection = database.connect(server.superuser())) {
                        dev.seqwatch.testing.PsqlScript.run(connection, finding.remedy());
                    }
                }
            }
            assertThat(Checks.run(read(database), CheckPolicy.DEFAULT, DatabaseHistory.NONE))
                    .filteredOn(finding -> finding.check().equals("SequenceBehind"))
                    .isEmpty();
        }
    }

    private static void many(Database database, int tables) throws SQLException {
        database.execute("CREATE TABLE p(id bigserial PRIMARY KEY) PARTITION BY RANGE (id)");
        for (var from = 0; from < tables; from += 100) {
            database.execute("""
                    DO $$ BEGIN FOR i IN %d..%d LOOP
                      EXECUTE format('CREATE TABLE t%%s(id serial PRIMARY KEY, a int UNIQUE, b int UNIQUE)', i);
                      EXECUTE format('CREATE VIEW v%%s AS SELECT * FROM t%%s', i, i);
                      IF i %% 4 = 0 THEN EXECUTE format('CREATE TABLE p%%s PARTITION OF p FOR VALUES FROM (%%s) TO (%%s)', i, i * 10, i * 10 + 40); END IF;
                    END LOOP; END $$""".formatted(from, from + 99));
        }
    }

    private static boolean insert(Database database, AtomicBoolean done) throws SQLException {
        try (var connection = database.connect(database.server().superuser());
                var statement = connection.createStatement()) {
            while (!done.get()) {
                statement.execute("INSERT INTO t DEFAULT VALUES; INSERT INTO u DEFAULT VALUES");
            }
            return true;
        }
    }

    private static DatabaseState read(Database database) {
        var reading = new DatabaseReader(InstantSource.system()).read(database.target(), database.name(), Scope.ALL);
        assertThat(reading).isInstanceOf(ReadResult.Success.class);
        return ((ReadResult.Success) reading).state();
    }

    private static Session session(Database database) throws SQLException {
        var guard = new ConnectionGuard(InstantSource.system(), new WorkPermits(1));
        return Session.open(database.target(), database.name(), guard.open());
    }
}
