package dev.seqwatch.scenario;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

class SequenceNarrowerThanColumnIT {
    private static final String LIMIT_REACHED = "2200H";

    @TestFactory
    Stream<DynamicContainer> left_behind() {
        return ScenarioRunner.allServers(
                "SequenceNarrowerThanColumn",
                Scenario.of("widened_serial")
                        .given("CREATE TABLE t(id serial PRIMARY KEY, v int); ALTER TABLE t ALTER id TYPE bigint")
                        .fails(LIMIT_REACHED, "SELECT setval('t_id_seq', 2147483647); INSERT INTO t(v) VALUES (1)")
                        .finds("Warning SequenceNarrowerThanColumn t_id_seq t.id")
                        .saying("still ends at 2,147,483,647"),
                Scenario.of("widened_smallserial_to_integer")
                        .given("CREATE TABLE t(id smallserial PRIMARY KEY, v int); ALTER TABLE t ALTER id TYPE int")
                        .fails(LIMIT_REACHED, "SELECT setval('t_id_seq', 32767); INSERT INTO t(v) VALUES (1)")
                        .finds("Warning SequenceNarrowerThanColumn t_id_seq t.id"),
                Scenario.of("bigint_sequence_with_a_chosen_end_of_integer")
                        .given(
                                "CREATE SEQUENCE s MAXVALUE 2147483647; CREATE TABLE t(id bigint DEFAULT nextval('s') PRIMARY KEY, v int)"),
                Scenario.of("integer_sequence_with_a_chosen_end_of_smallint")
                        .given(
                                "CREATE SEQUENCE s AS int MAXVALUE 32767; CREATE TABLE t(id bigint DEFAULT nextval('s') PRIMARY KEY, v int)"),
                Scenario.of("descending")
                        .given(
                                "CREATE SEQUENCE s AS int INCREMENT -1; CREATE TABLE t(id bigint DEFAULT nextval('s') PRIMARY KEY, v int)")
                        .fails(LIMIT_REACHED, "SELECT setval('s', -2147483648); INSERT INTO t(v) VALUES (1)")
                        .finds("Warning SequenceNarrowerThanColumn s t.id"),
                Scenario.of("widened_to_numeric")
                        .given(
                                "CREATE SEQUENCE s AS int; CREATE TABLE t(id numeric(12) DEFAULT nextval('s') PRIMARY KEY, v int)")
                        .fails(LIMIT_REACHED, "SELECT setval('s', 2147483647); INSERT INTO t(v) VALUES (1)")
                        .finds("Warning SequenceNarrowerThanColumn s t.id"),
                Scenario.of("partition_tree")
                        .given("CREATE TABLE t(id serial, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);"
                                + "CREATE TABLE p PARTITION OF t DEFAULT; ALTER TABLE t ALTER id TYPE bigint")
                        .fails(
                                LIMIT_REACHED,
                                "SELECT setval('t_id_seq', 2147483647); INSERT INTO t(at) VALUES ('2020-01-01')")
                        .finds("Warning SequenceNarrowerThanColumn t_id_seq t.id"),
                Scenario.of("computed_column_beside_it")
                        .given("CREATE SEQUENCE s AS int; CREATE TABLE a(code text DEFAULT 'A' || nextval('s'));"
                                + "CREATE TABLE t(id bigint DEFAULT nextval('s') PRIMARY KEY, v int)")
                        .fails(LIMIT_REACHED, "SELECT setval('s', 2147483647); INSERT INTO t(v) VALUES (1)")
                        .finds("Warning SequenceNarrowerThanColumn s t.id")
                        .saying("t.id is bigint by now"),
                Scenario.of("odd_names")
                        .given(
                                "CREATE TABLE \"T'x;\"(\"I d\" serial PRIMARY KEY, v int); ALTER TABLE \"T'x;\" ALTER \"I d\" TYPE bigint;"
                                        + "ALTER SEQUENCE \"T'x;_I d_seq\" RENAME TO \"o\"\"d\ns\"")
                        .fails(
                                LIMIT_REACHED,
                                "SELECT setval('\"o\"\"d\ns\"', 2147483647); INSERT INTO \"T'x;\"(v) VALUES (1)")
                        .finds("Warning SequenceNarrowerThanColumn o\"d\ns T'x;.I d"),
                Scenario.of("widened_identity")
                        .given(
                                "CREATE TABLE t(id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY); ALTER TABLE t ALTER id TYPE bigint"),
                Scenario.of("text_is_no_wider_number")
                        .given(
                                "CREATE SEQUENCE s AS int; CREATE TABLE t(id text DEFAULT nextval('s')::text PRIMARY KEY)"),
                Scenario.of("chosen_end")
                        .given(
                                "CREATE SEQUENCE s MAXVALUE 999999; CREATE TABLE t(id bigint DEFAULT nextval('s') PRIMARY KEY)"),
                Scenario.of("one_column_still_narrow")
                        .given("CREATE SEQUENCE s AS int; CREATE TABLE a(id int DEFAULT nextval('s') PRIMARY KEY);"
                                + "CREATE TABLE b(id bigint DEFAULT nextval('s') PRIMARY KEY)"),
                Scenario.of("turns_over_on_purpose")
                        .given(
                                "CREATE SEQUENCE s AS int CYCLE; CREATE TABLE log(id bigserial PRIMARY KEY, turn bigint DEFAULT nextval('s'))"),
                Scenario.of("feeds_no_column").given("CREATE SEQUENCE s AS int"),
                Scenario.of("computed_only")
                        .given("CREATE SEQUENCE s AS int; CREATE TABLE t(id bigint DEFAULT nextval('s') * 10)"));
    }
}
