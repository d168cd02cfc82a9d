package dev.seqwatch.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.seqwatch.cluster.Tools;
import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.PostgresServer;
import dev.seqwatch.testing.PostgresTools;
import java.sql.SQLException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The grants that users are told to run let the monitor read what it needs, and nothing else. */
class GrantsIT {
    private static final int PSQL_SCRIPT_ERROR = 3;
    private static final int OWN_TABLES = 200;
    private static final int OTHER_TABLES = 60;
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
    void the_least_that_a_monitor_needs(PostgresServer server) throws Exception {
        try (var database = server.database()) {
            database.execute(SCHEMA);
            assertThat(grant(database, server.superuser())).isEqualTo(new PostgresTools.PsqlResult(0, ""));
            assertThat(grant(database, server.superuser())).isEqualTo(new PostgresTools.PsqlResult(0, "")); // again
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

    /** Several batches, so that a failure late in the file does not undo what came before. */
    @ParameterizedTest
    @MethodSource("servers")
    void an_owner_grants_what_is_its_own_and_learns_what_is_not(PostgresServer server) throws Exception {
        try (var database = server.database()) {
            var own = database.name() + "_own";
            var other = database.name() + "_other";
            database.execute("""
                    DO $$ BEGIN CREATE ROLE seqwatch LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
                    CREATE ROLE %1$s; CREATE ROLE %2$s; GRANT CREATE ON SCHEMA public TO %1$s, %2$s""".formatted(own, other));
            database.executeAs(own, tables("own", OWN_TABLES));
            database.executeAs(other, tables("other", OTHER_TABLES));
            try {
                var first = grant(database, own);
                assertThat(first.exitCode()).isEqualTo(PSQL_SCRIPT_ERROR);
                assertThat(first.messages())
                        .contains("not granted: sequence public.other1_id_seq, owned by " + other)
                        .contains("not granted: column public.other1.id, owned by " + other)
                        .contains("not granted: future sequences of role " + other)
                        .contains((2 * OTHER_TABLES + 1) + " grants are missing in database " + database.name())
                        .contains("as superuser, or as each of the owners: " + other)
                        .doesNotContain(own);
                assertThat(readable(database)).isEqualTo(OWN_TABLES + " " + OWN_TABLES);

                assertThat(grant(database, other)).isEqualTo(new PostgresTools.PsqlResult(0, ""));
                var all = OWN_TABLES + OTHER_TABLES;
                assertThat(readable(database)).isEqualTo(all + " " + all);
            } finally {
                database.execute("DROP OWNED BY seqwatch, %1$s, %2$s; DROP ROLE %1$s, %2$s".formatted(own, other));
            }
        }
    }

    private static String tables(String prefix, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> "CREATE TABLE " + prefix + i + " (id serial PRIMARY KEY, secret text)")
                .collect(Collectors.joining(";"));
    }

    /** How many sequences, and how many id columns, the monitor's role may read. */
    private static String readable(Database database) throws SQLException {
        return database.value("""
                SELECT count(*) FILTER (WHERE relkind = 'S' AND has_sequence_privilege('seqwatch', oid, 'SELECT')) || ' '
                    || count(*) FILTER (WHERE relkind = 'r' AND has_column_privilege('seqwatch', oid, 'id', 'SELECT'))
                  FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S')""");
    }

    private static PostgresTools.PsqlResult grant(Database database, String role) throws Exception {
        return PostgresTools.psql(database, role, Tools.project().resolve("deploy/grants.sql"));
    }

    private static void refused(Database database, String sql) {
        assertThatThrownBy(() -> database.executeAs("seqwatch", sql))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }
}
