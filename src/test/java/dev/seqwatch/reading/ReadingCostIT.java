package dev.seqwatch.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.postgres.catalog.Scope;
import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.PostgresServer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The counts that decide what an inspection costs, and no time. */
class ReadingCostIT {
    private static final int SEQUENCES = 300;

    private record Cost(long transactions, long rows) {
        Cost minus(Cost other) {
            return new Cost(transactions - other.transactions, rows - other.rows);
        }
    }

    /** Autovacuum would count as well. Each transaction of the reader has one statement. */
    @Test
    void statements_and_rows_grow_with_the_number_of_sequences_and_no_faster() throws SQLException {
        var server = PostgresServer.own(
                PostgresServer.MAJORS.getLast(), Map.of("autovacuum", "off", "max_locks_per_transaction", "10"));
        try (var database = server.database()) {
            create(database, 0);
            read(database); // what the first connection to a database reads for its caches
            var empty = cost(server, database);
            create(database, 1);
            var first = cost(server, database).minus(empty);
            create(database, 2);
            var second = cost(server, database).minus(empty).minus(first);

            assertThat(empty.transactions()).isBetween(10L, 40L);
            assertThat(first.transactions()).isBetween(1L, 45L);
            assertThat(second.transactions()).isLessThanOrEqualTo(25);
            assertThat(first.rows()).isLessThan(SEQUENCES * 900L);
            assertThat(second.rows()).isLessThan(first.rows() * 11 / 10);
            everythingWasRead(database);
        }
    }

    /** The server holds 660 locks here, of all sessions; these sequences, tables, indexes and views are 2,000. */
    @Test
    void a_small_lock_table_is_enough_where_sequences_are_locked_to_be_read() throws SQLException {
        var server = PostgresServer.own(PostgresServer.MAJORS.getFirst(), Map.of("max_locks_per_transaction", "10"));
        try (var database = server.database()) {
            create(database, 1);
            create(database, 2);
            everythingWasRead(database);
        }
    }

    private static void everythingWasRead(Database database) {
        var state = read(database);
        assertThat(state.unknown()).isEmpty();
        assertThat(state.sequences()).hasSize(2 * SEQUENCES).allSatisfy(watched -> {
            assertThat(watched.position()).isNotInstanceOf(Position.Unreadable.class);
            assertThat(watched.sequenceColumns().getFirst().stored().gaps()).isEmpty();
        });
    }

    /** A third each of serial and identity columns with two indexes, views and references, and of sequences used by default. */
    private static void create(Database database, int part) throws SQLException {
        var names = String.format(Locale.ROOT, "part_%d_", part);
        for (var from = 0; part > 0 && from < SEQUENCES; from += 15) {
            database.execute(String.format(Locale.ROOT, """
                    DO $$ BEGIN FOR i IN %2$d..%2$d + 4 LOOP
                      EXECUTE format('CREATE TABLE %1$sa%%s(id serial PRIMARY KEY, n int)', i);
                      EXECUTE format('CREATE TABLE %1$sb%%s(id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a int REFERENCES %1$sa%%s)', i, i);
                      EXECUTE format('CREATE INDEX ON %1$sb%%s(a)', i);
                      EXECUTE format('CREATE SEQUENCE %1$ss%%s; CREATE TABLE %1$sc%%s(id bigint DEFAULT nextval(''%1$ss%%s''))', i, i, i);
                      EXECUTE format('CREATE VIEW %1$sv%%s AS SELECT * FROM %1$sa%%s', i, i);
                    END LOOP; END $$""", names, from / 3));
        }
        database.analyze();
    }

    private static Cost cost(PostgresServer server, Database database) throws SQLException {
        var before = counted(server, database);
        read(database);
        return counted(server, database).minus(before);
    }

    /** A session adds its counts when it ends. */
    private static Cost counted(PostgresServer server, Database database) throws SQLException {
        var postgres = new Database(server, "postgres");
        await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> postgres.value("SELECT count(*) FROM pg_stat_activity WHERE datname = '" + database.name()
                                + "' AND backend_type = 'client backend'"),
                        "0"::equals);
        var counts = postgres.value("SELECT xact_commit || ' ' || tup_returned FROM pg_stat_database WHERE datname = '"
                        + database.name() + "'")
                .split(" ", -1);
        return new Cost(Long.parseLong(counts[0]), Long.parseLong(counts[1]));
    }

    private static DatabaseState read(Database database) {
        var reading = new DatabaseReader(InstantSource.system()).read(database.target(), database.name(), Scope.ALL);
        assertThat(reading).isInstanceOf(ReadResult.Success.class);
        return ((ReadResult.Success) reading).state();
    }
}
