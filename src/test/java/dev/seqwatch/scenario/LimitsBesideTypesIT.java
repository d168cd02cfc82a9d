package dev.seqwatch.scenario;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/** Limits that are no type of the column or of a reference. */
class LimitsBesideTypesIT {
    private static final String CHECK_VIOLATION = "23514";
    private static final String OUT_OF_RANGE = "22003";
    private static final String DUPLICATE = "23505";

    @TestFactory
    Stream<DynamicContainer> constraints() {
        return ScenarioRunner.allServers(
                "SequenceExhaustion",
                Scenario.of("check_between")
                        .given(
                                "CREATE TABLE t(id bigserial PRIMARY KEY CHECK (id BETWEEN 1 AND 99999), v int); SELECT setval('t_id_seq', 99999)")
                        .fails(CHECK_VIOLATION, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical SequenceExhaustion t_id_seq t.id")
                        .saying("has passed what constraint t_id_check on check_between.t.id allows")
                        .undecided(),
                Scenario.of("check_with_another_column")
                        .given(
                                "CREATE TABLE t(id bigserial PRIMARY KEY, v int, CONSTRAINT six_digits CHECK (id < 1000000 AND v > 0)); SELECT setval('t_id_seq', 990000)")
                        .fails(CHECK_VIOLATION, "INSERT INTO t(id, v) VALUES (1000000, 1)")
                        .finds("Critical SequenceExhaustion t_id_seq t.id")
                        .saying("9,999 values left before the limit, constraint six_digits")
                        .undecided(),
                Scenario.of("check_that_was_not_validated")
                        .given(
                                "CREATE TABLE t(id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v int); ALTER TABLE t ADD CHECK (id <= 5000) NOT VALID; SELECT setval('t_id_seq', 4000)")
                        .finds("Warning SequenceExhaustion t_id_seq t.id")
                        .undecided(),
                Scenario.of("check_below_zero")
                        .given(
                                "CREATE SEQUENCE s INCREMENT -1; CREATE TABLE t(id int DEFAULT nextval('s') PRIMARY KEY CHECK (id >= -100), v int); SELECT setval('s', -100)")
                        .fails(CHECK_VIOLATION, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical SequenceExhaustion s t.id")
                        .undecided(),
                Scenario.of("domain_over_domain")
                        .given(
                                "CREATE DOMAIN number AS int CHECK (VALUE > 0 AND VALUE < 10000); CREATE DOMAIN code AS number;"
                                        + "CREATE SEQUENCE s; CREATE TABLE t(id code DEFAULT nextval('s') PRIMARY KEY, v int); SELECT setval('s', 9999)")
                        .fails(CHECK_VIOLATION, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical SequenceExhaustion s t.id")
                        .saying("constraint number_check")
                        .undecided(),
                Scenario.of("multiplied_default")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id int DEFAULT nextval('s') * 10 PRIMARY KEY, v int); SELECT setval('s', 214748364)")
                        .fails(OUT_OF_RANGE, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical SequenceExhaustion s t.id")
                        .saying("(integer), which stores")
                        .undecided(),
                Scenario.of("default_with_an_offset")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id int DEFAULT 2000000000 + nextval('s') PRIMARY KEY, v int); SELECT setval('s', 147000000)")
                        .finds("Critical SequenceExhaustion s t.id")
                        .saying("483,647 values left")
                        .undecided(),
                Scenario.of("generated_column")
                        .given(
                                "CREATE TABLE t(id bigserial PRIMARY KEY, short int GENERATED ALWAYS AS (id) STORED, v int); SELECT setval('t_id_seq', 2147483647)")
                        .fails(OUT_OF_RANGE, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical SequenceExhaustion t_id_seq t.id")
                        .saying("generated_column.t.short (integer), which is generated as")
                        .undecided(),
                Scenario.of("check_of_a_reference")
                        .given(
                                "CREATE TABLE t(id bigserial PRIMARY KEY, v int);"
                                        + "CREATE TABLE r(t_id bigint REFERENCES t CHECK (t_id < 100000)); SELECT setval('t_id_seq', 99999); INSERT INTO t(v) VALUES (1)")
                        .fails(CHECK_VIOLATION, "INSERT INTO r VALUES (100000)")
                        .finds("Critical SequenceExhaustion t_id_seq t.id")
                        .saying("constraint r_t_id_check on check_of_a_reference.r.t_id")
                        .undecided(),
                Scenario.of("domain_of_a_reference")
                        .given(
                                "CREATE DOMAIN five_digits AS bigint CHECK (VALUE <= 99999); CREATE TABLE t(id bigserial PRIMARY KEY, v int);"
                                        + "CREATE TABLE r(t_id five_digits REFERENCES t); SELECT setval('t_id_seq', 80000)")
                        .finds("Warning SequenceExhaustion t_id_seq t.id")
                        .undecided(),
                Scenario.of("column_generated_from_a_reference")
                        .given(
                                "CREATE TABLE t(id bigserial PRIMARY KEY, v int);"
                                        + "CREATE TABLE r(t_id bigint REFERENCES t, short int GENERATED ALWAYS AS (t_id) STORED); SELECT setval('t_id_seq', 2147483647); INSERT INTO t(v) VALUES (1)")
                        .fails(OUT_OF_RANGE, "INSERT INTO r(t_id) VALUES (2147483648)")
                        .finds("Critical SequenceExhaustion t_id_seq t.id")
                        .saying("column_generated_from_a_reference.r.short (integer), which is generated as")
                        .undecided(),
                Scenario.of("checks_of_references_that_set_no_end")
                        .given(
                                "CREATE TABLE t(id bigserial PRIMARY KEY, v int);"
                                        + "CREATE TABLE r(t_id bigint REFERENCES t CHECK (t_id > 0), w int, CHECK (t_id <> w), shard int GENERATED ALWAYS AS (t_id % 16) STORED); SELECT setval('t_id_seq', 3000000000)"),
                Scenario.of("virtual_column")
                        .since(18)
                        .given(
                                "CREATE TABLE t(id bigserial PRIMARY KEY, twice int GENERATED ALWAYS AS (id * 2) VIRTUAL, v int); SELECT setval('t_id_seq', 1073741823); INSERT INTO t(v) VALUES (1)")
                        .fails(OUT_OF_RANGE, "SELECT * FROM t")
                        .finds("Critical SequenceExhaustion t_id_seq t.id")
                        .undecided(),
                Scenario.of("real_key")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id real DEFAULT nextval('s') PRIMARY KEY, v int); SELECT setval('s', 16777215);"
                                        + "INSERT INTO t(v) VALUES (1)")
                        .fails(DUPLICATE, "INSERT INTO t(v) VALUES (2)")
                        .finds("Critical SequenceExhaustion s t.id")
                        .saying("ids are rounded"),
                Scenario.of("double_key")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id double precision DEFAULT nextval('s') PRIMARY KEY, v int); SELECT setval('s', 9007199254740991);"
                                        + "INSERT INTO t(v) VALUES (1)")
                        .fails(DUPLICATE, "INSERT INTO t(v) VALUES (2)")
                        .finds("Critical SequenceExhaustion s t.id")
                        .saying("ids are rounded"),
                Scenario.of("plain_numeric_with_precision")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id numeric(6,0) DEFAULT nextval('s') PRIMARY KEY, v int); SELECT setval('s', 950000)")
                        .finds("Critical SequenceExhaustion s t.id"),
                Scenario.of("check_or_null")
                        .given(
                                "CREATE TABLE t(id serial PRIMARY KEY CHECK (id IS NULL OR id < 100000), v int); SELECT setval('t_id_seq', 99999)")
                        .fails(CHECK_VIOLATION, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical SequenceExhaustion t_id_seq t.id")
                        .undecided(),
                Scenario.of("padded_number")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(no text DEFAULT 'ORD-' || lpad(nextval('s')::text, 5, '0') PRIMARY KEY, v int);"
                                        + "SELECT setval('s', 9999); INSERT INTO t(v) VALUES (1); SELECT setval('s', 99999)")
                        .fails(DUPLICATE, "INSERT INTO t(v) VALUES (2)")
                        .finds("Critical SequenceExhaustion s t.no")
                        .undecided(),
                Scenario.of("formatted_number")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(no varchar(20) DEFAULT 'T' || to_char(nextval('s'), 'FM00000') UNIQUE, v int);"
                                        + "SELECT setval('s', 99999); INSERT INTO t(v) VALUES (1)")
                        .fails(DUPLICATE, "INSERT INTO t(v) VALUES (2)")
                        .finds("Critical SequenceExhaustion s t.no")
                        .undecided(),
                Scenario.of("number_with_a_prefix")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(no varchar(8) DEFAULT 'INV' || nextval('s')::text, v int); SELECT setval('s', 99999)")
                        .fails("22001", "INSERT INTO t(v) VALUES (2)")
                        .finds("Critical SequenceExhaustion s t.no")
                        .undecided(),
                Scenario.of("generated_code")
                        .given(
                                "CREATE TABLE t(id bigserial PRIMARY KEY, code varchar(6) GENERATED ALWAYS AS ('C' || (id::text)) STORED, v int); SELECT setval('t_id_seq', 99999)")
                        .fails("22001", "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical SequenceExhaustion t_id_seq t.id")
                        .saying("larger numbers are cut or refused")
                        .undecided(),
                Scenario.of("formatted_with_room")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(no text DEFAULT to_char(now(), 'YYYY') || lpad(nextval('s')::text, 8, '0') PRIMARY KEY, v int); SELECT setval('s', 99999);"
                                        + "CREATE SEQUENCE u; CREATE TABLE w(no text DEFAULT 'A' || nextval('u')::text PRIMARY KEY); SELECT setval('u', 99999);"
                                        + "CREATE SEQUENCE x; CREATE TABLE y(id bigserial PRIMARY KEY, shown text DEFAULT lpad(nextval('x')::text, 3, '0')); SELECT setval('x', 99999)"),
                Scenario.of("closed_copy")
                        .given(
                                "CREATE TABLE t(id bigserial PRIMARY KEY, v int); INSERT INTO t(v) SELECT generate_series(1, 3000);"
                                        + "CREATE TABLE old(LIKE t INCLUDING ALL, CHECK (id <= 1000)); INSERT INTO old SELECT * FROM t WHERE id <= 1000"),
                Scenario.of("checks_that_set_no_end")
                        .given(
                                "CREATE DOMAIN positive AS bigint CHECK (VALUE > 0);"
                                        + "CREATE SEQUENCE s; CREATE TABLE t(id positive DEFAULT nextval('s') PRIMARY KEY, parent bigint, kind text,"
                                        + " CHECK (id <> parent), CHECK (id > 0), CHECK (kind IN ('a', 'b')), CHECK (length(kind) < 9)); SELECT setval('s', 3000000000)"),
                Scenario.of("check_of_one_partition")
                        .given(
                                "CREATE TABLE t(id bigserial PRIMARY KEY) PARTITION BY HASH (id);"
                                        + "CREATE TABLE p PARTITION OF t FOR VALUES WITH (MODULUS 1, REMAINDER 0); ALTER TABLE p ADD CHECK (id < 1000000000000); SELECT setval('t_id_seq', 990000000000)"),
                Scenario.of("check_of_children_in_ranges")
                        .given(
                                "CREATE TABLE t(id bigserial PRIMARY KEY); ALTER TABLE t ADD CHECK (id < 0) NO INHERIT;"
                                        + "CREATE TABLE c1(CHECK (id < 1000)) INHERITS (t); CREATE TABLE c2(CHECK (id >= 1000 AND id < 2000)) INHERITS (t); SELECT setval('t_id_seq', 1999)"),
                Scenario.of("generated_from_others")
                        .given(
                                "CREATE TABLE t(id bigserial PRIMARY KEY, v int, twice int GENERATED ALWAYS AS (v * 2) STORED, shard int GENERATED ALWAYS AS (id % 16) STORED); SELECT setval('t_id_seq', 3000000000)"),
                Scenario.of("timestamp_and_number")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id bigint DEFAULT (extract(epoch FROM now())::bigint << 20) | (nextval('s') % 1048576) PRIMARY KEY); SELECT setval('s', 3000000000)"));
    }
}
