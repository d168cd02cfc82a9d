package dev.seqwatch.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.seqwatch.check.CheckPolicy;
import dev.seqwatch.check.Checks;
import dev.seqwatch.check.Finding;
import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.NotCheckedReason;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.model.Server;
import dev.seqwatch.model.StoredIds;
import dev.seqwatch.model.UnreadableReason;
import dev.seqwatch.model.WatchedSequence;
import dev.seqwatch.postgres.catalog.Scope;
import dev.seqwatch.postgres.connection.Target;
import dev.seqwatch.reading.DatabaseReader;
import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.EmbeddedServers;
import dev.seqwatch.testing.PostgresServer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A streaming standby: what can be judged there is, and what cannot is said. */
class StandbyIT {
    private static final int LOGGED_AHEAD = 32;

    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void headroom_is_judged_there_and_what_is_behind_is_not(int major) throws SQLException {
        assumeFalse(
                System.getProperty("seqwatch.postgres", "embedded").equals("containers"),
                "a container's data folder cannot be copied from here");
        var primary = PostgresServer.of(major);
        var standby = EmbeddedServers.standbyOf(primary);
        try (var database = primary.database()) {
            fill(database);
            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .until(() -> new Database(standby, database.name())
                            .value("SELECT max(id) FROM last")
                            .equals("1"));

            var there = read(database, standby);
            assertThat(there.server().role()).isEqualTo(Server.Role.Standby);
            assertThat(position(there, "t_id_seq"))
                    .isInstanceOfSatisfying(
                            Position.At.class,
                            at -> assertThat(at.lastValue().intValue()).isBetween(5, 5 + LOGGED_AHEAD));
            assertThat(bad(there))
                    .containsExactly(
                            "Critical SequenceExhaustion public.card_seq public.card.id",
                            "Critical SequenceExhaustion public.small_id_seq public.small.id");
            assertThat(consumerGaps(there, "late_id_seq"))
                    .extracting(StoredIds.Gap::reason)
                    .containsExactly(NotCheckedReason.Standby);
            if (major >= 15) {
                assertThat(position(there, "crashing"))
                        .isEqualTo(new Position.Unreadable(UnreadableReason.NotOnStandby));
            }
            assertThat(bad(read(database, primary)))
                    .contains("Critical SequenceBehind public.late_id_seq public.late.id");

            assertThat(read(database, standby, primary).server().role()).isEqualTo(Server.Role.Primary);
            var gone = new PostgresServer(major, "127.0.0.1", 1, primary.superuser(), primary.password());
            assertThat(read(database, gone, standby).server().role()).isEqualTo(Server.Role.Standby);
            database.execute("ALTER DATABASE " + database.name() + " SET default_transaction_read_only = on");
            assertThat(read(database, standby, primary).server().role())
                    .as("a primary whose sessions are read-only")
                    .isEqualTo(Server.Role.Primary);
        } finally {
            EmbeddedServers.stop(standby);
        }
    }

    private static void fill(Database database) throws SQLException {
        database.execute("""
                CREATE TABLE t (id bigserial PRIMARY KEY, v int);
                INSERT INTO t (v) SELECT g FROM generate_series(1, 5) g;
                CREATE TABLE small (id smallserial PRIMARY KEY);
                SELECT setval('small_id_seq', 32000);
                CREATE TABLE late (id bigserial PRIMARY KEY);
                INSERT INTO late SELECT generate_series(1, 10);
                CREATE SEQUENCE card_seq INCREMENT 50;
                CREATE TABLE card (id int PRIMARY KEY);
                INSERT INTO card SELECT 2147482000 + g FROM generate_series(1, 1500) g;
                SELECT setval('card_seq', 2147483451)""");
        if (database.server().major() >= 15) {
            database.execute("CREATE UNLOGGED SEQUENCE crashing; SELECT nextval('crashing')");
        }
        database.execute("CREATE TABLE last (id int); INSERT INTO last VALUES (1)");
    }

    private static DatabaseState read(Database database, PostgresServer... servers) {
        var plain = database.target();
        var hosts = Stream.of(servers)
                .map(server -> new Target.Host(server.host(), server.port()))
                .toList();
        var target = new Target(hosts, plain.credentials(), plain.tls(), 1, plain.timeouts(), plain.origin());
        return switch (new DatabaseReader(InstantSource.system()).read(target, database.name(), Scope.ALL)) {
            case ReadResult.Success(var state) -> state;
            case ReadResult.Unreachable unreachable -> throw new AssertionError(unreachable.toString());
        };
    }

    private static List<String> bad(DatabaseState state) {
        return Checks.run(state, CheckPolicy.DEFAULT, DatabaseHistory.NONE).stream()
                .filter(Inspect::bad)
                .map((Finding finding) -> finding.severity() + " " + finding.check() + " " + finding.subject())
                .toList();
    }

    private static WatchedSequence watched(DatabaseState state, String sequence) {
        return state.sequences().stream()
                .filter(watched -> watched.name().name().equals(sequence))
                .findFirst()
                .orElseThrow();
    }

    private static Position position(DatabaseState state, String sequence) {
        return watched(state, sequence).position();
    }

    private static List<StoredIds.Gap> consumerGaps(DatabaseState state, String sequence) {
        return watched(state, sequence).sequenceColumns().getFirst().stored().gaps();
    }
}
