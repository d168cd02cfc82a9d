package dev.seqwatch.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.seqwatch.check.Finding;
import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.PostgresServer;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The script that moves a sequence past stored ids works, or fails and says why. */
class SetvalRemedyIT {
    static Stream<PostgresServer> servers() {
        return Stream.of(PostgresServer.of(13), PostgresServer.of(18));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void no_name_of_a_table_or_column_captures_a_name_of_the_script(PostgresServer server) throws SQLException {
        for (var name : new String[] {"now", "again", "stored", "seqwatch_now", "seqwatch_stored", "seqwatch_table"}) {
            try (var database = server.database()) {
                database.execute("CREATE TABLE %1$s (%1$s serial PRIMARY KEY, last_value int, is_called int, last int)"
                        .formatted(name));
                database.execute("INSERT INTO %1$s (%1$s) SELECT n FROM generate_series(1, 20) AS n".formatted(name));
                var behind = behind(database);
                assertThatThrownBy(() -> database.execute("INSERT INTO %s DEFAULT VALUES".formatted(name)))
                        .isInstanceOf(SQLException.class);

                Inspect.run(database, behind);

                assertThat(Inspect.of(database, "SequenceBehind")).as(name).isEmpty();
                database.execute("INSERT INTO %s DEFAULT VALUES".formatted(name));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void a_policy_that_hides_the_ids_ends_the_script_with_an_error(PostgresServer server) throws SQLException {
        var owner = "owner_under_force";
        try (var database = server.database()) {
            database.execute("CREATE ROLE " + owner + " LOGIN");
            try {
                database.execute("CREATE TABLE t (id serial PRIMARY KEY); ALTER TABLE t OWNER TO " + owner);
                database.execute("INSERT INTO t SELECT n FROM generate_series(1, 20) AS n");
                database.execute("ALTER TABLE t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY");
                var behind = behind(database);

                assertThatThrownBy(() -> Inspect.run(database, owner, behind))
                        .hasMessageContaining("row-level security");
                assertThat(Inspect.of(database, "SequenceBehind")).hasSize(1);

                Inspect.run(database, behind);
                assertThat(Inspect.of(database, "SequenceBehind")).isEmpty();
            } finally {
                database.execute("DROP OWNED BY " + owner + " CASCADE; DROP ROLE " + owner);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void a_lock_that_is_not_free_ends_the_script_with_an_error(PostgresServer server) throws SQLException {
        try (var database = server.database()) {
            database.execute("CREATE TABLE t (id serial PRIMARY KEY)");
            database.execute("INSERT INTO t SELECT n FROM generate_series(1, 20) AS n");
            var behind = behind(database);
            try (var writer = database.connect(server.superuser());
                    var statement = writer.createStatement()) {
                writer.setAutoCommit(false);
                statement.execute("INSERT INTO t VALUES (1000)");

                assertThatThrownBy(() -> Inspect.run(database, behind)).hasMessageContaining("lock timeout");
                writer.rollback();
            }
            Inspect.run(database, behind);
            assertThat(Inspect.of(database, "SequenceBehind")).isEmpty();
        }
    }

    private static Finding behind(Database database) {
        return Inspect.at(database).stream()
                .filter(finding -> finding.check().equals("SequenceBehind"))
                .findFirst()
                .orElseThrow();
    }
}
