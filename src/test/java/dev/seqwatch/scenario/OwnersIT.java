package dev.seqwatch.scenario;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/** OwnerMismatch and SharedSequence. */
class OwnersIT {
    @TestFactory
    Stream<DynamicContainer> owners_apart() {
        return ScenarioRunner.allServers(
                "OwnerMismatch",
                Scenario.of("sequence_of_another_role")
                        .role("other", "")
                        .given("CREATE SEQUENCE s; CREATE TABLE t(id int DEFAULT nextval('s') PRIMARY KEY, v int)")
                        .givenBySuperuser(
                                "GRANT ALL ON SCHEMA sequence_of_another_role TO @other; ALTER SEQUENCE s OWNER TO @other; GRANT @other TO @owner")
                        .finds("Info OwnerMismatch s t.id")
                        .saying("_other, but "),
                Scenario.of("partition_tree")
                        .role("other", "")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id int DEFAULT nextval('s'), v int) PARTITION BY LIST (v); CREATE TABLE p PARTITION OF t DEFAULT")
                        .givenBySuperuser(
                                "GRANT ALL ON SCHEMA partition_tree TO @other; ALTER SEQUENCE s OWNER TO @other; GRANT @other TO @owner")
                        .finds("Info OwnerMismatch s t.id"),
                Scenario.of("old_owner_inserts")
                        .role("other", "LOGIN")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id int DEFAULT nextval('s') PRIMARY KEY, v int); GRANT INSERT ON t TO @other")
                        .givenBySuperuser(
                                "GRANT ALL ON SCHEMA old_owner_inserts TO @other; ALTER SEQUENCE s OWNER TO @other; GRANT @other TO @owner")
                        .finds("Info OwnerMismatch s t.id"),
                Scenario.of("two_tables_of_two_roles")
                        .role("other", "")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE a(id int DEFAULT nextval('s') PRIMARY KEY); CREATE TABLE b(id int DEFAULT nextval('s') PRIMARY KEY)")
                        .givenBySuperuser(
                                "GRANT ALL ON SCHEMA two_tables_of_two_roles TO @other; ALTER TABLE b OWNER TO @other; GRANT USAGE ON SEQUENCE s TO @other")
                        .finds("Info OwnerMismatch s b.id")
                        .saying("decide which one is to own")
                        .undecided(),
                Scenario.of("serial_handed_over")
                        .role("other", "")
                        .given("CREATE TABLE t(id serial PRIMARY KEY)")
                        .givenBySuperuser(
                                "GRANT ALL ON SCHEMA serial_handed_over TO @other; ALTER TABLE t OWNER TO @other"),
                Scenario.of("identity_handed_over")
                        .role("other", "")
                        .given("CREATE TABLE t(id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY)")
                        .givenBySuperuser(
                                "GRANT ALL ON SCHEMA identity_handed_over TO @other; ALTER TABLE t OWNER TO @other"),
                Scenario.of("one_owner")
                        .given("CREATE SEQUENCE s; CREATE TABLE t(id int DEFAULT nextval('s') PRIMARY KEY)"));
    }

    @TestFactory
    Stream<DynamicContainer> shared() {
        return ScenarioRunner.allServers(
                "SharedSequence",
                Scenario.of("two_tables")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE a(id bigint DEFAULT nextval('s') PRIMARY KEY); CREATE TABLE b(id int DEFAULT nextval('s') PRIMARY KEY)")
                        .finds("Info SharedSequence s b.id")
                        .saying("2 independent tables (two_tables.a, two_tables.b)")
                        .undecided(),
                Scenario.of("like_including_all")
                        .given("CREATE TABLE a(id serial PRIMARY KEY); CREATE TABLE b(LIKE a INCLUDING ALL)")
                        .finds("Info SharedSequence a_id_seq a.id")
                        .undecided(),
                Scenario.of("two_columns_of_one_table")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(a int DEFAULT nextval('s'), b int DEFAULT nextval('s'))"),
                Scenario.of("partition_tree")
                        .given(
                                "CREATE TABLE t(id serial, v int) PARTITION BY LIST (v); CREATE TABLE p PARTITION OF t DEFAULT PARTITION BY LIST (v);"
                                        + "CREATE TABLE q(v int, id int NOT NULL DEFAULT nextval('t_id_seq')); ALTER TABLE p ATTACH PARTITION q DEFAULT"),
                Scenario.of("inheritance_tree")
                        .given(
                                "CREATE TABLE t(id serial PRIMARY KEY); CREATE TABLE c() INHERITS (t); CREATE TABLE d() INHERITS (c)"),
                Scenario.of("like_including_all_of_an_identity")
                        .given(
                                "CREATE TABLE a(id int GENERATED ALWAYS AS IDENTITY); CREATE TABLE b(LIKE a INCLUDING ALL)"),
                Scenario.of("partition_detached")
                        .given(
                                "CREATE TABLE t(id serial, v int) PARTITION BY LIST (v); CREATE TABLE p PARTITION OF t DEFAULT; ALTER TABLE t DETACH PARTITION p")
                        .finds("Info SharedSequence t_id_seq p.id")
                        .undecided());
    }
}
