package dev.seqwatch.scenario;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

class UnloggedSequenceIT {
    @TestFactory
    Stream<DynamicContainer> unlogged() {
        return ScenarioRunner.allServers(
                "UnloggedSequence",
                Scenario.of("feeds_a_logged_table")
                        .since(15)
                        .given(
                                "CREATE UNLOGGED SEQUENCE s; CREATE TABLE t(id bigint DEFAULT nextval('s') PRIMARY KEY, v int)")
                        .finds("Warning UnloggedSequence s t.id")
                        .saying("after a crash it starts again at 1"),
                Scenario.of("serial_set_unlogged_alone")
                        .since(15)
                        .given("CREATE TABLE t(id serial PRIMARY KEY); ALTER SEQUENCE t_id_seq SET UNLOGGED")
                        .finds("Warning UnloggedSequence t_id_seq t.id"),
                Scenario.of("identity_set_unlogged_alone")
                        .since(15)
                        .given(
                                "CREATE TABLE t(id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY); ALTER SEQUENCE t_id_seq SET UNLOGGED")
                        .finds("Warning UnloggedSequence t_id_seq t.id"),
                Scenario.of("one_logged_of_two")
                        .since(15)
                        .given(
                                "CREATE UNLOGGED SEQUENCE s START 100; CREATE UNLOGGED TABLE a(id bigint DEFAULT nextval('s') PRIMARY KEY);"
                                        + "CREATE TABLE b(id bigint DEFAULT nextval('s') PRIMARY KEY)")
                        .finds("Warning UnloggedSequence s b.id")
                        .saying("starts again at 100"),
                Scenario.of("odd_names")
                        .since(15)
                        .given(
                                "CREATE UNLOGGED SEQUENCE \"o\"\"d\n; s\"; CREATE TABLE \"T'\"(\"I d\" bigint DEFAULT nextval('\"o\"\"d\n; s\"') UNIQUE)")
                        .finds("Warning UnloggedSequence o\"d\n; s T'.I d"),
                Scenario.of("unlogged_table").given("CREATE UNLOGGED TABLE t(id serial PRIMARY KEY)"),
                Scenario.of("unlogged_identity")
                        .given("CREATE UNLOGGED TABLE t(id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY)"),
                Scenario.of("table_made_logged")
                        .given("CREATE UNLOGGED TABLE t(id serial PRIMARY KEY); ALTER TABLE t SET LOGGED"),
                Scenario.of("logged_sequence_for_an_unlogged_table")
                        .given(
                                "CREATE SEQUENCE s; CREATE UNLOGGED TABLE t(id bigint DEFAULT nextval('s') PRIMARY KEY)"),
                Scenario.of("feeds_nothing").since(15).given("CREATE UNLOGGED SEQUENCE s"));
    }
}
