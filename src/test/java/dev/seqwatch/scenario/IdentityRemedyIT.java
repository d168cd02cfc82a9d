package dev.seqwatch.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.check.Finding;
import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.PostgresServer;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an identity column inherits from the serial column that it was. */
class IdentityRemedyIT {
    private static final String NAME = "\"T'$seqwatch$\n; -- \\\"";
    private static final String SEQUENCE = "\"o\"\"d $seqwatch$\"";

    static Stream<PostgresServer> servers() {
        return PostgresServer.all();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void everything_but_its_kind_stays(PostgresServer server) throws SQLException {
        try (var database = server.database()) {
            var owner = database.name() + "_\"o";
            var other = database.name() + "_x";
            database.execute("CREATE ROLE %s; CREATE ROLE %s; GRANT ALL ON SCHEMA public TO %s"
                    .formatted(quoted(owner), quoted(other), quoted(owner)));
            database.executeAs(owner, """
                    ALTER DEFAULT PRIVILEGES GRANT SELECT ON SEQUENCES TO PUBLIC;
                    CREATE TABLE %1$s("I'd" smallserial PRIMARY KEY, v int);
                    ALTER SEQUENCE "T'$seqwatch$
                    ; -- \\_I'd_seq" RENAME TO %2$s;
                    ALTER SEQUENCE %2$s INCREMENT -3 MINVALUE -300 MAXVALUE 77 START 70 RESTART 61 CACHE 5 CYCLE;
                    REVOKE ALL ON SEQUENCE %2$s FROM PUBLIC;
                    GRANT USAGE ON SEQUENCE %2$s TO %3$s WITH GRANT OPTION;
                    GRANT UPDATE ON SEQUENCE %2$s TO PUBLIC;
                    COMMENT ON SEQUENCE %2$s IS 'it''s \\ $seqwatch$';
                    """.formatted(NAME, SEQUENCE, quoted(other)));
            keeps(database, owner, NAME, "I'd", SEQUENCE);
            assertThat(database.value("SELECT nextval('%s')".formatted(SEQUENCE)))
                    .isEqualTo("61");
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void the_position_stays_called_or_not(PostgresServer server) throws SQLException {
        try (var database = server.database()) {
            for (var position : List.of("1, false", "1, true", "2147483647, false", "41, true", "41, false")) {
                database.execute(
                        "CREATE TABLE t(id serial PRIMARY KEY); SELECT setval('t_id_seq', %s)".formatted(position));
                keeps(database, server.superuser(), "t", "id", "t_id_seq");
                database.execute("DROP TABLE t");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void bounds_beyond_the_column_are_cut_and_a_driver_runs_the_script_at_once(PostgresServer server)
            throws SQLException {
        try (var database = server.database()) {
            database.execute("CREATE TABLE t(id serial PRIMARY KEY, v int); INSERT INTO t(v) VALUES (1), (2);"
                    + "ALTER SEQUENCE t_id_seq AS bigint MINVALUE -5000000000 NO MAXVALUE");
            database.execute(Objects.requireNonNull(remedy(database).remedy()));
            assertThat(database.value("SELECT concat_ws(' ', seqmin, seqmax, seqtypid::regtype) FROM pg_sequence"))
                    .isEqualTo("-2147483648 2147483647 integer");
            database.execute("INSERT INTO t(v) VALUES (3)");
            assertThat(database.value("SELECT max(id) FROM t")).isEqualTo("3");
        }
    }

    /** Both at once: the conversion was written before the column was widened, and runs after it. */
    @ParameterizedTest
    @MethodSource("servers")
    void what_other_remedies_changed_before_stays(PostgresServer server) throws SQLException {
        try (var database = server.database()) {
            database.execute(
                    "CREATE TABLE t(id serial PRIMARY KEY, v int); ALTER SEQUENCE t_id_seq CYCLE; SELECT setval('t_id_seq', 2147483000)");
            for (var finding : Inspect.at(database)) {
                if (finding.remedy() != null) {
                    Inspect.run(database, finding);
                }
            }
            assertThat(Inspect.bad(database)).isEmpty();
            assertThat(database.value("SELECT concat_ws(' ', seqmax, seqcycle, seqtypid::regtype) FROM pg_sequence"))
                    .isEqualTo("9223372036854775807 f bigint");
        }
    }

    private static void keeps(Database database, String owner, String table, String column, String sequence)
            throws SQLException {
        var state = state(table, column, sequence);
        var before = database.value(state);
        Inspect.run(database, owner, remedy(database));
        assertThat(database.value(state)).isEqualTo(before);
        assertThat(database.value("SELECT attidentity FROM pg_attribute WHERE attidentity <> ''"))
                .isEqualTo("d");
        assertThat(database.value("SELECT count(*) FROM pg_class WHERE relkind = 'S'"))
                .isEqualTo("1");
        assertThat(Inspect.at(database)).extracting(Finding::check).doesNotContain("SerialInsteadOfIdentity");
    }

    /** All that a sequence is, but for its oid and its kind. */
    private static String state(String table, String column, String sequence) {
        return """
                SELECT pg_catalog.concat_ws(' ', c.relname, c.relnamespace::regnamespace, pg_get_userbyid(c.relowner), c.relpersistence,
                         s.seqtypid::regtype, s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle,
                         (SELECT string_agg(acl::text, ' ' ORDER BY acl::text) FROM unnest(c.relacl) acl),
                         obj_description(c.oid, 'pg_class'), p.last_value, p.is_called, pg_get_serial_sequence(%s, %s))
                  FROM pg_class c JOIN pg_sequence s ON s.seqrelid = c.oid, %s p WHERE c.relkind = 'S'
                """.formatted(literal(table), literal(column), sequence);
    }

    private static Finding remedy(Database database) {
        return Inspect.at(database).stream()
                .filter(finding -> finding.check().equals("SerialInsteadOfIdentity"))
                .findFirst()
                .orElseThrow();
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
