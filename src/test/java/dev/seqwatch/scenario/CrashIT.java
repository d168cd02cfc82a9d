package dev.seqwatch.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.seqwatch.check.Finding;
import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.PostgresServer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What UnloggedSequence warns of, and what its remedy keeps from happening. */
class CrashIT {
    static Stream<PostgresServer> servers() {
        return PostgresServer.all().filter(server -> server.major() >= 15);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void an_unlogged_sequence_forgets_its_position_and_a_mended_one_does_not(PostgresServer server)
            throws SQLException {
        try (var database = server.database()) {
            database.execute("""
                    CREATE UNLOGGED SEQUENCE sick;
                    CREATE TABLE t(id bigint DEFAULT nextval('sick') PRIMARY KEY, v int);
                    CREATE UNLOGGED SEQUENCE mended;
                    CREATE TABLE u(id bigint DEFAULT nextval('mended') PRIMARY KEY, v int);
                    INSERT INTO t(v) VALUES (1);
                    INSERT INTO u(v) VALUES (1);
                    """);
            var warnings = Inspect.at(database).stream()
                    .filter(finding -> finding.check().equals("UnloggedSequence"))
                    .toList();
            assertThat(warnings)
                    .extracting(finding -> finding.subject().sequence())
                    .containsExactly("mended", "sick");
            Inspect.run(database, warnings.getFirst());

            crash(database);

            assertThatThrownBy(() -> database.execute("INSERT INTO t(v) VALUES (2)"))
                    .hasMessageContaining("duplicate key");
            database.execute("INSERT INTO u(v) VALUES (2)");
            assertThat(Inspect.at(database)).extracting(Finding::check).containsOnlyOnce("UnloggedSequence");
        }
    }

    /** Kills the session's own server process as the kernel would: all sessions end, and the log is replayed. */
    private static void crash(Database database) {
        assertThatThrownBy(() -> database.execute("COPY (SELECT 1) TO PROGRAM 'kill -9 $PPID; sleep 1'"))
                .isInstanceOf(SQLException.class);
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> database.value("SELECT 1").equals("1"));
    }
}
