package dev.seqwatch.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.NotCheckedReason;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.StoredIds.Gap;
import dev.seqwatch.model.UnreadableReason;
import dev.seqwatch.model.WatchedSequence;
import dev.seqwatch.postgres.catalog.Scope;
import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.PostgresServer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What another session locks stays unread, and all else is read without waiting for it. */
class LockedObjectsIT {
    private static final String SCHEMA = """
            CREATE TABLE held(id serial PRIMARY KEY, v int); CREATE TABLE free(id serial PRIMARY KEY, v int);
            INSERT INTO free VALUES (1, 1);
            CREATE VIEW seen AS SELECT * FROM held;
            """;

    @ParameterizedTest
    @MethodSource("dev.seqwatch.testing.PostgresServer#all")
    void table(PostgresServer server) throws SQLException {
        try (var database = server.database()) {
            database.execute(SCHEMA);
            var state = whileRunning(database, "LOCK TABLE held IN ACCESS EXCLUSIVE MODE");

            assertThat(find(state, "held_id_seq")
                            .sequenceColumns()
                            .getFirst()
                            .stored()
                            .gaps())
                    .singleElement()
                    .satisfies(gap -> assertThat(gap.reason()).isEqualTo(NotCheckedReason.Locked));
            assertThat(find(state, "held_id_seq").position()).isInstanceOf(Position.NeverCalled.class);
            freeWasRead(state);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.seqwatch.testing.PostgresServer#all")
    void sequence(PostgresServer server) throws SQLException {
        try (var database = server.database()) {
            database.execute(SCHEMA);
            var state = whileRunning(
                    database, "ALTER SEQUENCE held_id_seq OWNED BY NONE; DROP SEQUENCE held_id_seq CASCADE");

            assertThat(find(state, "held_id_seq").position())
                    .isEqualTo(new Position.Unreadable(UnreadableReason.Locked));
            freeWasRead(state);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.seqwatch.testing.PostgresServer#all")
    void view(PostgresServer server) throws SQLException {
        try (var database = server.database()) {
            database.execute(SCHEMA);
            var state = whileRunning(database, "ALTER VIEW seen RENAME TO unseen");

            assertThat(find(state, "held_id_seq")
                            .sequenceColumns()
                            .getFirst()
                            .stored()
                            .gaps())
                    .singleElement()
                    .isEqualTo(new Gap(new RelationName("public", "seen"), NotCheckedReason.ViewUnknown));
            freeWasRead(state);
        }
    }

    /** A transaction that waited for each of them would be rolled back each time. */
    @Test
    void many_locked_partitions_are_not_waited_for_one_by_one() throws SQLException {
        var server = PostgresServer.of(PostgresServer.MAJORS.getLast());
        try (var database = server.database()) {
            database.execute(SCHEMA);
            database.execute("""
                    CREATE TABLE parts(id bigserial, p int, PRIMARY KEY (p, id), UNIQUE (id, p)) PARTITION BY LIST (p);
                    DO $$ BEGIN FOR i IN 1..200 LOOP
                      EXECUTE 'CREATE TABLE part_' || i || ' PARTITION OF parts FOR VALUES IN (' || i || ')';
                    END LOOP; END $$""");
            var before = rolledBack(database);
            var state = whileRunning(database, "LOCK TABLE parts IN ACCESS EXCLUSIVE MODE");

            assertThat(find(state, "parts_id_seq")
                            .sequenceColumns()
                            .getFirst()
                            .stored()
                            .gaps())
                    .hasSize(200)
                    .allMatch(gap -> gap.reason() == NotCheckedReason.Locked);
            freeWasRead(state);
            assertThat(rolledBack(database) - before).isBetween(1L, 20L);
        }
    }

    private static long rolledBack(Database database) throws SQLException {
        return Long.parseLong(
                database.value("SELECT xact_rollback FROM pg_stat_database WHERE datname = current_database()"));
    }

    private static DatabaseState whileRunning(Database database, String sql) throws SQLException {
        try (var other = database.connect(database.server().superuser());
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute(sql);
            var reading =
                    new DatabaseReader(InstantSource.system()).read(database.target(), database.name(), Scope.ALL);
            assertThat(reading).isInstanceOf(ReadResult.Success.class);
            var state = ((ReadResult.Success) reading).state();
            assertThat(state.took()).isLessThan(Duration.ofSeconds(30));
            return state;
        }
    }

    private static void freeWasRead(DatabaseState state) {
        var free = find(state, "free_id_seq");
        assertThat(free.position()).isInstanceOf(Position.NeverCalled.class);
        assertThat(free.sequenceColumns().getFirst().stored().collision()).isNotNull();
    }

    private static WatchedSequence find(DatabaseState state, String name) {
        return state.sequences().stream()
                .filter(watched -> watched.name().name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
