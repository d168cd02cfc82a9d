package dev.seqwatch.scenario;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

class SequenceExhaustionByColumnIT {
    private static final String OUT_OF_RANGE = "22003";
    private static final String USED_UP = "2200H";
    private static final String TOO_LONG = "22001";

    @TestFactory
    Stream<DynamicContainer> byColumn() {
        return ScenarioRunner.allServers(
                "SequenceExhaustion",
                Scenario.of("int_on_bigint_sequence")
                        .given("CREATE SEQUENCE s; CREATE TABLE t(id int DEFAULT nextval('s') PRIMARY KEY, v int);"
                                + "SELECT setval('s', 2147483647)")
                        .fails(OUT_OF_RANGE, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical SequenceExhaustion s t.id")
                        .saying("column int_on_bigint_sequence.t.id (integer)"),
                Scenario.of("past_the_column")
                        .given("CREATE SEQUENCE s; CREATE TABLE t(id int DEFAULT nextval('s') PRIMARY KEY, v int);"
                                + "SELECT setval('s', 3000000000)")
                        .fails(OUT_OF_RANGE, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical SequenceExhaustion s t.id")
                        .saying("has passed"),
                Scenario.of("numeric_with_precision")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id numeric(5) DEFAULT nextval('s') PRIMARY KEY, v int);"
                                        + "SELECT setval('s', 99999)")
                        .fails(OUT_OF_RANGE, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical SequenceExhaustion s t.id")
                        .saying("numeric(5,0)"),
                Scenario.of("numeric_with_scale")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id numeric(6,2) DEFAULT nextval('s') PRIMARY KEY, v int);"
                                        + "SELECT setval('s', 9999)")
                        .fails(OUT_OF_RANGE, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical SequenceExhaustion s t.id"),
                Scenario.of("numeric_with_negative_scale")
                        .since(15)
                        .given(
                                "CREATE SEQUENCE s INCREMENT 100; CREATE TABLE t(id numeric(2,-2) DEFAULT nextval('s') PRIMARY KEY, v int);"
                                        + "SELECT setval('s', 9901)")
                        .fails(OUT_OF_RANGE, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical SequenceExhaustion s t.id"),
                Scenario.of("plain_numeric")
                        .given("CREATE SEQUENCE s; CREATE TABLE t(id numeric DEFAULT nextval('s') PRIMARY KEY, v int);"
                                + "SELECT setval('s', 3000000000)"),
                Scenario.of("oid_column")
                        .given("CREATE SEQUENCE s; CREATE TABLE t(id oid DEFAULT nextval('s') PRIMARY KEY, v int);"
                                + "SELECT setval('s', 4294967295)")
                        .fails(OUT_OF_RANGE, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical SequenceExhaustion s t.id"),
                Scenario.of("varchar_column")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id varchar(3) DEFAULT nextval('s') PRIMARY KEY, v int);"
                                        + "SELECT setval('s', 999)")
                        .fails(TOO_LONG, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical SequenceExhaustion s t.id"),
                Scenario.of("char_column")
                        .given("CREATE SEQUENCE s; CREATE TABLE t(id char(3) DEFAULT nextval('s') PRIMARY KEY, v int);"
                                + "SELECT setval('s', 999)")
                        .fails(TOO_LONG, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical SequenceExhaustion s t.id")
                        .undecided(),
                Scenario.of("text_column")
                        .given("CREATE SEQUENCE s; CREATE TABLE t(id text DEFAULT nextval('s') PRIMARY KEY, v int);"
                                + "INSERT INTO t VALUES ('abc'); SELECT setval('s', 3000000000)"),
                Scenario.of("text_column_through_a_cast")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id text DEFAULT nextval('s')::int PRIMARY KEY, v int);"
                                        + "INSERT INTO t VALUES ('abc'); SELECT setval('s', 2147483647)")
                        .fails(OUT_OF_RANGE, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical SequenceExhaustion s t.id")
                        .saying("cast")
                        .undecided(),
                Scenario.of("bigint_column_through_a_cast")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id bigint DEFAULT nextval('s')::int PRIMARY KEY, v int);"
                                        + "SELECT setval('s', 2147483647)")
                        .fails(OUT_OF_RANGE, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical SequenceExhaustion s t.id")
                        .undecided(),
                Scenario.of("domain_over_domain")
                        .given(
                                "CREATE DOMAIN d5 AS numeric(5); CREATE DOMAIN e AS d5; CREATE SEQUENCE s;"
                                        + "CREATE TABLE t(id e DEFAULT nextval('s') PRIMARY KEY, v int); SELECT setval('s', 99999)")
                        .fails(OUT_OF_RANGE, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical SequenceExhaustion s t.id")
                        .saying("domain")
                        .undecided(),
                Scenario.of("domain_with_the_default")
                        .given("CREATE SEQUENCE s; CREATE DOMAIN autoid AS int DEFAULT nextval('s');"
                                + "CREATE TABLE t(id autoid PRIMARY KEY, v int); SELECT setval('s', 2147483647)")
                        .fails(OUT_OF_RANGE, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical SequenceExhaustion s t.id")
                        .undecided(),
                Scenario.of("computed_default")
                        .given("CREATE SEQUENCE s; CREATE TABLE t(id int DEFAULT nextval('s') % 1000, v int);"
                                + "SELECT setval('s', 3000000000)"),
                Scenario.of("partition_tree")
                        .given("CREATE TABLE t(id serial, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);"
                                + "CREATE TABLE t1 PARTITION OF t FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');"
                                + "SELECT setval('t_id_seq', 2147483647)")
                        .fails(USED_UP, "INSERT INTO t(at) VALUES ('2020-05-05')")
                        .finds("Critical SequenceExhaustion t_id_seq t.id"),
                Scenario.of("partition_key")
                        .given("CREATE TABLE t(id serial PRIMARY KEY, v int) PARTITION BY RANGE (id);"
                                + "CREATE TABLE t1 PARTITION OF t DEFAULT; SELECT setval('t_id_seq', 2147483647)")
                        .fails(USED_UP, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical SequenceExhaustion t_id_seq t.id")
                        .saying("partition key")
                        .undecided(),
                Scenario.of("inheritance_tree")
                        .given("CREATE TABLE t(id serial PRIMARY KEY, v int); CREATE TABLE c() INHERITS (t);"
                                + "SELECT setval('t_id_seq', 2147483647)")
                        .fails(USED_UP, "INSERT INTO c(v) VALUES (1)")
                        .finds("Critical SequenceExhaustion t_id_seq t.id"),
                Scenario.of("child_with_its_own_serial")
                        .given(
                                "CREATE TABLE t(id int, v int); CREATE SEQUENCE s AS int;"
                                        + "CREATE TABLE c(id int DEFAULT nextval('s') PRIMARY KEY) INHERITS (t); SELECT setval('s', 2147483647)")
                        .fails(USED_UP, "INSERT INTO c(v) VALUES (1)")
                        .finds("Critical SequenceExhaustion s c.id")
                        .saying("inherited")
                        .undecided(),
                Scenario.of("viewed")
                        .given("CREATE TABLE t(id serial PRIMARY KEY, v int); CREATE VIEW w AS SELECT id FROM t;"
                                + "SELECT setval('t_id_seq', 2147483647)")
                        .fails(USED_UP, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical SequenceExhaustion t_id_seq t.id")
                        .saying("view viewed.w")
                        .undecided(),
                Scenario.of("generated_from")
                        .given(
                                "CREATE TABLE t(id serial PRIMARY KEY, twice bigint GENERATED ALWAYS AS (id * 2) STORED, v int);"
                                        + "SELECT setval('t_id_seq', 2147483647)")
                        .finds("Critical SequenceExhaustion t_id_seq t.id")
                        .undecided(),
                Scenario.of("watched_by_a_trigger")
                        .given("CREATE TABLE t(id serial PRIMARY KEY, v int);"
                                + "CREATE TRIGGER g BEFORE UPDATE OF id ON t FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();"
                                + "SELECT setval('t_id_seq', 2147483647)")
                        .finds("Critical SequenceExhaustion t_id_seq t.id")
                        .undecided(),
                Scenario.of("row_type_in_use")
                        .given("CREATE TABLE t(id serial PRIMARY KEY, v int); CREATE TABLE u(r t);"
                                + "SELECT setval('t_id_seq', 2147483647)")
                        .finds("Critical SequenceExhaustion t_id_seq t.id")
                        .undecided());
    }
}
