package dev.seqwatch.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.testing.PostgresServer;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TemporaryChildIT {
    /** No other session can read it, and no other session inserts into it. */
    @ParameterizedTest
    @MethodSource("dev.seqwatch.testing.PostgresServer#all")
    void the_temporary_child_of_another_session_leaves_no_gap(PostgresServer server) throws SQLException {
        try (var database = server.database();
                var session = database.connect(server.superuser());
                var statement = session.createStatement()) {
            database.execute("CREATE TABLE t(id serial PRIMARY KEY, v int); INSERT INTO t VALUES (1, 0)");
            statement.execute("CREATE TEMPORARY TABLE c(PRIMARY KEY (id)) INHERITS (t); INSERT INTO c VALUES (2, 0)");

            var sequenceColumn = Inspect.state(database)
                    .sequences()
                    .getFirst()
                    .sequenceColumns()
                    .getFirst();

            assertThat(sequenceColumn.stored().gaps()).isEmpty();
            assertThat(sequenceColumn.stored().collision()).isNotNull();
            assertThat(sequenceColumn.table().tree()).isFalse();
        }
    }
}
