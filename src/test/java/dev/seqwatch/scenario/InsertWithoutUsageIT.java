package dev.seqwatch.scenario;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

class InsertWithoutUsageIT {
    private static final String DENIED = "42501";
    private static final String ALLOWED_BUT_FOR_THE_INSERT =
            "BEGIN; GRANT USAGE ON SEQUENCE t_id_seq TO @app; SET LOCAL ROLE @app; INSERT INTO ";
    private static final String PARTITIONED =
            "CREATE TABLE t(id bigserial, v int) PARTITION BY LIST (v); CREATE TABLE t1 PARTITION OF t DEFAULT;"
                    + "CREATE TABLE t2 PARTITION OF t FOR VALUES IN (2) PARTITION BY LIST (v); CREATE TABLE t21 PARTITION OF t2 DEFAULT;";
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
                                + "GRANT INSERT ON t TO @app")
                        .refused(DENIED, ALLOWED_BUT_FOR_THE_INSERT + "t(v) VALUES (1)"),
                Scenario.of("a_policy_lets_another_role_insert")
                        .role("app", "")
                        .role("other", "")
                        .given(TABLE
                                + "ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON t FOR INSERT TO @other WITH CHECK (true);"
                                + "GRANT INSERT ON t TO @app")
                        .refused(DENIED, ALLOWED_BUT_FOR_THE_INSERT + "t(v) VALUES (1)"),
                Scenario.of("through_a_view")
                        .role("app", "")
                        .given(TABLE + "CREATE VIEW w AS SELECT * FROM t; GRANT INSERT ON w TO @app")
                        .fails("app", DENIED, "INSERT INTO w(v) VALUES (1)")
                        .finds("Critical InsertWithoutUsage t_id_seq t.id @app")
                        .saying("through view through_a_view.w"),
                Scenario.of("through_a_view_whose_owner_no_policy_stops")
                        .role("app", "")
                        .given(
                                TABLE
                                        + "ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE VIEW w AS SELECT * FROM t; GRANT INSERT ON w TO @app")
                        .fails("app", DENIED, "INSERT INTO w(v) VALUES (1)")
                        .finds("Critical InsertWithoutUsage t_id_seq t.id @app"),
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
                        .given(PARTITIONED + "GRANT INSERT ON t1 TO @app")
                        .fails("app", DENIED, "INSERT INTO t1(v) VALUES (1)")
                        .finds("Critical InsertWithoutUsage t_id_seq t.id @app")
                        .saying("may insert into one_partition.t1, a partition of one_partition.t, but"),
                Scenario.of("each_partition_but_not_their_root")
                        .role("app", "")
                        .given(PARTITIONED + "GRANT INSERT ON t1, t2, t21 TO @app")
                        .fails("app", DENIED, "INSERT INTO t21(v) VALUES (2)")
                        .finds("Critical InsertWithoutUsage t_id_seq t.id @app")
                        .saying(
                                "may insert into 3 partitions of each_partition_but_not_their_root.t (the first is each_partition_but_not_their_root.t1), but"),
                Scenario.of("a_whole_tree_of_partitions")
                        .role("app", "")
                        .role("app2", "")
                        .given(PARTITIONED + "GRANT INSERT ON ALL TABLES IN SCHEMA a_whole_tree_of_partitions TO @app;"
                                + "GRANT INSERT ON t21 TO @app2")
                        .fails("app", DENIED, "INSERT INTO t(v) VALUES (1)")
                        .fails("app", DENIED, "INSERT INTO t2(v) VALUES (2)")
                        .finds("Critical InsertWithoutUsage t_id_seq t.id @app")
                        .saying("may insert into a_whole_tree_of_partitions.t but")
                        .finds("Critical InsertWithoutUsage t_id_seq t.id @app2"),
                Scenario.of("partition_with_a_sequence_of_its_own")
                        .role("app", "")
                        .given(PARTITIONED + "CREATE SEQUENCE own; ALTER TABLE t1 ALTER id SET DEFAULT nextval('own');"
                                + "GRANT USAGE ON SEQUENCE t_id_seq TO @app; GRANT INSERT ON t, t1 TO @app")
                        .fails("app", DENIED, "INSERT INTO t1(v) VALUES (1)")
                        .finds("Critical InsertWithoutUsage own t1.id @app"),
                Scenario.of("children_by_inheritance")
                        .role("app", "")
                        .given(
                                TABLE
                                        + "CREATE TABLE c1() INHERITS (t); CREATE TABLE c2() INHERITS (t); GRANT INSERT ON c1, c2 TO @app")
                        .fails("app", DENIED, "INSERT INTO c2(v) VALUES (2)")
                        .finds("Critical InsertWithoutUsage t_id_seq t.id @app")
                        .saying("may insert into 2 children of children_by_inheritance.t (the first is"),
                Scenario.of("two_views")
                        .role("app", "")
                        .given(
                                TABLE
                                        + "CREATE VIEW w AS SELECT * FROM t; CREATE VIEW x AS SELECT * FROM t; GRANT INSERT ON w, x TO @app")
                        .fails("app", DENIED, "INSERT INTO x(v) VALUES (2)")
                        .finds("Critical InsertWithoutUsage t_id_seq t.id @app")
                        .saying("through 2 views (the first is two_views.w)"),
                Scenario.of("member_of_a_member_of_the_group")
                        .role("outer", "NOLOGIN")
                        .role("middle", "NOLOGIN")
                        .role("deckhand", "LOGIN")
                        .givenBySuperuser("GRANT @outer TO @middle; GRANT @middle TO @deckhand")
                        .given(TABLE + "GRANT INSERT ON t TO @outer")
                        .fails("deckhand", DENIED, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical InsertWithoutUsage t_id_seq t.id @outer"),
                Scenario.of("a_role_that_inherits_is_set")
                        .role("outer2", "NOLOGIN")
                        .role("middle2", "NOLOGIN")
                        .role("gateway", "LOGIN NOINHERIT")
                        .givenBySuperuser("GRANT @outer2 TO @middle2; GRANT @middle2 TO @gateway")
                        .given(TABLE + "GRANT INSERT ON t TO @outer2; GRANT USAGE ON SEQUENCE t_id_seq TO @gateway")
                        .fails("gateway", DENIED, "SET ROLE @middle2; INSERT INTO t(v) VALUES (1)")
                        .finds("Critical InsertWithoutUsage t_id_seq t.id @outer2"),
                Scenario.of("membership_that_only_inherits")
                        .since(16)
                        .role("crew4", "NOLOGIN")
                        .role("heir", "LOGIN")
                        .givenBySuperuser("GRANT @crew4 TO @heir WITH INHERIT TRUE, SET FALSE")
                        .given(TABLE + "GRANT INSERT ON t TO @crew4")
                        .fails("heir", DENIED, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical InsertWithoutUsage t_id_seq t.id @crew4"),
                Scenario.of("membership_that_only_sets_the_role")
                        .since(16)
                        .role("crew5", "NOLOGIN")
                        .role("setter", "LOGIN")
                        .givenBySuperuser("GRANT @crew5 TO @setter WITH INHERIT FALSE, SET TRUE")
                        .given(TABLE + "GRANT INSERT ON t TO @crew5; GRANT USAGE ON SEQUENCE t_id_seq TO @setter")
                        .fails("setter", DENIED, "SET ROLE @crew5; INSERT INTO t(v) VALUES (1)")
                        .finds("Critical InsertWithoutUsage t_id_seq t.id @crew5"),
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
                        .givenBySuperuser("REVOKE USAGE ON SCHEMA no_usage_on_the_schema FROM PUBLIC")
                        .refused(DENIED, ALLOWED_BUT_FOR_THE_INSERT + "no_usage_on_the_schema.t(v) VALUES (1)"),
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
                        .given(TABLE
                                + "CREATE VIEW w WITH (security_invoker) AS SELECT * FROM t; GRANT INSERT ON w TO @app")
                        .refused(DENIED, ALLOWED_BUT_FOR_THE_INSERT + "w(v) VALUES (1)"),
                Scenario.of("view_whose_owner_may_not_insert")
                        .role("app", "")
                        .role("reader", "")
                        .given(
                                TABLE
                                        + "GRANT SELECT ON t TO @reader; GRANT CREATE ON SCHEMA view_whose_owner_may_not_insert TO @reader")
                        .givenBySuperuser(
                                "CREATE VIEW w AS SELECT * FROM t; ALTER VIEW w OWNER TO @reader; GRANT INSERT ON w TO @app")
                        .refused(DENIED, ALLOWED_BUT_FOR_THE_INSERT + "w(v) VALUES (1)"),
                Scenario.of("group_without_members")
                        .role("crew", "NOLOGIN")
                        .given(TABLE + "GRANT INSERT ON t TO @crew"),
                Scenario.of("group_of_groups_that_nobody_logs_in_to")
                        .role("crew6", "NOLOGIN")
                        .role("crew7", "NOLOGIN")
                        .givenBySuperuser("GRANT @crew6 TO @crew7")
                        .given(TABLE + "GRANT INSERT ON t TO @crew6, @crew7"),
                Scenario.of("login_without_a_connection")
                        .role("retired", "CONNECTION LIMIT 0")
                        .given(TABLE + "GRANT INSERT ON t TO @retired"),
                Scenario.of("membership_of_an_administrator")
                        .since(16)
                        .role("crew8", "NOLOGIN")
                        .role("administrator", "LOGIN")
                        .givenBySuperuser("GRANT @crew8 TO @administrator WITH ADMIN TRUE, INHERIT FALSE, SET FALSE")
                        .given(TABLE + "GRANT INSERT ON t TO @crew8"),
                Scenario.of("a_policy_lets_nobody_insert")
                        .role("app", "")
                        .given(TABLE
                                + "ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON t FOR INSERT WITH CHECK (false);"
                                + "CREATE POLICY q ON t FOR SELECT USING (true); GRANT INSERT ON t TO @app")
                        .refused(DENIED, ALLOWED_BUT_FOR_THE_INSERT + "t(v) VALUES (1)"),
                Scenario.of("a_restrictive_policy_lets_nobody_insert")
                        .role("app", "")
                        .given(
                                TABLE
                                        + "ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON t WITH CHECK (true);"
                                        + "CREATE POLICY q ON t AS RESTRICTIVE FOR INSERT TO @app WITH CHECK (false); GRANT INSERT ON t TO @app")
                        .refused(DENIED, ALLOWED_BUT_FOR_THE_INSERT + "t(v) VALUES (1)"),
                Scenario.of("no_policy_lets_the_owner_of_the_view_insert")
                        .role("app", "")
                        .role("viewer2", "")
                        .given(TABLE
                                + "ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON t FOR INSERT TO @app WITH CHECK (true);"
                                + "GRANT INSERT, SELECT ON t TO @viewer2; GRANT USAGE ON SEQUENCE t_id_seq TO @viewer2;"
                                + "GRANT CREATE ON SCHEMA no_policy_lets_the_owner_of_the_view_insert TO @viewer2")
                        .givenBySuperuser(
                                "CREATE VIEW w AS SELECT * FROM t; ALTER VIEW w OWNER TO @viewer2; GRANT INSERT ON w TO @app")
                        .refused(DENIED, ALLOWED_BUT_FOR_THE_INSERT + "w(v) VALUES (1)"),
                Scenario.of("select_only").role("app", "").given(TABLE + "GRANT SELECT, UPDATE, DELETE ON t TO @app"));
    }
}
