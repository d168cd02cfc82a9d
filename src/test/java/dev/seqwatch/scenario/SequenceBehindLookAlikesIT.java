package dev.seqwatch.scenario;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

class SequenceBehindLookAlikesIT {

    @TestFactory
    Stream<DynamicContainer> lookAlikes() {
        return ScenarioRunner.allServers(
                "SequenceBehind",
                Scenario.of("empty").given("CREATE TABLE t(id serial PRIMARY KEY, v int)"),
                Scenario.of("used")
                        .given(
                                "CREATE TABLE t(id serial PRIMARY KEY, v int); INSERT INTO t(v) SELECT 1 FROM generate_series(1, 100)"),
                Scenario.of("cached")
                        .given(
                                "CREATE SEQUENCE s CACHE 50; CREATE TABLE t(id int DEFAULT nextval('s') PRIMARY KEY, v int);"
                                        + "INSERT INTO t(v) SELECT 1 FROM generate_series(1, 120)"),
                Scenario.of("rolled_back_and_gaps")
                        .given(
                                "CREATE TABLE t(id serial PRIMARY KEY, v int); SELECT setval('t_id_seq', 1000); INSERT INTO t(v) VALUES (1)"),
                Scenario.of("interleaved_writers")
                        .given(
                                "CREATE SEQUENCE s INCREMENT 2; CREATE TABLE t(id int DEFAULT nextval('s') PRIMARY KEY, v int);"
                                        + "SELECT setval('s', 11); INSERT INTO t VALUES (12, 0), (14, 0), (1000, 0)"),
                Scenario.of("interleaved_many")
                        .given(
                                "CREATE SEQUENCE s INCREMENT 2; CREATE TABLE t(id int DEFAULT nextval('s') PRIMARY KEY, v int);"
                                        + "SELECT setval('s', 11); INSERT INTO t SELECT g * 2, 0 FROM generate_series(6, 15000) g"),
                Scenario.of("interleaved_descending")
                        .given(
                                "CREATE SEQUENCE s INCREMENT -2; CREATE TABLE t(id int DEFAULT nextval('s') PRIMARY KEY, v int);"
                                        + "SELECT setval('s', -11); INSERT INTO t VALUES (-12, 0), (-14, 0), (-1000, 0)"),
                Scenario.of("beyond_the_limit")
                        .given(
                                "CREATE SEQUENCE s MAXVALUE 1000; CREATE TABLE t(id int DEFAULT nextval('s') PRIMARY KEY, v int);"
                                        + "SELECT setval('s', 10); INSERT INTO t VALUES (1001, 0), (2000000, 0)"),
                Scenario.of("below_the_start")
                        .given(
                                "CREATE SEQUENCE s MINVALUE 1 START 1000; CREATE TABLE t(id int DEFAULT nextval('s') PRIMARY KEY, v int);"
                                        + "INSERT INTO t VALUES (5, 0), (999, 0), (-3, 0)"),
                Scenario.of("descending_above")
                        .given(
                                "CREATE SEQUENCE s INCREMENT -1; CREATE TABLE t(id int DEFAULT nextval('s') PRIMARY KEY, v int);"
                                        + "SELECT setval('s', -5); INSERT INTO t VALUES (-4, 0), (100, 0)"),
                Scenario.of("composite_key_per_tenant")
                        .given("CREATE TABLE t(tenant int, id serial, PRIMARY KEY (tenant, id));"
                                + "INSERT INTO t(tenant) SELECT g % 3 FROM generate_series(1, 50) g"),
                Scenario.of("partitioned")
                        .given(
                                "CREATE TABLE t(id bigserial, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);"
                                        + "CREATE TABLE t1 PARTITION OF t FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');"
                                        + "CREATE TABLE t2 PARTITION OF t DEFAULT; INSERT INTO t(at) VALUES ('2020-05-05'), ('2022-01-01')"),
                Scenario.of("inherited")
                        .given("CREATE TABLE t(id serial PRIMARY KEY, v int); CREATE TABLE c() INHERITS (t);"
                                + "INSERT INTO c(v) VALUES (1); INSERT INTO t(v) VALUES (1)"),
                Scenario.of("child_with_its_own_numbers")
                        .given("CREATE TABLE t(id serial PRIMARY KEY, v int); CREATE SEQUENCE s START 1000000;"
                                + "CREATE TABLE c(id int DEFAULT nextval('s') PRIMARY KEY) INHERITS (t);"
                                + "INSERT INTO c(v) VALUES (1); INSERT INTO t(v) VALUES (1)"),
                Scenario.of("computed_default")
                        .given("CREATE SEQUENCE s; CREATE TABLE t(id int DEFAULT nextval('s') * 10 PRIMARY KEY, v int);"
                                + "INSERT INTO t(v) SELECT 1 FROM generate_series(1, 20)"),
                Scenario.of("two_sequences_in_one_default")
                        .given(
                                "CREATE SEQUENCE a; CREATE SEQUENCE b; CREATE TABLE t(id int DEFAULT nextval('a') * 1000 + nextval('b') PRIMARY KEY, v int);"
                                        + "INSERT INTO t(v) SELECT 1 FROM generate_series(1, 20)"),
                Scenario.of("sum_of_two_sequences")
                        .given(
                                "CREATE SEQUENCE a; CREATE SEQUENCE b; CREATE TABLE t(id int DEFAULT nextval('a') + nextval('b') PRIMARY KEY, v int);"
                                        + "INSERT INTO t(v) SELECT 1 FROM generate_series(1, 20)"),
                Scenario.of("text_column")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id text DEFAULT nextval('s') PRIMARY KEY, v int);"
                                        + "SELECT setval('s', 10); INSERT INTO t VALUES ('9', 0), ('abc', 0), ('0012', 0), ('1e2', 0)"),
                Scenario.of("partition_with_a_default_of_its_own")
                        .given(
                                "CREATE TABLE t(id bigserial, v int, PRIMARY KEY (id, v)) PARTITION BY LIST (v); CREATE TABLE p(id bigserial, v int NOT NULL);"
                                        + "ALTER TABLE t ATTACH PARTITION p FOR VALUES IN (1); INSERT INTO t(v) SELECT 1 FROM generate_series(1, 20)"),
                Scenario.of("numeric_fractions_and_nan")
                        .given("CREATE SEQUENCE s; CREATE TABLE t(id numeric DEFAULT nextval('s') PRIMARY KEY, v int);"
                                + "SELECT setval('s', 10); INSERT INTO t VALUES ('NaN', 0), (11.5, 0), (1e30, 0)"),
                Scenario.of("numeric_through_a_cast")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id numeric DEFAULT nextval('s')::int PRIMARY KEY, v int);"
                                        + "SELECT setval('s', 10); INSERT INTO t VALUES (11.5, 0)"),
                Scenario.of("unindexed_big_table_in_step")
                        .given(
                                "CREATE TABLE t(id serial, v text); INSERT INTO t(v) SELECT repeat('x', 500) FROM generate_series(1, 3000) g;"
                                        + "ANALYZE t"),
                Scenario.of("foreign_table")
                        .givenBySuperuser(
                                "DO 'BEGIN CREATE FOREIGN DATA WRAPPER w; EXCEPTION WHEN duplicate_object THEN NULL; END';"
                                        + "DO 'BEGIN CREATE SERVER w FOREIGN DATA WRAPPER w; EXCEPTION WHEN duplicate_object THEN NULL; END';"
                                        + "CREATE FOREIGN TABLE t(id serial, v int) SERVER w"));
    }
}
