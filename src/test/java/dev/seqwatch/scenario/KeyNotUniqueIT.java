package dev.seqwatch.scenario;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

class KeyNotUniqueIT {
    /** Stores id 1 a second time, if nothing forbids it. */
    private static final String AGAIN =
            "INSERT INTO t(v) VALUES (1); SELECT setval('t_id_seq', 1, false); DO $$ BEGIN INSERT INTO t(v) VALUES (1); EXCEPTION WHEN unique_violation THEN NULL; END $$";

    private static final String TWICE = "SELECT count(*) > count(DISTINCT id) FROM t";

    @TestFactory
    Stream<DynamicContainer> keys() {
        return ScenarioRunner.allServers(
                "KeyNotUnique",
                Scenario.of("serial_without_key")
                        .given("CREATE TABLE t(id serial, v int)")
                        .harms(AGAIN, TWICE)
                        .finds("Warning KeyNotUnique t_id_seq t.id")
                        .saying("stores an id twice, and nothing says so"),
                Scenario.of("identity_without_key")
                        .given("CREATE TABLE t(id bigint GENERATED ALWAYS AS IDENTITY, v int)")
                        .harms(AGAIN, TWICE)
                        .finds("Warning KeyNotUnique t_id_seq t.id"),
                Scenario.of("plain_index")
                        .given("CREATE TABLE t(id serial, v int); CREATE INDEX ON t(id)")
                        .harms(AGAIN, TWICE)
                        .finds("Warning KeyNotUnique t_id_seq t.id"),
                Scenario.of("partial_index")
                        .given("CREATE TABLE t(id serial, v int); CREATE UNIQUE INDEX ON t(id) WHERE v > 1")
                        .harms(AGAIN, TWICE)
                        .finds("Warning KeyNotUnique t_id_seq t.id"),
                Scenario.of("index_over_an_expression")
                        .given("CREATE TABLE t(id serial, v int); CREATE UNIQUE INDEX ON t((id / 2 * 2 + v))")
                        .finds("Warning KeyNotUnique t_id_seq t.id"),
                Scenario.of("included_column_only")
                        .given(
                                "CREATE TABLE t(id serial, v int, w int DEFAULT random() * 1000000, PRIMARY KEY (w) INCLUDE (id))")
                        .finds("Info KeyNotUnique t_id_seq t.id")
                        .undecided(),
                Scenario.of("key_on_another_column")
                        .given("CREATE TABLE t(id serial, v int, w uuid PRIMARY KEY)")
                        .finds("Info KeyNotUnique t_id_seq t.id")
                        .saying("decide whether its values must be unique")
                        .undecided(),
                Scenario.of("order_column_beside_a_key_of_two_columns")
                        .given(
                                "CREATE TABLE t(id bigint GENERATED ALWAYS AS IDENTITY, task int, slot int, UNIQUE (task, slot))")
                        .finds("Info KeyNotUnique t_id_seq t.id")
                        .undecided(),
                Scenario.of("another_key_that_covers_some_rows_only")
                        .given("CREATE TABLE t(id serial, w int); CREATE UNIQUE INDEX ON t(w) WHERE w > 5")
                        .finds("Warning KeyNotUnique t_id_seq t.id"),
                Scenario.of("partial_index_on_another_column_not_null")
                        .given("CREATE TABLE t(id serial, v int); CREATE UNIQUE INDEX ON t(id) WHERE v IS NOT NULL")
                        .finds("Warning KeyNotUnique t_id_seq t.id"),
                Scenario.of("partial_index_over_all_that_is_not_null")
                        .given("CREATE TABLE t(id serial, v int); CREATE UNIQUE INDEX ON t(id) WHERE id IS NOT NULL"),
                Scenario.of("partial_index_over_two_columns_not_null")
                        .given(
                                "CREATE TABLE t(id serial, v int); CREATE UNIQUE INDEX ON t(v, id) WHERE id IS NOT NULL AND v IS NOT NULL"),
                Scenario.of("inherited_root_without_key")
                        .given(
                                "CREATE TABLE t(id serial, v int); CREATE TABLE c(PRIMARY KEY (id)) INHERITS (t); INSERT INTO t(v) VALUES (1)")
                        .harms(AGAIN, TWICE)
                        .finds("Warning KeyNotUnique t_id_seq t.id"),
                Scenario.of("one_child_without_key")
                        .given(
                                "CREATE TABLE t(id serial, v int); CREATE TABLE c(PRIMARY KEY (id)) INHERITS (t); CREATE TABLE d() INHERITS (t)")
                        .finds("Warning KeyNotUnique t_id_seq t.id"),
                Scenario.of("partition_tree_without_key")
                        .given(
                                "CREATE TABLE t(id serial, v int) PARTITION BY LIST (v); CREATE TABLE p PARTITION OF t DEFAULT")
                        .finds("Warning KeyNotUnique t_id_seq t.id")
                        .saying("decide on a composite key")
                        .undecided(),
                Scenario.of("comes_back_on_purpose")
                        .given("CREATE TABLE t(id serial, v int); ALTER SEQUENCE t_id_seq MAXVALUE 3 CYCLE")
                        .harms("INSERT INTO t SELECT FROM generate_series(1, 4)", TWICE)
                        .finds("Info KeyNotUnique t_id_seq t.id")
                        .saying("decide whether the column is a key")
                        .undecided(),
                Scenario.of("excluded_together_with_another_column")
                        .given(
                                "CREATE TABLE t(id serial, v box, EXCLUDE USING gist (v WITH &&, box(point(id, id), point(id, id)) WITH ~=))")
                        .finds("Warning KeyNotUnique t_id_seq t.id"),
                Scenario.of("odd_names")
                        .given("CREATE TABLE \"T'\n;\"(\"I d\" serial, v int)")
                        .finds("Warning KeyNotUnique T'\n;_I d_seq T'\n;.I d"),
                Scenario.of("primary_key").given("CREATE TABLE t(id serial PRIMARY KEY)"),
                Scenario.of("unique_constraint").given("CREATE TABLE t(id serial UNIQUE, k uuid PRIMARY KEY)"),
                Scenario.of("deferred_constraint")
                        .given("CREATE TABLE t(id serial UNIQUE DEFERRABLE INITIALLY DEFERRED)"),
                Scenario.of("excluded_by_equality").given("CREATE TABLE t(id serial, EXCLUDE USING btree (id WITH =))"),
                Scenario.of("unique_index").given("CREATE TABLE t(id serial); CREATE UNIQUE INDEX ON t(id DESC)"),
                Scenario.of("composite_key_second_column")
                        .given("CREATE TABLE t(tenant int, id serial, PRIMARY KEY (tenant, id))"),
                Scenario.of("nulls_not_distinct")
                        .since(15)
                        .given("CREATE TABLE t(id serial UNIQUE NULLS NOT DISTINCT)"),
                Scenario.of("partitioned_with_composite_key")
                        .given(
                                "CREATE TABLE t(id serial, v int, PRIMARY KEY (id, v)) PARTITION BY LIST (v); CREATE TABLE p PARTITION OF t DEFAULT"),
                Scenario.of("each_partition_by_itself")
                        .given(
                                "CREATE TABLE t(id serial, v int) PARTITION BY LIST (v); CREATE TABLE p(v int, id int NOT NULL PRIMARY KEY);"
                                        + "ALTER TABLE t ATTACH PARTITION p DEFAULT"),
                Scenario.of("each_child_of_an_empty_root_by_itself")
                        .given(
                                "CREATE TABLE t(id serial, v int); CREATE TABLE c(PRIMARY KEY (id)) INHERITS (t); CREATE TABLE d(UNIQUE (id)) INHERITS (t);"
                                        + "INSERT INTO c(v) VALUES (1)"),
                Scenario.of("each_child_of_a_root_that_was_emptied")
                        .given(
                                "CREATE TABLE t(id serial, v int); CREATE TABLE c(PRIMARY KEY (id)) INHERITS (t); INSERT INTO t(v) VALUES (1); DELETE FROM ONLY t"),
                Scenario.of("no_partition_yet")
                        .given("CREATE TABLE t(id serial, v int, PRIMARY KEY (id, v)) PARTITION BY LIST (v)"),
                Scenario.of("sequence_of_no_column")
                        .given("CREATE SEQUENCE s; CREATE TABLE t(id int DEFAULT nextval('s'))"),
                Scenario.of("number_of_a_copy")
                        .given("CREATE TABLE a(id serial PRIMARY KEY); CREATE TABLE t(LIKE a INCLUDING DEFAULTS)"),
                Scenario.of("foreign_table")
                        .givenBySuperuser(
                                "DO 'BEGIN CREATE FOREIGN DATA WRAPPER w; EXCEPTION WHEN duplicate_object THEN NULL; END';"
                                        + "DO 'BEGIN CREATE SERVER w FOREIGN DATA WRAPPER w; EXCEPTION WHEN duplicate_object THEN NULL; END';"
                                        + "CREATE FOREIGN TABLE t(id serial, v int) SERVER w"));
    }
}
