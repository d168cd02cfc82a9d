package dev.seqwatch.scenario;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

class PartitionsNearEndIT {
    private static final String NO_PARTITION = "23514";
    private static final String TREE = "CREATE TABLE t(id bigserial, v int, PRIMARY KEY (id)) PARTITION BY RANGE (id);"
            + "CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (1) TO (1001); CREATE TABLE t2 PARTITION OF t FOR VALUES FROM (1001) TO (2001);";

    @TestFactory
    Stream<DynamicContainer> partitions() {
        return ScenarioRunner.allServers(
                "PartitionsNearEnd",
                Scenario.of("last_partition_used_up")
                        .given(TREE + "INSERT INTO t(v) VALUES (1); SELECT setval('t_id_seq', 2000)")
                        .fails(NO_PARTITION, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical PartitionsNearEnd t_id_seq t.id")
                        .saying("No partition of last_partition_used_up.t takes 2,001")
                        .undecided(),
                Scenario.of("few_values_left")
                        .given(TREE + "INSERT INTO t(v) VALUES (1); SELECT setval('t_id_seq', 1990)")
                        .fails(NO_PARTITION, "INSERT INTO t(v) SELECT generate_series(1, 11)")
                        .finds("Critical PartitionsNearEnd t_id_seq t.id")
                        .saying("10 values")
                        .undecided(),
                Scenario.of("between_the_thresholds")
                        .given(TREE + "SELECT setval('t_id_seq', 1800)")
                        .finds("Warning PartitionsNearEnd t_id_seq t.id")
                        .undecided(),
                Scenario.of("gap_between_partitions")
                        .given(TREE + "CREATE TABLE t9 PARTITION OF t FOR VALUES FROM (9001) TO (10001);"
                                + "INSERT INTO t(v) VALUES (1); SELECT setval('t_id_seq', 2000)")
                        .fails(NO_PARTITION, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical PartitionsNearEnd t_id_seq t.id")
                        .undecided(),
                Scenario.of("descending")
                        .given(
                                "CREATE SEQUENCE s INCREMENT -1; CREATE TABLE t(id int DEFAULT nextval('s'), v int) PARTITION BY RANGE (id);"
                                        + "CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (-1000) TO (0); SELECT setval('s', -1000)")
                        .fails(NO_PARTITION, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical PartitionsNearEnd s t.id")
                        .undecided(),
                Scenario.of("by_the_ids_of_another_table")
                        .given("CREATE TABLE orders(id bigserial PRIMARY KEY, v int);"
                                + "CREATE TABLE items(order_id bigint REFERENCES orders, n int) PARTITION BY RANGE (order_id);"
                                + "CREATE TABLE items_1 PARTITION OF items FOR VALUES FROM (MINVALUE) TO (1000);"
                                + "INSERT INTO orders(v) VALUES (1); SELECT setval('orders_id_seq', 999)")
                        .fails(
                                NO_PARTITION,
                                "WITH new AS (INSERT INTO orders(v) VALUES (1) RETURNING id) INSERT INTO items SELECT id FROM new")
                        .finds("Critical PartitionsNearEnd orders_id_seq items.order_id")
                        .undecided(),
                Scenario.of("never_called_before_its_partitions")
                        .given(
                                "CREATE TABLE t(id bigserial) PARTITION BY RANGE (id); CREATE TABLE t2 PARTITION OF t FOR VALUES FROM (1001) TO (2001)")
                        .fails(NO_PARTITION, "INSERT INTO t DEFAULT VALUES")
                        .finds("Warning PartitionsNearEnd t_id_seq t.id")
                        .undecided(),
                Scenario.of("without_partitions")
                        .given("CREATE TABLE t(id bigserial) PARTITION BY RANGE (id)")
                        .fails(NO_PARTITION, "INSERT INTO t DEFAULT VALUES")
                        .finds("Info PartitionsNearEnd t_id_seq t.id")
                        .undecided(),
                Scenario.of("partitioned_partition")
                        .given(
                                "CREATE TABLE t(region text, id bigserial, PRIMARY KEY (region, id)) PARTITION BY LIST (region);"
                                        + "CREATE TABLE eu PARTITION OF t FOR VALUES IN ('eu') PARTITION BY RANGE (id); CREATE TABLE eu1 PARTITION OF eu FOR VALUES FROM (1) TO (1000);"
                                        + "CREATE TABLE us PARTITION OF t FOR VALUES IN ('us') PARTITION BY RANGE (id); CREATE TABLE us1 PARTITION OF us FOR VALUES FROM (1) TO (10);"
                                        + "SELECT setval('t_id_seq', 999)")
                        .fails(NO_PARTITION, "INSERT INTO t VALUES ('eu', 1000)")
                        .given("SELECT setval('t_id_seq', 990)")
                        .finds("Warning PartitionsNearEnd t_id_seq eu.id")
                        .undecided(),
                Scenario.of("partitioned_partitions_used_up")
                        .given(
                                "CREATE TABLE t(region text, id bigserial, PRIMARY KEY (region, id)) PARTITION BY LIST (region);"
                                        + "CREATE TABLE eu PARTITION OF t FOR VALUES IN ('eu') PARTITION BY RANGE (id); CREATE TABLE eu1 PARTITION OF eu FOR VALUES FROM (1) TO (1000);"
                                        + "SELECT setval('t_id_seq', 999)")
                        .fails(NO_PARTITION, "INSERT INTO t(region) VALUES ('eu')")
                        .finds("Warning PartitionsNearEnd t_id_seq eu.id")
                        .undecided(),
                Scenario.of("closed_beside_its_successor")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id bigint DEFAULT nextval('s') PRIMARY KEY) PARTITION BY RANGE (id);"
                                        + "CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (1) TO (1000); CREATE TABLE u(id bigint DEFAULT nextval('s') PRIMARY KEY, v int);"
                                        + "INSERT INTO u(v) VALUES (1); SELECT setval('s', 1500)")
                        .fails(NO_PARTITION, "INSERT INTO t DEFAULT VALUES")
                        .finds("Warning PartitionsNearEnd s t.id")
                        .undecided(),
                Scenario.of("another_partition_ahead").given(TREE + "SELECT setval('t_id_seq', 999)"),
                Scenario.of("middle_of_the_last_partition").given(TREE + "SELECT setval('t_id_seq', 1500)"),
                Scenario.of("default_partition")
                        .given(TREE + "CREATE TABLE rest PARTITION OF t DEFAULT; SELECT setval('t_id_seq', 1999)"),
                Scenario.of("open_end")
                        .given(
                                "CREATE TABLE t(id bigserial) PARTITION BY RANGE (id); CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (1) TO (MAXVALUE);"
                                        + "SELECT setval('t_id_seq', 1999)"),
                Scenario.of("old_partitions_dropped")
                        .given(
                                TREE
                                        + "CREATE TABLE t3 PARTITION OF t FOR VALUES FROM (2001) TO (3001); DROP TABLE t1; SELECT setval('t_id_seq', 1100)"),
                Scenario.of("by_time_and_id")
                        .given(
                                "CREATE TABLE t(id bigserial, at date, PRIMARY KEY (at, id)) PARTITION BY RANGE (at, id);"
                                        + "CREATE TABLE t1 PARTITION OF t FOR VALUES FROM ('2026-01-01', MINVALUE) TO ('2027-01-01', MINVALUE); SELECT setval('t_id_seq', 1999)"));
    }
}
