package dev.seqwatch.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.sequence.NotCheckedReason;
import dev.seqwatch.sequence.Position;
import dev.seqwatch.sequence.RelationName;
import dev.seqwatch.sequence.Snapshot;
import dev.seqwatch.sequence.StoredIds.Gap;
import dev.seqwatch.sequence.UnreadableReason;
import dev.seqwatch.sequence.WatchedSequence;
import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.PostgresServer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What another session locks stays unread, and all else is read without waiting for it. */
class LockedObjectsTest {
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
            var snapshot = whileRunning(database, "LOCK TABLE held IN ACCESS EXCLUSIVE MODE");

            assertThat(find(snapshot, "held_id_seq")
                            .consumers()
                            .getFirst()
                            .stored()
                            .gaps())
                    .singleElement()
                    .satisfies(gap -> assertThat(gap.reason()).isEqualTo(NotCheckedReason.Locked));
            assertThat(find(snapshot, "held_id_seq").position()).isInstanceOf(Position.NeverCalled.class);
            freeWasRead(snapshot);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.seqwatch.testing.PostgresServer#all")
    void sequence(PostgresServer server) throws SQLException {
        try (var database = server.database()) {
            database.execute(SCHEMA);
            var snapshot = whileRunning(
                    database, "ALTER SEQUENCE held_id_seq OWNED BY NONE; DROP SEQUENCE held_id_seq CASCADE");

            assertThat(find(snapshot, "held_id_seq").position())
                    .isEqualTo(new Position.Unreadable(UnreadableReason.Locked));
            freeWasRead(snapshot);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.seqwatch.testing.PostgresServer#all")
    void view(PostgresServer server) throws SQLException {
        try (var database = server.database()) {
            database.execute(SCHEMA);
            var snapshot = whileRunning(database, "ALTER VIEW seen RENAME TO unseen");

            assertThat(find(snapshot, "held_id_seq")
                            .consumers()
                            .getFirst()
                            .stored()
                            .gaps())
                    .singleElement()
                    .isEqualTo(new Gap(new RelationName("public", "seen"), NotCheckedReason.ViewUnknown));
            freeWasRead(snapshot);
        }
    }

    private static Snapshot whileRunning(Database database, String sql) throws SQLException {
        try (var other = database.connect(database.server().superuser());
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute(sql);
            var reading = new CatalogReader(InstantSource.system()).read(database.target(), database.name(), Scope.ALL);
            assertThat(reading).isInstanceOf(Reading.Read.class);
            var snapshot = ((Reading.Read) reading).snapshot();
            assertThat(snapshot.took()).isLessThan(Duration.ofSeconds(5));
            return snapshot;
        }
    }

    private static void freeWasRead(Snapshot snapshot) {
        var free = find(snapshot, "free_id_seq");
        assertThat(free.position()).isInstanceOf(Position.NeverCalled.class);
        assertThat(free.consumers().getFirst().stored().collision()).isNotNull();
    }

    private static WatchedSequence find(Snapshot snapshot, String name) {
        return snapshot.sequences().stream()
                .filter(watched -> watched.name().name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
