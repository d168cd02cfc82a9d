package dev.seqwatch.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.PostgresServer;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The grants that users are told to run let the monitor read what it needs, and nothing else. */
class GrantsTest {
    private static final String SCHEMA = """
            CREATE SCHEMA "Odd schema.1";
            CREATE TABLE "Odd schema.1"."t.1" ("I d" int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, secret text);
            CREATE TABLE plain (id serial PRIMARY KEY, secret text);
            CREATE TABLE parent (id bigserial, k int) PARTITION BY RANGE (k);
            CREATE TABLE leaf PARTITION OF parent FOR VALUES FROM (0) TO (10);
            CREATE SEQUENCE late_seq;
            CREATE TABLE late (id int DEFAULT nextval('late_seq'::text) PRIMARY KEY);
            CREATE SEQUENCE orphan;
            REVOKE ALL ON SCHEMA public FROM PUBLIC""";

    static Stream<PostgresServer> servers() {
        return PostgresServer.all();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void the_least_that_a_monitor_needs(PostgresServer server) throws SQLException {
        try (var database = server.database()) {
            database.execute(SCHEMA);
            var grants = Manifest.text("deploy/grants.sql");
            database.execute(grants);
            database.execute(grants); // again, as after new tables
            try {
                for (var readable : new String[] {
                    "SELECT last_value, is_called FROM plain_id_seq",
                    "SELECT last_value FROM orphan",
                    "SELECT max(id) FROM plain",
                    "SELECT max(\"I d\") FROM \"Odd schema.1\".\"t.1\"",
                    "SELECT max(id) FROM leaf",
                    "SELECT max(id) FROM late"
                }) {
                    database.executeAs("seqwatch", readable);
                }
                refused(database, "SELECT secret FROM plain");
                refused(database, "SELECT nextval('plain_id_seq')");
                refused(database, "INSERT INTO plain (secret) VALUES ('x')");
                database.execute("CREATE TABLE later (id serial PRIMARY KEY)");
                database.executeAs("seqwatch", "SELECT last_value FROM later_id_seq");
            } finally {
                database.execute("DROP OWNED BY seqwatch");
            }
        }
    }

    private static void refused(Database database, String sql) {
        assertThatThrownBy(() -> database.executeAs("seqwatch", sql))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }
}
