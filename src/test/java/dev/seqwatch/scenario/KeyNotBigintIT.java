package dev.seqwatch.scenario;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

class KeyNotBigintIT {
    private static final String LIMIT_REACHED = "2200H";

    @TestFactory
    Stream<DynamicContainer> narrow_keys() {
        return ScenarioRunner.allServers(
                "KeyNotBigint",
                Scenario.of("serial_key")
                        .given("CREATE TABLE t(id serial PRIMARY KEY, v int)")
                        .fails(LIMIT_REACHED, "SELECT setval('t_id_seq', 2147483647); INSERT INTO t(v) VALUES (1)")
                        .finds("Info KeyNotBigint t_id_seq t.id")
                        .saying("t.id is integer"),
                Scenario.of("smallserial_key")
                        .given("CREATE TABLE t(id smallserial PRIMARY KEY, v int)")
                        .fails(LIMIT_REACHED, "SELECT setval('t_id_seq', 32767); INSERT INTO t(v) VALUES (1)")
                        .finds("Info KeyNotBigint t_id_seq t.id"),
                Scenario.of("identity_key")
                        .given("CREATE TABLE t(id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v int)")
                        .fails(LIMIT_REACHED, "SELECT setval('t_id_seq', 2147483647); INSERT INTO t(v) VALUES (1)")
                        .finds("Info KeyNotBigint t_id_seq t.id"),
                Scenario.of("whole_chain")
                        .given(
                                "CREATE TABLE t(id serial PRIMARY KEY, parent int REFERENCES t, v int);"
                                        + "CREATE TABLE a(t_id int PRIMARY KEY REFERENCES t); CREATE TABLE b(a_id int REFERENCES a);"
                                        + "CREATE INDEX ON b(a_id); INSERT INTO t(v) VALUES (1); INSERT INTO a VALUES (1); INSERT INTO b VALUES (1)")
                        .fails(
                                LIMIT_REACHED,
                                "SELECT setval('t_id_seq', 2147483647); INSERT INTO t(v) VALUES (1);"
                                        + "INSERT INTO a VALUES (2147483648); INSERT INTO b VALUES (2147483648)")
                        .finds("Info KeyNotBigint t_id_seq t.id"),
                Scenario.of("partition_tree")
                        .given(
                                "CREATE TABLE t(id serial, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);"
                                        + "CREATE TABLE p(at date NOT NULL, id int NOT NULL); ALTER TABLE t ATTACH PARTITION p DEFAULT")
                        .fails(
                                LIMIT_REACHED,
                                "SELECT setval('t_id_seq', 2147483647); INSERT INTO t(at) VALUES ('2020-01-01')")
                        .finds("Info KeyNotBigint t_id_seq t.id"),
                Scenario.of("descending_and_chosen_end")
                        .given(
                                "CREATE SEQUENCE s AS int INCREMENT -1 MINVALUE -5000000; CREATE TABLE t(id int DEFAULT nextval('s') PRIMARY KEY)")
                        .finds("Info KeyNotBigint s t.id"),
                Scenario.of("generated_column_on_it")
                        .given("CREATE TABLE t(id serial PRIMARY KEY, twice int GENERATED ALWAYS AS (id * 2) STORED)")
                        .finds("Info KeyNotBigint t_id_seq t.id")
                        .undecided(),
                Scenario.of("odd_names")
                        .given(
                                "CREATE TABLE \"T'x;\"(\"I d\" serial PRIMARY KEY, v int); CREATE TABLE \"R\"(\"t\nid\" int REFERENCES \"T'x;\")")
                        .fails(
                                LIMIT_REACHED,
                                "SELECT setval('\"T''x;_I d_seq\"', 2147483647); INSERT INTO \"T'x;\"(v) VALUES (1)")
                        .finds("Info KeyNotBigint T'x;_I d_seq T'x;.I d"),
                Scenario.of("wide_keys")
                        .given(
                                "CREATE TABLE a(id bigserial PRIMARY KEY); CREATE TABLE b(id bigint GENERATED ALWAYS AS IDENTITY);"
                                        + "CREATE SEQUENCE s; CREATE TABLE c(id numeric(10) DEFAULT nextval('s')); CREATE TABLE d(id text DEFAULT nextval('s'))"),
                Scenario.of("integer_without_a_sequence")
                        .given("CREATE TABLE country(id smallint PRIMARY KEY); CREATE TABLE t(id int PRIMARY KEY)"));
    }
}
