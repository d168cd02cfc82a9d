package dev.seqwatch.scenario;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

class DefaultBySearchPathTest {
    private static final String UNDEFINED = "42P01";

    @TestFactory
    Stream<DynamicContainer> late_bound() {
        return ScenarioRunner.allServers(
                "DefaultBySearchPath",
                Scenario.of("by_name")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id int DEFAULT nextval('s'::text) PRIMARY KEY, v int)")
                        .fails(UNDEFINED, "SET search_path = pg_catalog; INSERT INTO by_name.t(v) VALUES (1)")
                        .finds("Warning DefaultBySearchPath s t.id")
                        .saying("search_path resolves at every insert")
                        .saying("most likely means by_name.s"),
                Scenario.of("by_schema_and_name")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id int DEFAULT nextval('by_schema_and_name.s'::text) PRIMARY KEY, v int)")
                        .harms(
                                "DO $$ BEGIN DROP SEQUENCE s; EXCEPTION WHEN dependent_objects_still_exist THEN NULL; END $$",
                                "SELECT to_regclass('s') IS NULL")
                        .finds("Warning DefaultBySearchPath s t.id"),
                Scenario.of("by_varchar")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id int DEFAULT nextval('s'::varchar::text) PRIMARY KEY, v int)")
                        .finds("Warning DefaultBySearchPath s t.id"),
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
                                "CREATE SEQUENCE s; CREATE TABLE t(id int DEFAULT nextval('s'::text), v int) PARTITION BY LIST (v); CREATE TABLE p PARTITION OF t DEFAULT")
                        .fails(UNDEFINED, "SET search_path = pg_catalog; INSERT INTO partition_tree.t(v) VALUES (1)")
                        .finds("Warning DefaultBySearchPath s t.id"),
                Scenario.of("inheritance_tree")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id int DEFAULT nextval('s'::text) PRIMARY KEY, v int); CREATE TABLE c() INHERITS (t)")
                        .fails(UNDEFINED, "SET search_path = pg_catalog; INSERT INTO inheritance_tree.c(v) VALUES (1)")
                        .finds("Warning DefaultBySearchPath s t.id"),
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
}
