package dev.seqwatch.scenario;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

class SerialInsteadOfIdentityIT {
    private static final String DENIED = "42501";

    @TestFactory
    Stream<DynamicContainer> serials() {
        return ScenarioRunner.allServers(
                "SerialInsteadOfIdentity",
                Scenario.of("grant_forgotten")
                        .role("app", "")
                        .given("CREATE TABLE t(id serial PRIMARY KEY, v int); GRANT INSERT ON t TO @app")
                        .fails("app", DENIED, "INSERT INTO t(v) VALUES (1)")
                        .finds("Info SerialInsteadOfIdentity t_id_seq t.id")
                        .finds("Critical InsertWithoutUsage t_id_seq t.id @app"),
                Scenario.of("three_widths")
                        .given(
                                "CREATE TABLE a(id smallserial PRIMARY KEY); CREATE TABLE b(id serial PRIMARY KEY); CREATE TABLE c(id bigserial PRIMARY KEY)")
                        .finds("Info SerialInsteadOfIdentity a_id_seq a.id")
                        .finds("Info SerialInsteadOfIdentity b_id_seq b.id")
                        .finds("Info SerialInsteadOfIdentity c_id_seq c.id"),
                Scenario.of("null_allowed")
                        .given("CREATE TABLE t(id serial UNIQUE); ALTER TABLE t ALTER id DROP NOT NULL")
                        .finds("Info SerialInsteadOfIdentity t_id_seq t.id"),
                Scenario.of("with_all_that_hangs_on_it")
                        .given(
                                "CREATE TABLE t(id serial PRIMARY KEY, parent int REFERENCES t, twice int GENERATED ALWAYS AS (id * 2) STORED, CHECK (id > 0));"
                                        + "CREATE VIEW w AS SELECT id FROM t; CREATE TABLE r(t_id int REFERENCES t);"
                                        + "INSERT INTO t DEFAULT VALUES; INSERT INTO r VALUES (1)")
                        .finds("Info SerialInsteadOfIdentity t_id_seq t.id"),
                Scenario.of("unlogged_table")
                        .given("CREATE UNLOGGED TABLE t(id serial PRIMARY KEY); INSERT INTO t DEFAULT VALUES")
                        .finds("Info SerialInsteadOfIdentity t_id_seq t.id"),
                Scenario.of("partition_tree")
                        .given(
                                "CREATE TABLE t(id serial, v int) PARTITION BY LIST (v); CREATE TABLE p PARTITION OF t DEFAULT")
                        .finds("Info SerialInsteadOfIdentity t_id_seq t.id")
                        .saying("decide for the whole tree")
                        .undecided(),
                Scenario.of("domain")
                        .given(
                                "CREATE DOMAIN d AS int; CREATE TABLE t(id d PRIMARY KEY); CREATE SEQUENCE s OWNED BY t.id; ALTER TABLE t ALTER id SET DEFAULT nextval('s')")
                        .finds("Info SerialInsteadOfIdentity s t.id")
                        .saying("decide on its type")
                        .undecided(),
                Scenario.of("used_by_another_default")
                        .given("CREATE TABLE t(id serial PRIMARY KEY, v int DEFAULT nextval('t_id_seq') % 7)")
                        .finds("Info SerialInsteadOfIdentity t_id_seq t.id")
                        .undecided(),
                Scenario.of("used_by_a_view")
                        .given(
                                "CREATE TABLE t(id serial PRIMARY KEY); CREATE VIEW w AS SELECT nextval('t_id_seq'::regclass) AS next")
                        .finds("Info SerialInsteadOfIdentity t_id_seq t.id")
                        .undecided(),
                Scenario.of("cast_to_something_narrower")
                        .given(
                                "CREATE TABLE t(id bigint PRIMARY KEY); CREATE SEQUENCE s OWNED BY t.id; ALTER TABLE t ALTER id SET DEFAULT nextval('s')::int")
                        .finds("Info SerialInsteadOfIdentity s t.id"),
                Scenario.of("beyond_its_column")
                        .given(
                                "CREATE TABLE t(id serial PRIMARY KEY); ALTER SEQUENCE t_id_seq AS bigint START 3000000000 RESTART")
                        .finds("Info SerialInsteadOfIdentity t_id_seq t.id")
                        .saying("widen the column first")
                        .undecided()
                        .finds("Critical SequenceExhaustion t_id_seq t.id"),
                Scenario.of("typed_table")
                        .given(
                                "CREATE TYPE y AS (id int, v int); CREATE TABLE t OF y; CREATE SEQUENCE s OWNED BY t.id; ALTER TABLE t ALTER id SET DEFAULT nextval('s')")
                        .finds("Info SerialInsteadOfIdentity s t.id"),
                Scenario.of("foreign_table")
                        .givenBySuperuser(
                                "DO 'BEGIN CREATE FOREIGN DATA WRAPPER w; EXCEPTION WHEN duplicate_object THEN NULL; END';"
                                        + "DO 'BEGIN CREATE SERVER w FOREIGN DATA WRAPPER w; EXCEPTION WHEN duplicate_object THEN NULL; END';"
                                        + "CREATE FOREIGN TABLE t(id serial, v int) SERVER w")
                        .finds("Info SerialInsteadOfIdentity t_id_seq t.id")
                        .undecided(),
                Scenario.of("identity")
                        .given(
                                "CREATE TABLE a(id int GENERATED ALWAYS AS IDENTITY); CREATE TABLE b(id int GENERATED BY DEFAULT AS IDENTITY)"),
                Scenario.of("sequence_of_no_column")
                        .given("CREATE SEQUENCE s; CREATE TABLE t(id int DEFAULT nextval('s'))"),
                Scenario.of("text")
                        .given(
                                "CREATE TABLE t(id text PRIMARY KEY); CREATE SEQUENCE s OWNED BY t.id; ALTER TABLE t ALTER id SET DEFAULT nextval('s')"));
    }

    @TestFactory
    Stream<DynamicContainer> identities_by_default() {
        return ScenarioRunner.allServers(
                "IdentityByDefault",
                Scenario.of("by_default")
                        .given("CREATE TABLE t(id int GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, v int)")
                        .harms(
                                "DO $$ BEGIN INSERT INTO t VALUES (1, 0); EXCEPTION WHEN generated_always THEN NULL; END $$",
                                "SELECT EXISTS (SELECT FROM t)")
                        .finds("Info IdentityByDefault t_id_seq t.id")
                        .saying("statements may store ids of their own"),
                Scenario.of("partition_tree")
                        .given(
                                "CREATE TABLE t(id int GENERATED BY DEFAULT AS IDENTITY, v int) PARTITION BY LIST (v); CREATE TABLE p PARTITION OF t DEFAULT")
                        .finds("Info IdentityByDefault t_id_seq t.id"),
                Scenario.of("odd_names")
                        .given(
                                "CREATE TABLE \"T'\n;\"(\"I d\" int GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME \"o\"\"d\") PRIMARY KEY)")
                        .finds("Info IdentityByDefault o\"d T'\n;.I d"),
                Scenario.of("always").given("CREATE TABLE t(id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY)"),
                Scenario.of("serial").given("CREATE TABLE t(id serial PRIMARY KEY)"));
    }
}
