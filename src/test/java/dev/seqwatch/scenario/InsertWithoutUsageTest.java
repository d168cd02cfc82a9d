package dev.seqwatch.scenario;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

class InsertWithoutUsageTest {
    private static final String DENIED = "42501";
    private static final String TABLE = "CREATE TABLE t(id serial PRIMARY KEY, v int);";

    @TestFactory
    Stream<DynamicContainer> missing() {
        return ScenarioRunner.allServers(
                "InsertWithoutUsage",
                Scenario.of("table_grant")
                        .role("app", "")
                        .given(TABLE + "GRANT INSERT ON t TO @app")
                        .fails("app", DENIED, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical InsertWithoutUsage t_id_seq t.id @app")
                        .saying("permission denied for sequence"),
                Scenario.of("column_grant")
                        .role("app", "")
                        .given(TABLE + "GRANT INSERT (v) ON t TO @app")
                        .fails("app", DENIED, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical InsertWithoutUsage t_id_seq t.id @app"),
                Scenario.of("granted_to_public")
                        .role("app", "")
                        .given(TABLE + "GRANT INSERT ON t TO PUBLIC")
                        .fails("app", DENIED, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical InsertWithoutUsage t_id_seq t.id PUBLIC"),
                Scenario.of("select_on_the_sequence_is_not_enough")
                        .role("app", "")
                        .given(TABLE + "GRANT INSERT ON t TO @app; GRANT SELECT ON SEQUENCE t_id_seq TO @app")
                        .fails("app", DENIED, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical InsertWithoutUsage t_id_seq t.id @app"),
                Scenario.of("a_policy_lets_the_role_insert")
                        .role("app", "")
                        .given(TABLE
                                + "ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON t FOR INSERT TO @app WITH CHECK (true);"
                                + "GRANT INSERT ON t TO @app")
                        .fails("app", DENIED, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical InsertWithoutUsage t_id_seq t.id @app"),
                Scenario.of("a_policy_for_all_commands_lets_everybody_insert")
                        .role("app", "")
                        .given(TABLE
                                + "ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON t USING (v > 0);"
                                + "GRANT INSERT ON t TO @app")
                        .fails("app", DENIED, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical InsertWithoutUsage t_id_seq t.id @app"),
                Scenario.of("no_policy_lets_the_role_insert")
                        .role("app", "")
                        .given(TABLE
                                + "ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON t FOR SELECT USING (true);"
                                + "GRANT INSERT ON t TO @app"),
                Scenario.of("a_policy_lets_another_role_insert")
                        .role("app", "")
                        .role("other", "")
                        .given(TABLE
                                + "ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON t FOR INSERT TO @other WITH CHECK (true);"
                                + "GRANT INSERT ON t TO @app"),
                Scenario.of("through_a_view")
                        .role("app", "")
                        .given(TABLE + "CREATE VIEW w AS SELECT * FROM t; GRANT INSERT ON w TO @app")
                        .fails("app", DENIED, "INSERT INTO w(v) VALUES (1)")
                        .finds("Critical InsertWithoutUsage t_id_seq t.id @app")
                        .saying("through view through_a_view.w"),
                Scenario.of("through_a_view_on_a_view")
                        .role("app", "")
                        .given(
                                TABLE
                                        + "CREATE VIEW w AS SELECT * FROM t; CREATE VIEW x AS SELECT v FROM w WHERE v > 0; GRANT INSERT ON x TO @app")
                        .fails("app", DENIED, "INSERT INTO x(v) VALUES (1)")
                        .finds("Critical InsertWithoutUsage t_id_seq t.id @app")
                        .saying("through view through_a_view_on_a_view.x"),
                Scenario.of("through_a_view_of_another_owner")
                        .role("app", "")
                        .role("viewer", "")
                        .given(TABLE
                                + "GRANT INSERT, SELECT ON t TO @viewer; GRANT USAGE ON SEQUENCE t_id_seq TO @viewer;"
                                + "GRANT CREATE ON SCHEMA through_a_view_of_another_owner TO @viewer")
                        .givenBySuperuser(
                                "CREATE VIEW w AS SELECT * FROM t; ALTER VIEW w OWNER TO @viewer; GRANT INSERT ON w TO @app")
                        .fails("app", DENIED, "INSERT INTO w(v) VALUES (1)")
                        .finds("Critical InsertWithoutUsage t_id_seq t.id @app"),
                Scenario.of("through_a_view_with_a_subquery_on_another_table")
                        .role("app", "")
                        .given(
                                TABLE + "CREATE TABLE u(id serial PRIMARY KEY, v int);"
                                        + "CREATE VIEW w AS SELECT * FROM t WHERE v IN (SELECT id FROM u); GRANT INSERT ON w TO @app")
                        .fails("app", DENIED, "INSERT INTO w(v) VALUES (1)")
                        .finds("Critical InsertWithoutUsage t_id_seq t.id @app"),
                Scenario.of("the_partitioned_table_itself")
                        .role("app", "")
                        .given(
                                "CREATE TABLE t(id bigserial, v int) PARTITION BY LIST (v); CREATE TABLE t1 PARTITION OF t DEFAULT;"
                                        + "GRANT INSERT ON t TO @app")
                        .fails("app", DENIED, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical InsertWithoutUsage t_id_seq t.id @app"),
                Scenario.of("one_partition")
                        .role("app", "")
                        .given(
                                "CREATE TABLE t(id bigserial, v int) PARTITION BY LIST (v); CREATE TABLE t1 PARTITION OF t DEFAULT;"
                                        + "GRANT INSERT ON t1 TO @app")
                        .fails("app", DENIED, "INSERT INTO t1(v) VALUES (1)")
                        .finds("Critical InsertWithoutUsage t_id_seq t1.id @app"),
                Scenario.of("group_without_members")
                        .role("crew", "NOLOGIN")
                        .given(TABLE + "GRANT INSERT ON t TO @crew")
                        .fails("crew", DENIED, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical InsertWithoutUsage t_id_seq t.id @crew"),
                Scenario.of("group_whose_member_may_not_either")
                        .role("crew2", "NOLOGIN")
                        .role("sailor", "LOGIN")
                        .givenBySuperuser("GRANT @crew2 TO @sailor")
                        .given(TABLE + "GRANT INSERT ON t TO @crew2")
                        .fails("sailor", DENIED, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical InsertWithoutUsage t_id_seq t.id @crew2"),
                Scenario.of("noinherit_member_that_must_become_the_group")
                        .role("crew3", "NOLOGIN")
                        .role("loner", "LOGIN NOINHERIT")
                        .givenBySuperuser("GRANT @crew3 TO @loner")
                        .given(TABLE + "GRANT INSERT ON t TO @crew3; GRANT USAGE ON SEQUENCE t_id_seq TO @loner")
                        .fails("loner", DENIED, "SET ROLE @crew3; INSERT INTO t(v) VALUES (1)")
                        .finds("Critical InsertWithoutUsage t_id_seq t.id @crew3"),
                Scenario.of("sequence_of_another_owner")
                        .role("smith", "")
                        .given("CREATE TABLE t(id int PRIMARY KEY, v int)")
                        .givenBySuperuser(
                                "CREATE SEQUENCE s; ALTER SEQUENCE s OWNER TO @smith; GRANT USAGE ON SEQUENCE s TO @owner WITH GRANT OPTION;"
                                        + "ALTER TABLE t ALTER id SET DEFAULT nextval('s'); GRANT INSERT ON t TO @smith; REVOKE ALL ON SEQUENCE s FROM @smith")
                        .finds("Critical InsertWithoutUsage s t.id @smith")
                        .fails("smith", DENIED, "INSERT INTO t(v) VALUES (1)"),
                Scenario.of("owner_of_the_table_alone")
                        .role("smith", "")
                        .given("CREATE SEQUENCE s; CREATE TABLE t(id int DEFAULT nextval('s') PRIMARY KEY, v int)")
                        .givenBySuperuser("ALTER TABLE t OWNER TO @smith")
                        .fails("smith", DENIED, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical InsertWithoutUsage s t.id @smith"),
                Scenario.of("default_of_the_domain")
                        .role("app", "")
                        .given(
                                "CREATE SEQUENCE s; CREATE DOMAIN autoid AS int DEFAULT nextval('s'); CREATE TABLE t(id autoid PRIMARY KEY, v int);"
                                        + "GRANT INSERT ON t TO @app")
                        .fails("app", DENIED, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical InsertWithoutUsage s t.id @app"),
                Scenario.of("computed_default")
                        .role("app", "")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id int DEFAULT nextval('s') * 10, v int); GRANT INSERT ON t TO @app")
                        .fails("app", DENIED, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical InsertWithoutUsage s t.id @app"),
                Scenario.of("late_bound_default")
                        .role("app", "")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id int DEFAULT nextval('s'::text), v int); GRANT INSERT ON t TO @app")
                        .fails("app", DENIED, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical InsertWithoutUsage s t.id @app"),
                Scenario.of("odd_names")
                        .role("app", "")
                        .given(
                                "CREATE TABLE \"T'x \"\"y\"(\"I d\" serial, v int); GRANT INSERT ON \"T'x \"\"y\" TO @app")
                        .fails("app", DENIED, "INSERT INTO \"T'x \"\"y\"(v) VALUES (1)")
                        .finds("Critical InsertWithoutUsage T'x \"y_I d_seq T'x \"y.I d @app"));
    }

    @TestFactory
    Stream<DynamicContainer> lookAlikes() {
        return ScenarioRunner.allServers(
                "InsertWithoutUsage",
                Scenario.of("usage")
                        .role("app", "")
                        .given(TABLE + "GRANT INSERT ON t TO @app; GRANT USAGE ON SEQUENCE t_id_seq TO @app"),
                Scenario.of("update_instead_of_usage")
                        .role("app", "")
                        .given(TABLE + "GRANT INSERT ON t TO @app; GRANT UPDATE ON SEQUENCE t_id_seq TO @app"),
                Scenario.of("usage_through_public")
                        .role("app", "")
                        .given(TABLE + "GRANT INSERT ON t TO @app, PUBLIC; GRANT USAGE ON SEQUENCE t_id_seq TO PUBLIC"),
                Scenario.of("usage_through_a_group")
                        .role("drawers", "NOLOGIN")
                        .role("member", "LOGIN")
                        .givenBySuperuser("GRANT @drawers TO @member")
                        .given(TABLE + "GRANT INSERT ON t TO @member; GRANT USAGE ON SEQUENCE t_id_seq TO @drawers"),
                Scenario.of("group_whose_members_have_their_own")
                        .role("inserters", "NOLOGIN")
                        .role("member2", "LOGIN")
                        .givenBySuperuser("GRANT @inserters TO @member2")
                        .given(TABLE + "GRANT INSERT ON t TO @inserters; GRANT USAGE ON SEQUENCE t_id_seq TO @member2"),
                Scenario.of("identity")
                        .role("app", "")
                        .given("CREATE TABLE t(id int GENERATED ALWAYS AS IDENTITY, v int); GRANT INSERT ON t TO @app;"
                                + "CREATE VIEW w AS SELECT * FROM t; GRANT INSERT ON w TO @app"),
                Scenario.of("no_usage_on_the_schema")
                        .role("app", "")
                        .given(
                                TABLE
                                        + "GRANT INSERT ON t TO @app; REVOKE USAGE ON SCHEMA no_usage_on_the_schema FROM PUBLIC")
                        .givenBySuperuser("REVOKE USAGE ON SCHEMA no_usage_on_the_schema FROM PUBLIC"),
                Scenario.of("owner_and_superuser").given(TABLE),
                Scenario.of("superuser_by_grant").role("root", "SUPERUSER").given(TABLE + "GRANT INSERT ON t TO @root"),
                Scenario.of("role_pg_write_all_data")
                        .since(14)
                        .role("writer", "LOGIN")
                        .givenBySuperuser("GRANT pg_write_all_data TO @writer")
                        .given(TABLE + "GRANT INSERT ON t TO @writer"),
                Scenario.of("view_with_a_subquery_on_a_serial_table")
                        .role("app", "")
                        .given(
                                "CREATE TABLE t(id int GENERATED ALWAYS AS IDENTITY, v int); CREATE TABLE u(id serial PRIMARY KEY, v int);"
                                        + "CREATE VIEW w AS SELECT * FROM t WHERE v IN (SELECT id FROM u); GRANT INSERT ON w TO @app"),
                Scenario.of("view_that_is_not_updatable")
                        .role("app", "")
                        .given(TABLE
                                + "CREATE VIEW w AS SELECT v, count(*) FROM t GROUP BY v; GRANT INSERT ON w TO @app"),
                Scenario.of("view_over_a_join")
                        .role("app", "")
                        .given(
                                TABLE
                                        + "CREATE VIEW w AS SELECT a.v FROM t a JOIN t b USING (id); GRANT INSERT ON w TO @app"),
                Scenario.of("instead_of_trigger")
                        .role("app", "")
                        .given(
                                TABLE + "CREATE VIEW w AS SELECT * FROM t;"
                                        + "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN RETURN NULL; END';"
                                        + "CREATE TRIGGER g INSTEAD OF INSERT ON w FOR EACH ROW EXECUTE FUNCTION f(); GRANT INSERT ON w TO @app"),
                Scenario.of("rule_instead")
                        .role("app", "")
                        .given(
                                TABLE
                                        + "CREATE VIEW w AS SELECT * FROM t; CREATE RULE r AS ON INSERT TO w DO INSTEAD NOTHING; GRANT INSERT ON w TO @app"),
                Scenario.of("security_invoker_view")
                        .since(15)
                        .role("app", "")
                        .given(
                                TABLE
                                        + "CREATE VIEW w WITH (security_invoker) AS SELECT * FROM t; GRANT INSERT ON w TO @app"),
                Scenario.of("view_whose_owner_may_not_insert")
                        .role("app", "")
                        .role("reader", "")
                        .given(
                                TABLE
                                        + "GRANT SELECT ON t TO @reader; GRANT CREATE ON SCHEMA view_whose_owner_may_not_insert TO @reader")
                        .givenBySuperuser(
                                "CREATE VIEW w AS SELECT * FROM t; ALTER VIEW w OWNER TO @reader; GRANT INSERT ON w TO @app"),
                Scenario.of("select_only").role("app", "").given(TABLE + "GRANT SELECT, UPDATE, DELETE ON t TO @app"));
    }
}
