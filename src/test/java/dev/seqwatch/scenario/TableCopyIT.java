package dev.seqwatch.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.PostgresServer;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A copy of a table takes the default along, and so the sequence, though nobody may ever insert into it. */
class TableCopyIT {
    private static final String COPIED =
            "CREATE TABLE t(id serial PRIMARY KEY, v int); CREATE TABLE c(LIKE t INCLUDING ALL);"
                    + "ALTER TABLE t ALTER id TYPE bigint; ALTER SEQUENCE t_id_seq AS bigint;"
                    + "SELECT setval('t_id_seq', 2140000000); INSERT INTO t(v) VALUES (1)";

    @ParameterizedTest
    @MethodSource("dev.seqwatch.testing.PostgresServer#all")
    void the_narrow_column_of_a_copy_limits_the_sequence_only_if_rows_are_inserted_there(PostgresServer server)
            throws SQLException {
        try (var database = server.database()) {
            database.execute(COPIED);
            counted(database, "t", 1);

            assertThat(Inspect.of(database, "SequenceExhaustion")).isEmpty();

            database.execute("INSERT INTO c(v) VALUES (1)");
            counted(database, "c", 1);

            assertThat(Inspect.of(database, "SequenceExhaustion"))
                    .containsExactly("Critical public.t_id_seq public.c.id");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.seqwatch.testing.PostgresServer#all")
    void ids_ahead_in_a_copy_without_inserts_page_nobody(PostgresServer server) throws SQLException {
        try (var database = server.database()) {
            database.execute("CREATE TABLE t(id serial PRIMARY KEY, v int); CREATE TABLE c(LIKE t INCLUDING ALL);"
                    + "INSERT INTO c SELECT g, g FROM generate_series(1, 50) g");
            counted(database, "c", 50);
            database.execute("SELECT pg_stat_reset()");
            database.execute("INSERT INTO t(v) VALUES (1)");
            counted(database, "t", 1);

            assertThat(Inspect.of(database, "SequenceBehind")).containsExactly("Info public.t_id_seq public.c.id");
        }
    }

    private static void counted(Database database, String table, int rows) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> database.value(
                                "SELECT n_tup_ins FROM pg_stat_user_tables WHERE relname = '%s'".formatted(table))
                        .equals(String.valueOf(rows)));
    }
}
