package dev.seqwatch.scenario;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

class CyclingKeyIT {
    private static final String DUPLICATE = "23505";

    /** Calls nextval at the end, where a sequence without CYCLE refuses. */
    private static String past(String sequence, String end) {
        return "SELECT setval('%s', %s); DO $$ BEGIN PERFORM nextval('%s'); EXCEPTION WHEN sequence_generator_limit_exceeded THEN NULL; END $$"
                .formatted(sequence, end, sequence);
    }

    @TestFactory
    Stream<DynamicContainer> cycles() {
        return ScenarioRunner.allServers(
                "CyclingKey",
                Scenario.of("primary_key")
                        .given(
                                "CREATE SEQUENCE s CYCLE; CREATE TABLE t(id bigint DEFAULT nextval('s') PRIMARY KEY, v int);"
                                        + "INSERT INTO t(v) VALUES (1), (2), (3)")
                        .harms(past("s", "9223372036854775807"), "SELECT last_value = 1 FROM s")
                        .finds("Warning CyclingKey s t.id")
                        .saying("after 9,223,372,036,854,775,807 it begins again at 1"),
                Scenario.of("identity")
                        .given("CREATE TABLE t(id int GENERATED ALWAYS AS IDENTITY (CYCLE) PRIMARY KEY, v int);"
                                + "INSERT INTO t(v) VALUES (1), (2), (3)")
                        .harms(past("t_id_seq", "2147483647"), "SELECT last_value = 1 FROM t_id_seq")
                        .finds("Warning CyclingKey t_id_seq t.id"),
                Scenario.of("descending_unique_index")
                        .given(
                                "CREATE SEQUENCE s AS int INCREMENT -1 MAXVALUE -10 CYCLE; CREATE TABLE t(id int DEFAULT nextval('s'), v int);"
                                        + "CREATE UNIQUE INDEX ON t(id); INSERT INTO t(v) VALUES (1)")
                        .harms(past("s", "-2147483648"), "SELECT last_value = -10 FROM s")
                        .finds("Warning CyclingKey s t.id")
                        .saying("begins again at -10"),
                Scenario.of("nearly_through")
                        .given("CREATE TABLE t(id int GENERATED ALWAYS AS IDENTITY (CYCLE) PRIMARY KEY, v int);"
                                + "INSERT INTO t(v) VALUES (1); SELECT setval('t_id_seq', 2147483600)")
                        .fails(DUPLICATE, "SELECT setval('t_id_seq', 2147483647); INSERT INTO t(v) VALUES (4)")
                        .finds("Critical CyclingKey t_id_seq t.id")
                        .saying("In 48 calls it returns 1, which nearly_through.t holds"),
                Scenario.of("nearly_through_with_room_in_the_column")
                        .given(
                                "CREATE SEQUENCE s MAXVALUE 1000 CYCLE; CREATE TABLE t(id bigint DEFAULT nextval('s') PRIMARY KEY, v int);"
                                        + "INSERT INTO t(v) VALUES (1); SELECT setval('s', 990)")
                        .fails(DUPLICATE, "SELECT setval('s', 1000); INSERT INTO t(v) VALUES (4)")
                        .finds("Critical CyclingKey s t.id")
                        .saying("somebody chose it")
                        .undecided(),
                Scenario.of("nearly_through_under_a_view")
                        .given("CREATE TABLE t(id int GENERATED ALWAYS AS IDENTITY (CYCLE) PRIMARY KEY, v int);"
                                + "CREATE VIEW w AS SELECT id FROM t; SELECT setval('t_id_seq', 2147483600)")
                        .finds("Warning CyclingKey t_id_seq t.id")
                        .undecided(),
                Scenario.of("first_ids_deleted_before_the_turn")
                        .given(
                                "CREATE TABLE t(id int GENERATED ALWAYS AS IDENTITY (CYCLE) PRIMARY KEY, v int);"
                                        + "INSERT INTO t OVERRIDING SYSTEM VALUE VALUES (-1, 0), (0, 0), (2000000000, 0); SELECT setval('t_id_seq', 2147483600)")
                        .finds("Warning CyclingKey t_id_seq t.id"),
                Scenario.of("descending_before_the_turn")
                        .given(
                                "CREATE SEQUENCE s AS int INCREMENT -1 CYCLE; CREATE TABLE t(id int DEFAULT nextval('s') PRIMARY KEY, v int);"
                                        + "INSERT INTO t(v) VALUES (1); SELECT setval('s', -2147483640)")
                        .fails(DUPLICATE, "SELECT setval('s', -2147483648); INSERT INTO t(v) VALUES (4)")
                        .finds("Critical CyclingKey s t.id")
                        .saying("In 9 calls it returns -1"),
                Scenario.of("ring_whose_old_rows_are_deleted")
                        .given(
                                "CREATE SEQUENCE s MAXVALUE 1000 CYCLE; CREATE TABLE t(id int DEFAULT nextval('s') PRIMARY KEY, v int);"
                                        + "INSERT INTO t(v) SELECT generate_series(1, 990); DELETE FROM t WHERE id < 900")
                        .finds("Warning CyclingKey s t.id")
                        .undecided(),
                Scenario.of("already_wrapped")
                        .given(
                                "CREATE SEQUENCE s MAXVALUE 1000 CYCLE; CREATE TABLE t(id smallint DEFAULT nextval('s') PRIMARY KEY, v int);"
                                        + "INSERT INTO t SELECT g, 0 FROM generate_series(500, 1000) g; SELECT setval('s', 5)")
                        .finds("Warning CyclingKey s t.id")
                        .finds("Critical SequenceBehind s t.id")
                        .saying("decide what becomes of those rows")
                        .undecided(),
                Scenario.of("partition_tree")
                        .given(
                                "CREATE SEQUENCE s CYCLE; CREATE TABLE t(id bigint DEFAULT nextval('s') PRIMARY KEY) PARTITION BY HASH (id);"
                                        + "CREATE TABLE p PARTITION OF t FOR VALUES WITH (MODULUS 1, REMAINDER 0)")
                        .finds("Warning CyclingKey s t.id"),
                Scenario.of("odd_names")
                        .given(
                                "CREATE SEQUENCE \"o\"\"d\n; s\" CYCLE; CREATE TABLE \"T'\"(\"I d\" int DEFAULT nextval('\"o\"\"d\n; s\"') UNIQUE)")
                        .finds("Warning CyclingKey o\"d\n; s T'.I d"),
                Scenario.of("no_cycle").given("CREATE TABLE t(id bigserial PRIMARY KEY)"),
                Scenario.of("not_unique")
                        .given(
                                "CREATE SEQUENCE s MAXVALUE 8 CYCLE; CREATE TABLE t(shard int DEFAULT nextval('s'), v int);"
                                        + "INSERT INTO t(v) SELECT g FROM generate_series(1, 21) g"),
                Scenario.of("unique_with_the_day")
                        .given(
                                "CREATE SEQUENCE s MAXVALUE 99999 CYCLE; CREATE TABLE t(day date, number int DEFAULT nextval('s'), PRIMARY KEY (day, number));"
                                        + "INSERT INTO t VALUES ('2020-01-01', 5), ('2020-01-01', 6)"),
                Scenario.of("computed")
                        .given(
                                "CREATE SEQUENCE s MAXVALUE 1023 CYCLE; CREATE TABLE t(id bigint DEFAULT extract(epoch FROM now())::bigint * 1024 + nextval('s') PRIMARY KEY)"),
                Scenario.of("unique_in_part_only")
                        .given(
                                "CREATE SEQUENCE s CYCLE; CREATE TABLE t(id int DEFAULT nextval('s'), v int); CREATE UNIQUE INDEX ON t(id) WHERE v > 0"));
    }
}
