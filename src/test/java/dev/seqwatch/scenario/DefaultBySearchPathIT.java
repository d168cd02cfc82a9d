package dev.seqwatch.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.check.Finding;
import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.PostgresServer;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DefaultBySearchPathIT {
    private static final String UNDEFINED = "42P01";

    @TestFactory
    Stream<DynamicContainer> late_bound() {
        return ScenarioRunner.allServers(
                "DefaultBySearchPath",
                Scenario.of("by_name")
                        .given(
                                "CREATE SEQUENCE named; CREATE TABLE t(id int DEFAULT nextval('named'::text) PRIMARY KEY, v int)")
                        .fails(UNDEFINED, "SET search_path = pg_catalog; INSERT INTO by_name.t(v) VALUES (1)")
                        .finds("Warning DefaultBySearchPath named t.id")
                        .saying("search_path resolves at every insert")
                        .saying("most likely means by_name.named"),
                Scenario.of("by_schema_and_name")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id int DEFAULT nextval('by_schema_and_name.s'::text) PRIMARY KEY, v int)")
                        .harms(
                                "DO $$ BEGIN DROP SEQUENCE s; EXCEPTION WHEN dependent_objects_still_exist THEN NULL; END $$",
                                "SELECT to_regclass('s') IS NULL")
                        .finds("Warning DefaultBySearchPath s t.id"),
                Scenario.of("by_varchar")
                        .given(
                                "CREATE SEQUENCE by_varchar_ids; CREATE TABLE t(id int DEFAULT nextval('by_varchar_ids'::varchar::text) PRIMARY KEY, v int)")
                        .finds("Warning DefaultBySearchPath by_varchar_ids t.id"),
                Scenario.of("quoted_name")
                        .given(
                                "CREATE SEQUENCE \"O'd d\"; CREATE TABLE \"T;\n\"(\"I\"\"d\" int DEFAULT nextval('\"O''d d\"'::text) PRIMARY KEY, v int)")
                        .fails(
                                UNDEFINED,
                                "SET search_path = pg_catalog; INSERT INTO quoted_name.\"T;\n\"(v) VALUES (1)")
                        .finds("Warning DefaultBySearchPath O'd d T;\n.I\"d"),
                Scenario.of("no_such_sequence")
                        .given("CREATE TABLE t(id int DEFAULT nextval('missing'::text) PRIMARY KEY, v int)")
                        .fails(UNDEFINED, "INSERT INTO t(v) VALUES (1)")
                        .finds("Warning DefaultBySearchPath t.id")
                        .saying("Decide which sequence is meant")
                        .undecided(),
                Scenario.of("computed_name")
                        .given(
                                "CREATE SEQUENCE s_1; CREATE TABLE t(id int DEFAULT nextval('s_' || '1') PRIMARY KEY, v int)")
                        .finds("Warning DefaultBySearchPath t.id")
                        .undecided(),
                Scenario.of("partition_tree")
                        .given(
                                "CREATE SEQUENCE partition_ids; CREATE TABLE t(id int DEFAULT nextval('partition_ids'::text), v int) PARTITION BY LIST (v); CREATE TABLE p PARTITION OF t DEFAULT")
                        .fails(UNDEFINED, "SET search_path = pg_catalog; INSERT INTO partition_tree.t(v) VALUES (1)")
                        .finds("Warning DefaultBySearchPath partition_ids t.id"),
                Scenario.of("inheritance_tree")
                        .given(
                                "CREATE SEQUENCE inheritance_ids; CREATE TABLE t(id int DEFAULT nextval('inheritance_ids'::text) PRIMARY KEY, v int); CREATE TABLE c() INHERITS (t)")
                        .fails(UNDEFINED, "SET search_path = pg_catalog; INSERT INTO inheritance_tree.c(v) VALUES (1)")
                        .finds("Warning DefaultBySearchPath inheritance_ids t.id"),
                Scenario.of("child_with_a_sequence_of_its_own")
                        .given(
                                "CREATE SEQUENCE s; CREATE SEQUENCE own; CREATE TABLE t(id int DEFAULT nextval('s'::text) PRIMARY KEY, v int);"
                                        + "CREATE TABLE c(id int DEFAULT nextval('own') PRIMARY KEY) INHERITS (t)")
                        .finds("Warning DefaultBySearchPath s t.id")
                        .saying("decide on the default of each")
                        .undecided(),
                Scenario.of("renamed_sequence_of_a_regclass")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id int DEFAULT nextval('s'::regclass) PRIMARY KEY, v int); ALTER SEQUENCE s RENAME TO u"),
                Scenario.of("plain_text_literal")
                        .given("CREATE SEQUENCE s; CREATE TABLE t(id int DEFAULT nextval('s') PRIMARY KEY)"),
                Scenario.of("serial_and_identity")
                        .given("CREATE TABLE a(id serial); CREATE TABLE b(id int GENERATED ALWAYS AS IDENTITY)"));
    }

    private static Stream<PostgresServer> servers() {
        return Stream.of(PostgresServer.of(13), PostgresServer.of(18));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void stored_ids_tell_which_of_several_sequences_is_meant(PostgresServer server) throws SQLException {
        try (var database = server.database()) {
            database.execute("""
                    CREATE SCHEMA app; CREATE SEQUENCE app.ids; CREATE SEQUENCE public.ids AS int;
                    CREATE TABLE app.t(id int DEFAULT nextval('ids'::text) PRIMARY KEY, v int);
                    INSERT INTO app.t VALUES (2147483000); SELECT setval('public.ids', 2147483000);
                    """);

            assertThat(Inspect.bad(database))
                    .containsExactlyInAnyOrder(
                            "Critical SequenceExhaustion public.ids app.t.id",
                            "Warning DefaultBySearchPath public.ids app.t.id");
            assertThat(lateBound(database))
                    .satisfies(finding -> assertThat(finding.message())
                            .contains(
                                    "Here it most likely means public.ids",
                                    "2 sequences have that name (app.ids, public.ids)"))
                    .extracting(Finding::remedy)
                    .isNull();
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void several_sequences_of_the_name_leave_the_default_to_a_person(PostgresServer server) throws SQLException {
        try (var database = server.database()) {
            database.execute("""
                    CREATE SCHEMA a; CREATE SCHEMA b; CREATE SEQUENCE a.ids; CREATE SEQUENCE b.ids;
                    CREATE TABLE a.t(id int DEFAULT nextval('ids'::text) PRIMARY KEY, v int);
                    CREATE TABLE public.t(id int DEFAULT nextval('ids'::text) PRIMARY KEY, v int);
                    """);

            assertThat(Inspect.bad(database))
                    .containsExactlyInAnyOrder(
                            "Warning DefaultBySearchPath a.ids a.t.id", "Warning DefaultBySearchPath public.t.id");
            assertThat(Inspect.at(database))
                    .filteredOn(finding -> finding.check().equals("DefaultBySearchPath"))
                    .allSatisfy(finding -> assertThat(finding.remedy()).isNull())
                    .extracting(Finding::message)
                    .anySatisfy(message -> assertThat(message).contains("2 sequences have that name (a.ids, b.ids)"))
                    .anySatisfy(message -> assertThat(message).contains("Which of these is meant is not known"));
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void the_only_sequence_of_the_name_is_meant_whatever_its_schema(PostgresServer server) throws SQLException {
        try (var database = server.database()) {
            database.execute("""
                    CREATE SCHEMA app; CREATE SCHEMA ids; CREATE SEQUENCE ids.t_ids;
                    CREATE TABLE app.t(id int DEFAULT nextval('t_ids'::text) PRIMARY KEY, v int);
                    """);

            assertThat(Inspect.bad(database)).containsExactly("Warning DefaultBySearchPath ids.t_ids app.t.id");
            Inspect.run(database, lateBound(database));
            database.execute("INSERT INTO app.t(v) VALUES (1)");
            assertThat(Inspect.bad(database)).isEmpty();
        }
    }

    private static Finding lateBound(Database database) {
        return Inspect.at(database).stream()
                .filter(finding -> finding.check().equals("DefaultBySearchPath"))
                .findFirst()
                .orElseThrow();
    }
}
