package dev.seqwatch.scenario;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

class OwnershipIT {
    @TestFactory
    Stream<DynamicContainer> unowned() {
        return ScenarioRunner.allServers(
                "SequenceUnowned",
                Scenario.of("serial_column").given("CREATE TABLE t(id serial PRIMARY KEY)"),
                Scenario.of("identity").given("CREATE TABLE t(id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY)"),
                Scenario.of("no_default_at_all").given("CREATE SEQUENCE s"),
                Scenario.of("default_only")
                        .given("CREATE SEQUENCE s; CREATE TABLE t(id bigint DEFAULT nextval('s') PRIMARY KEY)")
                        .harms("DROP TABLE t", "SELECT to_regclass('s') IS NOT NULL")
                        .finds("Info SequenceUnowned s t.id"),
                Scenario.of("partition_tree")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id bigint DEFAULT nextval('s'), v int, PRIMARY KEY (id, v)) PARTITION BY LIST (v);"
                                        + "CREATE TABLE t1 PARTITION OF t DEFAULT")
                        .finds("Info SequenceUnowned s t.id"),
                Scenario.of("column_in_no_key")
                        .given("CREATE SEQUENCE s; CREATE TABLE t(id bigint DEFAULT nextval('s'))")
                        .finds("Info SequenceUnowned s t.id")
                        .saying("decide whether it is one")
                        .undecided(),
                Scenario.of("two_tables")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE a(id bigint DEFAULT nextval('s') PRIMARY KEY); CREATE TABLE b(id bigint DEFAULT nextval('s') PRIMARY KEY)")
                        .finds("Info SequenceUnowned s a.id")
                        .saying("decide which one owns it")
                        .undecided(),
                Scenario.of("table_of_another_owner")
                        .role("other", "")
                        .given("CREATE SEQUENCE s; CREATE TABLE t(id bigint DEFAULT nextval('s') PRIMARY KEY)")
                        .givenBySuperuser("ALTER TABLE t OWNER TO @other; GRANT USAGE ON SEQUENCE s TO @other")
                        .finds("Info SequenceUnowned s t.id")
                        .undecided(),
                Scenario.of("table_in_another_schema")
                        .given("CREATE SEQUENCE s; CREATE TABLE t(id bigint DEFAULT nextval('s') PRIMARY KEY)")
                        .givenBySuperuser(
                                "DROP SCHEMA IF EXISTS elsewhere CASCADE; CREATE SCHEMA elsewhere; ALTER TABLE t SET SCHEMA elsewhere")
                        .finds("Info SequenceUnowned s elsewhere.t.id")
                        .undecided(),
                Scenario.of("domain_default")
                        .given(
                                "CREATE SEQUENCE s; CREATE DOMAIN d AS int DEFAULT nextval('s'); CREATE TABLE t(id d PRIMARY KEY)")
                        .finds("Info SequenceUnowned s t.id"),
                Scenario.of("odd_names")
                        .given(
                                "CREATE SEQUENCE \"o\"\"d.d\ns\"; CREATE TABLE \"T'x;\"(\"I d\" bigint DEFAULT nextval('\"o\"\"d.d\ns\"') PRIMARY KEY)")
                        .finds("Info SequenceUnowned o\"d.d\ns T'x;.I d"));
    }

    @TestFactory
    Stream<DynamicContainer> orphans() {
        return ScenarioRunner.allServers(
                "OrphanSequence",
                Scenario.of("orphan")
                        .given("CREATE SEQUENCE s")
                        .finds("Info OrphanSequence s")
                        .undecided(),
                Scenario.of("left_by_a_dropped_default")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id int DEFAULT nextval('s')); ALTER TABLE t ALTER id DROP DEFAULT")
                        .finds("Info OrphanSequence s")
                        .undecided(),
                Scenario.of("temporary").given("CREATE TEMPORARY SEQUENCE s"),
                Scenario.of("owned_but_unused").given("CREATE TABLE t(id int); CREATE SEQUENCE s OWNED BY t.id"),
                Scenario.of("serial_column").given("CREATE TABLE t(id serial)"),
                Scenario.of("late_bound").given("CREATE SEQUENCE s; CREATE TABLE t(id int DEFAULT nextval('s'::text))"),
                Scenario.of("late_bound_with_its_schema")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id int DEFAULT nextval('late_bound_with_its_schema.s'::text))"),
                Scenario.of("late_bound_by_an_odd_name")
                        .given(
                                "CREATE SEQUENCE \"O'd\\d\"; CREATE TABLE t(id int DEFAULT nextval('\"O''d\\d\"'::text))"),
                Scenario.of("view").given("CREATE SEQUENCE s; CREATE VIEW w AS SELECT nextval('s')"),
                Scenario.of("read_by_a_view").given("CREATE SEQUENCE s; CREATE VIEW w AS SELECT last_value FROM s"),
                Scenario.of("default_of_a_view")
                        .given("CREATE SEQUENCE s; CREATE TABLE t(id int); CREATE VIEW w AS SELECT * FROM t;"
                                + "ALTER VIEW w ALTER id SET DEFAULT nextval('s')"),
                Scenario.of("function_body")
                        .since(14)
                        .given("CREATE SEQUENCE s; CREATE FUNCTION f() RETURNS bigint RETURN nextval('s')"),
                Scenario.of("domain_without_a_column")
                        .given("CREATE SEQUENCE s; CREATE DOMAIN d AS int DEFAULT nextval('s')"),
                Scenario.of("domain_of_a_column")
                        .given("CREATE SEQUENCE s; CREATE DOMAIN d AS int DEFAULT nextval('s'); CREATE TABLE t(id d)"),
                Scenario.of("computed_default")
                        .given("CREATE SEQUENCE s; CREATE TABLE t(id text DEFAULT 'A' || nextval('s'))"),
                Scenario.of("named_by_a_generated_column")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id int, o bigint GENERATED ALWAYS AS (id + 's'::regclass::oid::bigint) STORED)"),
                Scenario.of("of_a_foreign_table")
                        .givenBySuperuser(
                                "DO 'BEGIN CREATE FOREIGN DATA WRAPPER w; EXCEPTION WHEN duplicate_object THEN NULL; END';"
                                        + "DO 'BEGIN CREATE SERVER w FOREIGN DATA WRAPPER w; EXCEPTION WHEN duplicate_object THEN NULL; END';"
                                        + "CREATE FOREIGN TABLE t(id serial, v int) SERVER w"));
    }
}
