package dev.seqwatch.proof;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

class OwnershipTest {
    @TestFactory
    Stream<DynamicContainer> unowned() {
        return Ward.allServers(
                "SequenceUnowned",
                Case.of("serial_column").given("CREATE TABLE t(id serial PRIMARY KEY)"),
                Case.of("identity").given("CREATE TABLE t(id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY)"),
                Case.of("no_default_at_all").given("CREATE SEQUENCE s"),
                Case.of("default_only")
                        .given("CREATE SEQUENCE s; CREATE TABLE t(id bigint DEFAULT nextval('s') PRIMARY KEY)")
                        .harms("DROP TABLE t", "SELECT to_regclass('s') IS NOT NULL")
                        .finds("Info SequenceUnowned s t.id"),
                Case.of("partition_tree")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id bigint DEFAULT nextval('s'), v int, PRIMARY KEY (id, v)) PARTITION BY LIST (v);"
                                        + "CREATE TABLE t1 PARTITION OF t DEFAULT")
                        .finds("Info SequenceUnowned s t.id"),
                Case.of("column_in_no_key")
                        .given("CREATE SEQUENCE s; CREATE TABLE t(id bigint DEFAULT nextval('s'))")
                        .finds("Info SequenceUnowned s t.id")
                        .saying("decide whether it is one")
                        .undecided(),
                Case.of("two_tables")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE a(id bigint DEFAULT nextval('s') PRIMARY KEY); CREATE TABLE b(id bigint DEFAULT nextval('s') PRIMARY KEY)")
                        .finds("Info SequenceUnowned s a.id")
                        .saying("decide which one owns it")
                        .undecided(),
                Case.of("table_of_another_owner")
                        .role("other", "")
                        .given("CREATE SEQUENCE s; CREATE TABLE t(id bigint DEFAULT nextval('s') PRIMARY KEY)")
                        .givenBySuperuser("ALTER TABLE t OWNER TO @other; GRANT USAGE ON SEQUENCE s TO @other")
                        .finds("Info SequenceUnowned s t.id")
                        .undecided(),
                Case.of("table_in_another_schema")
                        .given("CREATE SEQUENCE s; CREATE TABLE t(id bigint DEFAULT nextval('s') PRIMARY KEY)")
                        .givenBySuperuser(
                                "DROP SCHEMA IF EXISTS elsewhere CASCADE; CREATE SCHEMA elsewhere; ALTER TABLE t SET SCHEMA elsewhere")
                        .finds("Info SequenceUnowned s elsewhere.t.id")
                        .undecided(),
                Case.of("domain_default")
                        .given(
                                "CREATE SEQUENCE s; CREATE DOMAIN d AS int DEFAULT nextval('s'); CREATE TABLE t(id d PRIMARY KEY)")
                        .finds("Info SequenceUnowned s t.id"),
                Case.of("odd_names")
                        .given(
                                "CREATE SEQUENCE \"o\"\"d.d\ns\"; CREATE TABLE \"T'x;\"(\"I d\" bigint DEFAULT nextval('\"o\"\"d.d\ns\"') PRIMARY KEY)")
                        .finds("Info SequenceUnowned o\"d.d\ns T'x;.I d"));
    }

    @TestFactory
    Stream<DynamicContainer> orphans() {
        return Ward.allServers(
                "OrphanSequence",
                Case.of("orphan")
                        .given("CREATE SEQUENCE s")
                        .finds("Info OrphanSequence s")
                        .undecided(),
                Case.of("left_by_a_dropped_default")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id int DEFAULT nextval('s')); ALTER TABLE t ALTER id DROP DEFAULT")
                        .finds("Info OrphanSequence s")
                        .undecided(),
                Case.of("temporary").given("CREATE TEMPORARY SEQUENCE s"),
                Case.of("owned_but_unused").given("CREATE TABLE t(id int); CREATE SEQUENCE s OWNED BY t.id"),
                Case.of("serial_column").given("CREATE TABLE t(id serial)"),
                Case.of("late_bound").given("CREATE SEQUENCE s; CREATE TABLE t(id int DEFAULT nextval('s'::text))"),
                Case.of("late_bound_with_its_schema")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id int DEFAULT nextval('late_bound_with_its_schema.s'::text))"),
                Case.of("late_bound_by_an_odd_name")
                        .given(
                                "CREATE SEQUENCE \"O'd\\d\"; CREATE TABLE t(id int DEFAULT nextval('\"O''d\\d\"'::text))"),
                Case.of("view").given("CREATE SEQUENCE s; CREATE VIEW w AS SELECT nextval('s')"),
                Case.of("read_by_a_view").given("CREATE SEQUENCE s; CREATE VIEW w AS SELECT last_value FROM s"),
                Case.of("default_of_a_view")
                        .given("CREATE SEQUENCE s; CREATE TABLE t(id int); CREATE VIEW w AS SELECT * FROM t;"
                                + "ALTER VIEW w ALTER id SET DEFAULT nextval('s')"),
                Case.of("function_body")
                        .since(14)
                        .given("CREATE SEQUENCE s; CREATE FUNCTION f() RETURNS bigint RETURN nextval('s')"),
                Case.of("domain_without_a_column")
                        .given("CREATE SEQUENCE s; CREATE DOMAIN d AS int DEFAULT nextval('s')"),
                Case.of("domain_of_a_column")
                        .given("CREATE SEQUENCE s; CREATE DOMAIN d AS int DEFAULT nextval('s'); CREATE TABLE t(id d)"),
                Case.of("computed_default")
                        .given("CREATE SEQUENCE s; CREATE TABLE t(id text DEFAULT 'A' || nextval('s'))"),
                Case.of("named_by_a_generated_column")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id int, o bigint GENERATED ALWAYS AS (id + 's'::regclass::oid::bigint) STORED)"),
                Case.of("of_a_foreign_table")
                        .givenBySuperuser(
                                "DO 'BEGIN CREATE FOREIGN DATA WRAPPER w; EXCEPTION WHEN duplicate_object THEN NULL; END';"
                                        + "DO 'BEGIN CREATE SERVER w FOREIGN DATA WRAPPER w; EXCEPTION WHEN duplicate_object THEN NULL; END';"
                                        + "CREATE FOREIGN TABLE t(id serial, v int) SERVER w"));
    }
}
