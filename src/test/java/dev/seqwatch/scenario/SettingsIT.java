package dev.seqwatch.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.seqwatch.check.Finding;
import dev.seqwatch.postgres.connection.ConnectionGuard;
import dev.seqwatch.postgres.connection.Session;
import dev.seqwatch.postgres.connection.WorkPermits;
import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.PostgresServer;
import dev.seqwatch.testing.PsqlScript;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An inspection says the same whatever settings a role or a database gives its sessions. */
class SettingsIT {
    private static final String SCHEMA = """
            CREATE TABLE small(id smallserial PRIMARY KEY, v int);
            SELECT setval('small_id_seq', 32000);
            CREATE TABLE late(id serial PRIMARY KEY, v int); INSERT INTO late VALUES (7);
            CREATE TABLE "Mixed ""x\\"("I d" serial PRIMARY KEY, v int); INSERT INTO "Mixed ""x\\" VALUES (9);
            CREATE SEQUENCE named; CREATE TABLE by_text(id int DEFAULT nextval('named'::text) PRIMARY KEY);
            CREATE TABLE spelled(id text DEFAULT 'R\' || lpad(nextval('named')::text, 6, '0') PRIMARY KEY);
            CREATE TABLE tenants(tenant int, id serial, PRIMARY KEY (tenant, id)); INSERT INTO tenants VALUES (1, 5), (2, 6);
            CREATE TABLE checked(id serial PRIMARY KEY CHECK (id < 10)); SELECT setval('checked_id_seq', 9);
            CREATE FUNCTION numbered() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN NEW.id := nextval('trigger_ids'); RETURN NEW; END $$;
            CREATE SEQUENCE trigger_ids AS int; CREATE TABLE triggered(id int PRIMARY KEY);
            CREATE TRIGGER numbered BEFORE INSERT ON triggered FOR EACH ROW EXECUTE FUNCTION numbered();
            SELECT setval('trigger_ids', 2147483647);
            CREATE VIEW shown AS SELECT id, v FROM small;
            CREATE TABLE parts(id serial, v int) PARTITION BY RANGE (id);
            CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (1) TO (10);
            """;

    private static final List<String> OTHER_VALUES =
            List.of("quote_all_identifiers = on", "standard_conforming_strings = off", "row_security = off");

    /** Tried only together with the others: each inspection takes its time. */
    private static final List<String> FURTHER_VALUES = List.of(
            "default_transaction_isolation = serializable",
            "default_transaction_read_only = on",
            "search_path = public, pg_catalog",
            "extra_float_digits = -15",
            "\"DateStyle\" = 'SQL, DMY'",
            "\"IntervalStyle\" = sql_standard",
            "\"TimeZone\" = 'Asia/Kathmandu'",
            "transform_null_equals = on",
            "default_transaction_deferrable = on",
            "bytea_output = escape",
            "lc_messages = 'C'",
            "lc_numeric = 'C'",
            "array_nulls = off",
            "backslash_quote = on",
            "escape_string_warning = off",
            "client_encoding = LATIN1",
            "enable_seqscan = off",
            "enable_indexscan = off",
            "enable_indexonlyscan = off",
            "enable_bitmapscan = off",
            "enable_nestloop = off",
            "enable_hashjoin = off",
            "enable_sort = off",
            "session_replication_role = replica",
            "cursor_tuple_fraction = 0");

    /** It would end the connection, and the database would not be read at all. */
    @Test
    void a_limit_on_transactions_does_not_end_an_inspection() throws SQLException {
        var server = PostgresServer.of(18);
        try (var database = server.database()) {
            database.execute("ALTER DATABASE " + database.name() + " SET transaction_timeout = '700ms'");
            try (var guarded = new ConnectionGuard(InstantSource.system(), new WorkPermits(1)).open();
                    var session = Session.open(database.target(), database.name(), guarded)) {
                assertThat(session.query("SELECT true FROM pg_catalog.pg_sleep(1.5)", row -> row.getBoolean(1)))
                        .containsExactly(true);
                assertThat(session.<List<Boolean>>repeatableRead(each ->
                                each.rows("SELECT true FROM pg_catalog.pg_sleep(1.5)", row -> row.getBoolean(1))))
                        .containsExactly(true);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void no_setting_of_a_database_or_role_changes_an_inspection(int major) throws SQLException {
        var server = PostgresServer.of(major);
        try (var database = server.database()) {
            database.execute(SCHEMA);
            var usual = Inspect.at(database);
            assertThat(usual).extracting(Finding::check).contains("SequenceExhaustion", "SequenceBehind");
            var softly = new SoftAssertions();
            var role = "ROLE " + server.superuser() + " IN DATABASE " + database.name();
            for (var setting : OTHER_VALUES) {
                alter(server, role + " SET " + setting);
                softly.assertThat(Inspect.at(database)).as(setting).isEqualTo(usual);
                alter(server, role + " RESET ALL");
            }
            for (var setting : Stream.concat(OTHER_VALUES.stream(), FURTHER_VALUES.stream())
                    .toList()) {
                alter(server, "DATABASE " + database.name() + " SET " + setting);
            }
            softly.assertThat(Inspect.at(database))
                    .as("all of them, given by the database")
                    .isEqualTo(usual);
            softly.assertAll();
        }
    }

    /** A server of its own, because all databases of a server take such settings. */
    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void no_setting_of_a_server_changes_an_inspection(int major) throws SQLException {
        var server = PostgresServer.own(major);
        try (var database = server.database();
                var connection = database.connect(server.superuser())) {
            database.execute(SCHEMA);
            var usual = Inspect.at(database);
            for (var setting : Stream.concat(OTHER_VALUES.stream(), FURTHER_VALUES.stream())
                    .toList()) {
                PsqlScript.run(connection, "ALTER SYSTEM SET " + setting + ";");
            }
            reload(connection, database, "on");
            assertThat(Inspect.at(database)).isEqualTo(usual);

            PsqlScript.run(connection, "SET default_transaction_read_only = off; ALTER SYSTEM RESET ALL;");
            reload(connection, database, "off");
        }
    }

    /** The server reads its configuration a moment after it was told to. */
    private static void reload(Connection connection, Database database, String quoting) throws SQLException {
        PsqlScript.run(connection, "SELECT pg_reload_conf();");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> quoting.equals(database.value("SHOW quote_all_identifiers")));
    }

    /** From another database: a setting such as default_transaction_read_only would hinder its own reset. */
    private static void alter(PostgresServer server, String statement) throws SQLException {
        new Database(server, "postgres").execute("ALTER " + statement);
    }
}
