package dev.seqwatch.scenario;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/** Sequences that nothing is seen to call: judged where owner, names and ids speak for a column, else no more than Info. */
class ProbableUsesIT {
    private static final String OUT_OF_RANGE = "22003";

    @TestFactory
    Stream<DynamicContainer> exhausted() {
        return ScenarioRunner.allServers(
                "SequenceExhaustion",
                Scenario.of("owned_key_that_the_application_fills")
                        .given(
                                "CREATE TABLE t(id int PRIMARY KEY, v int); CREATE SEQUENCE s OWNED BY t.id; SELECT setval('s', 2147483647)")
                        .fails(OUT_OF_RANGE, "INSERT INTO t SELECT nextval('s')")
                        .finds("Critical SequenceExhaustion s t.id")
                        .saying("it is judged because owned_key_that_the_application_fills.t.id owns it"),
                Scenario.of("pooled_ids_of_a_mapper")
                        .given(
                                "CREATE SEQUENCE customer_seq INCREMENT 50; CREATE TABLE customer(id int PRIMARY KEY, v int);"
                                        + "SELECT setval('customer_seq', 2147480001); INSERT INTO customer SELECT 2147480001 + g FROM generate_series(0, 20) g")
                        .finds("Critical SequenceExhaustion customer_seq customer.id")
                        .saying("72 blocks of 50 ids left")
                        .saying("by its name and its ids"),
                Scenario.of("name_that_fits_and_ids_that_do_not")
                        .given(
                                "CREATE SEQUENCE customer_seq; CREATE TABLE customer(id int PRIMARY KEY); INSERT INTO customer VALUES (7);"
                                        + "SELECT setval('customer_seq', 2147483647)"),
                Scenario.of("key_that_became_uuid")
                        .given(
                                "CREATE TABLE t(id serial PRIMARY KEY, v int); SELECT setval('t_id_seq', 2147483647); ALTER TABLE t ALTER id DROP DEFAULT;"
                                        + "ALTER TABLE t ALTER id TYPE uuid USING md5(id::text)::uuid; ALTER TABLE t ALTER id SET DEFAULT md5(random()::text)::uuid; INSERT INTO t(v) VALUES (1)")
                        .finds("Info SequenceExhaustion t_id_seq t.id")
                        .saying("nothing that was found calls it")
                        .undecided(),
                Scenario.of("nextval_of_another_schema")
                        .given(
                                "CREATE FUNCTION nextval(regclass) RETURNS bigint LANGUAGE sql AS 'SELECT 4711::bigint';"
                                        + "CREATE TABLE t(id bigserial PRIMARY KEY, v int); ALTER TABLE t ALTER id SET DEFAULT nextval_of_another_schema.nextval('t_id_seq'::regclass);"
                                        + "SELECT setval('t_id_seq', 500); ALTER SEQUENCE t_id_seq MAXVALUE 501; INSERT INTO t(v) VALUES (1)")
                        .finds("Info SequenceExhaustion t_id_seq t.id")
                        .undecided(),
                Scenario.of("leftover_of_a_key_that_became_an_identity")
                        .given(
                                "CREATE TABLE t(id serial PRIMARY KEY, v int); SELECT setval('t_id_seq', 2147483647); ALTER TABLE t ALTER id DROP DEFAULT;"
                                        + "ALTER TABLE t ALTER id ADD GENERATED ALWAYS AS IDENTITY; INSERT INTO t(v) VALUES (1)")
                        .finds("Info SequenceExhaustion t_id_seq t.id")
                        .undecided(),
                Scenario.of("owned_by_a_key_that_another_source_fills")
                        .given(
                                "CREATE TABLE t(id int PRIMARY KEY, v int); CREATE SEQUENCE s AS int OWNED BY t.id; SELECT setval('s', 2147483647);"
                                        + "CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN NEW.id := NEW.v * 2; RETURN NEW; END$$;"
                                        + "CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION fill(); INSERT INTO t(v) VALUES (1)")
                        .finds("Info SequenceExhaustion s t.id")
                        .undecided(),
                Scenario.of("trigger_function_without_an_enabled_trigger")
                        .given(
                                "CREATE TABLE t(id bigint, v int); CREATE SEQUENCE s; SELECT setval('s', 9223372036854775807);"
                                        + "CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN NEW.id := nextval('s'); RETURN NEW; END$$;"
                                        + "CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION fill();"
                                        + "ALTER TABLE t DISABLE TRIGGER b; INSERT INTO t(v) VALUES (1)")
                        .finds("Info SequenceExhaustion s")
                        .undecided(),
                Scenario.of("called_by_nobody")
                        .given("CREATE SEQUENCE s MAXVALUE 10; SELECT setval('s', 10)")
                        .finds("Info SequenceExhaustion s")
                        .undecided());
    }

    @TestFactory
    Stream<DynamicContainer> members_of_extensions() {
        return ScenarioRunner.allServers(
                "SequenceBehind",
                Scenario.of("audit_log_of_an_extension")
                        .givenBySuperuser(
                                "CREATE TABLE log(id bigserial PRIMARY KEY, v int); INSERT INTO log SELECT g, g FROM generate_series(1, 30) g;"
                                        + "ALTER TABLE log OWNER TO @owner; ALTER EXTENSION plpgsql ADD TABLE log; ALTER EXTENSION plpgsql ADD SEQUENCE log_id_seq")
                        .finds("Critical SequenceBehind log_id_seq log.id")
                        .saying("belongs to extension plpgsql")
                        .undecided(),
                Scenario.of("keys_that_an_application_gives")
                        .given(
                                "CREATE TABLE t(id bigserial PRIMARY KEY, v int); ALTER TABLE t ALTER id DROP DEFAULT; INSERT INTO t SELECT g FROM generate_series(1, 500) g"));
    }
}
