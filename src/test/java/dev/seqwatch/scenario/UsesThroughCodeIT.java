package dev.seqwatch.scenario;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/** Columns that a trigger, a function, a view or a rule fills: no default of theirs names the sequence. */
class UsesThroughCodeIT {
    private static final String OUT_OF_RANGE = "22003";
    private static final String DENIED = "42501";
    private static final String FULL = "; SELECT setval('s', 2147483647)";

    @TestFactory
    Stream<DynamicContainer> exhausted() {
        return ScenarioRunner.allServers(
                "SequenceExhaustion",
                Scenario.of("trigger_as_in_oracle")
                        .given("CREATE TABLE emp(id integer PRIMARY KEY, v int); CREATE SEQUENCE s OWNED BY emp.id;"
                                + "CREATE FUNCTION emp_bi() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN IF NEW.id IS NULL THEN SELECT nextval('s') INTO NEW.id; END IF; RETURN NEW; END$$;"
                                + "CREATE TRIGGER emp_bi BEFORE INSERT ON emp FOR EACH ROW EXECUTE FUNCTION emp_bi()"
                                + FULL)
                        .fails(OUT_OF_RANGE, "INSERT INTO emp(v) VALUES (1)")
                        .finds("Critical SequenceExhaustion s emp.id")
                        .saying("(Trigger emp_bi of trigger_as_in_oracle.emp calls trigger_as_in_oracle.s for id.)"),
                Scenario.of("one_trigger_function_for_all_tables")
                        .given("CREATE TABLE t(id int PRIMARY KEY, v int); CREATE SEQUENCE s; CREATE SEQUENCE other;"
                                + "CREATE TABLE u(id int PRIMARY KEY, v int);"
                                + "CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN NEW.id := nextval(TG_ARGV[0]); RETURN NEW; END$$;"
                                + "CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION fill('s');"
                                + "CREATE TRIGGER b BEFORE INSERT ON u FOR EACH ROW EXECUTE FUNCTION fill('other')"
                                + FULL)
                        .fails(OUT_OF_RANGE, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical SequenceExhaustion s t.id"),
                Scenario.of("trigger_through_another_function")
                        .given("CREATE TABLE t(id int PRIMARY KEY, v int); CREATE SEQUENCE s;"
                                + "CREATE FUNCTION next_id() RETURNS bigint LANGUAGE sql AS $$SELECT nextval('s')$$;"
                                + "CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS $$DECLARE v bigint; BEGIN v := next_id(); NEW.id := coalesce(NEW.id, v); RETURN NEW; END$$;"
                                + "CREATE TRIGGER b BEFORE INSERT OR UPDATE ON t FOR EACH ROW EXECUTE FUNCTION fill()"
                                + FULL)
                        .fails(OUT_OF_RANGE, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical SequenceExhaustion s t.id"),
                Scenario.of("default_through_an_sql_function")
                        .given(
                                "CREATE SEQUENCE s; CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS $$SELECT nextval('s')$$;"
                                        + "CREATE TABLE t(id int DEFAULT f() PRIMARY KEY, v int)"
                                        + FULL)
                        .fails(OUT_OF_RANGE, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical SequenceExhaustion s t.id")
                        .saying("(Function default_through_an_sql_function.f calls"),
                Scenario.of("insert_without_a_list_of_columns")
                        .given(
                                "CREATE TABLE t(gone int, v int, id int PRIMARY KEY); ALTER TABLE t DROP gone; CREATE SEQUENCE s;"
                                        + "CREATE PROCEDURE add(v int) LANGUAGE plpgsql AS $$DECLARE n bigint; BEGIN n := nextval('s'); INSERT INTO t VALUES (v, n); END$$"
                                        + FULL)
                        .fails(OUT_OF_RANGE, "CALL add(1)")
                        .finds("Critical SequenceExhaustion s t.id"),
                Scenario.of("default_through_a_plpgsql_function")
                        .given(
                                "CREATE SEQUENCE s; CREATE FUNCTION f() RETURNS bigint LANGUAGE plpgsql AS $$BEGIN RETURN nextval('s'::regclass); END$$;"
                                        + "CREATE TABLE t(id int DEFAULT f() PRIMARY KEY, v int)"
                                        + FULL)
                        .fails(OUT_OF_RANGE, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical SequenceExhaustion s t.id"),
                Scenario.of("default_through_a_parsed_function")
                        .since(14)
                        .given("CREATE SEQUENCE s; CREATE FUNCTION f() RETURNS bigint RETURN nextval('s');"
                                + "CREATE TABLE t(id int DEFAULT f() PRIMARY KEY, v int)" + FULL)
                        .fails(OUT_OF_RANGE, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical SequenceExhaustion s t.id"),
                Scenario.of("default_that_names_the_sequence_to_a_function")
                        .given(
                                "CREATE SEQUENCE s; CREATE FUNCTION f(q regclass) RETURNS bigint LANGUAGE sql AS $$SELECT nextval(q)$$;"
                                        + "CREATE TABLE t(id int DEFAULT f('s') PRIMARY KEY, v int)"
                                        + FULL)
                        .fails(OUT_OF_RANGE, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical SequenceExhaustion s t.id"),
                Scenario.of("default_of_a_view")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id int PRIMARY KEY, v int); CREATE VIEW below AS SELECT v, id FROM t;"
                                        + "CREATE VIEW w AS SELECT id AS key, v FROM below; ALTER VIEW w ALTER key SET DEFAULT nextval('s')"
                                        + FULL)
                        .fails(OUT_OF_RANGE, "INSERT INTO w(v) VALUES (1)")
                        .finds("Critical SequenceExhaustion s t.id")
                        .saying("(The default of view default_of_a_view.w calls")
                        .undecided(),
                Scenario.of("rule")
                        .given("CREATE SEQUENCE s; CREATE TABLE t(id int PRIMARY KEY, v int); CREATE TABLE door(v int);"
                                + "CREATE RULE r AS ON INSERT TO door DO INSTEAD INSERT INTO t(id, v) VALUES (nextval('s'), NEW.v)"
                                + FULL)
                        .fails(OUT_OF_RANGE, "INSERT INTO door VALUES (1)")
                        .finds("Critical SequenceExhaustion s t.id")
                        .saying("(Rule r of rule.door calls")
                        .undecided(),
                Scenario.of("procedure_that_inserts")
                        .given("CREATE SEQUENCE s; CREATE TABLE t(id int PRIMARY KEY, v int);"
                                + "CREATE PROCEDURE add(v int) LANGUAGE plpgsql AS $$DECLARE n bigint := nextval('s'); BEGIN INSERT INTO t(id, v) VALUES (n, v); END$$"
                                + FULL)
                        .fails(OUT_OF_RANGE, "CALL add(1)")
                        .finds("Critical SequenceExhaustion s t.id"),
                Scenario.of("partitioned_table_with_a_trigger")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id int, v int, PRIMARY KEY (id, v)) PARTITION BY LIST (v); CREATE TABLE t1 PARTITION OF t DEFAULT;"
                                        + "CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN NEW.id := nextval('s'); RETURN NEW; END$$;"
                                        + "CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION fill()"
                                        + FULL)
                        .fails(OUT_OF_RANGE, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical SequenceExhaustion s t.id"),
                Scenario.of("trigger_that_is_disabled")
                        .given(
                                "CREATE SEQUENCE s AS bigint; CREATE TABLE t(id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v int);"
                                        + "CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN NEW.id := nextval('s'); RETURN NEW; END$$;"
                                        + "CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION fill(); ALTER TABLE t DISABLE TRIGGER b"
                                        + FULL),
                Scenario.of("computed_by_a_trigger")
                        .given("CREATE SEQUENCE s; CREATE TABLE t(code int PRIMARY KEY, v int);"
                                + "CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN NEW.code := nextval('s') % 1000; RETURN NEW; END$$;"
                                + "CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION fill()"
                                + FULL),
                Scenario.of("named_in_a_comment")
                        .given("CREATE SEQUENCE s; CREATE TABLE t(id int PRIMARY KEY, v int);"
                                + "CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN -- NEW.id := nextval('s');\n NEW.id := 1; RETURN NEW; END$$;"
                                + "CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION fill()"
                                + FULL),
                Scenario.of("current_value_in_a_default")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id int PRIMARY KEY, same int DEFAULT currval('s'), o oid DEFAULT 's'::regclass)"
                                        + FULL),
                Scenario.of("names_in_two_schemas")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id int PRIMARY KEY, v int);"
                                        + "CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql SET search_path = trigger_as_in_oracle AS $$BEGIN NEW.id := nextval('s'); RETURN NEW; END$$;"
                                        + "ALTER FUNCTION fill() SET search_path = nowhere, names_in_two_schemas;"
                                        + "CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION fill(); SELECT setval('s', 7)"));
    }

    @TestFactory
    Stream<DynamicContainer> behind() {
        return ScenarioRunner.allServers(
                "SequenceBehind",
                Scenario.of("restored_under_a_trigger")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id bigint PRIMARY KEY, v int); INSERT INTO t SELECT g, g FROM generate_series(1, 30) g;"
                                        + "CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN NEW.id := nextval('s'); RETURN NEW; END$$;"
                                        + "CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION fill()")
                        .fails("23505", "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical SequenceBehind s t.id"),
                Scenario.of("restored_under_a_function")
                        .given(
                                "CREATE SEQUENCE s; CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS $$SELECT nextval('s')$$;"
                                        + "CREATE TABLE t(id bigint DEFAULT f() PRIMARY KEY, v int); INSERT INTO t SELECT g, g FROM generate_series(1, 30) g")
                        .fails("23505", "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical SequenceBehind s t.id"),
                Scenario.of("current_value_of_another_table")
                        .given(
                                "CREATE TABLE a(id bigserial PRIMARY KEY, v int); INSERT INTO a(v) VALUES (1);"
                                        + "CREATE TABLE b(id bigint DEFAULT currval('a_id_seq') PRIMARY KEY, v int); INSERT INTO b VALUES (17, 1)"));
    }

    @TestFactory
    Stream<DynamicContainer> denied() {
        return ScenarioRunner.allServers(
                "InsertWithoutUsage",
                Scenario.of("trigger_with_the_rights_of_the_caller")
                        .role("app", "LOGIN")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id bigint PRIMARY KEY, v int); GRANT INSERT ON t TO @app;"
                                        + "CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN NEW.id := nextval('s'); RETURN NEW; END$$;"
                                        + "CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION fill()")
                        .fails("app", DENIED, "INSERT INTO trigger_with_the_rights_of_the_caller.t(v) VALUES (1)")
                        .finds("Critical InsertWithoutUsage s t.id @app")
                        .saying("which trigger b of"),
                Scenario.of("function_with_the_rights_of_the_caller")
                        .role("app", "LOGIN")
                        .given(
                                "CREATE SEQUENCE s; CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS $$SELECT nextval('s')$$;"
                                        + "CREATE TABLE t(id bigint DEFAULT f() PRIMARY KEY, v int); GRANT INSERT ON t TO @app")
                        .fails("app", DENIED, "INSERT INTO function_with_the_rights_of_the_caller.t(v) VALUES (1)")
                        .finds("Critical InsertWithoutUsage s t.id @app"),
                Scenario.of("rule_with_the_rights_of_the_caller")
                        .role("app", "LOGIN")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id bigint PRIMARY KEY, v int); CREATE TABLE door(v int); GRANT INSERT ON door TO @app;"
                                        + "CREATE RULE r AS ON INSERT TO door DO INSTEAD INSERT INTO t(id, v) VALUES (nextval('s'), NEW.v)")
                        .fails("app", DENIED, "INSERT INTO door VALUES (1)")
                        .finds("Critical InsertWithoutUsage s t.id @app")
                        .saying("may insert into rule_with_the_rights_of_the_caller.door but")
                        .saying("which rule r of rule_with_the_rights_of_the_caller.door calls"),
                Scenario.of("rule_of_a_view")
                        .role("app", "LOGIN")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id bigint PRIMARY KEY, v int); CREATE VIEW w AS SELECT * FROM t; GRANT INSERT ON w TO @app;"
                                        + "CREATE RULE r AS ON INSERT TO w DO INSTEAD INSERT INTO t(id, v) VALUES (nextval('s'), NEW.v)")
                        .fails("app", DENIED, "INSERT INTO w(v) VALUES (1)")
                        .finds("Critical InsertWithoutUsage s t.id @app"),
                Scenario.of("trigger_of_a_partitioned_table")
                        .role("app", "LOGIN")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id bigint, v int) PARTITION BY LIST (v); CREATE TABLE t1 PARTITION OF t DEFAULT;"
                                        + "CREATE TABLE t2 PARTITION OF t FOR VALUES IN (2); GRANT INSERT ON t, t1, t2 TO @app;"
                                        + "CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN NEW.id := nextval('s'); RETURN NEW; END$$;"
                                        + "CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION fill();"
                                        + "CREATE UNIQUE INDEX ON t(id, v)")
                        .fails("app", DENIED, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical InsertWithoutUsage s t.id @app"),
                Scenario.of("trigger_of_an_owner_without_the_right")
                        .role("app", "LOGIN")
                        .role("smith", "NOLOGIN")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id bigint PRIMARY KEY, v int); GRANT INSERT ON t TO @app; GRANT USAGE ON SEQUENCE s TO @app;"
                                        + "CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$BEGIN NEW.id := nextval('s'); RETURN NEW; END$$;"
                                        + "CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION fill()")
                        .givenBySuperuser("ALTER FUNCTION fill() OWNER TO @smith")
                        .fails("app", DENIED, "INSERT INTO t(v) VALUES (1)")
                        .fails("owner", DENIED, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical InsertWithoutUsage s t.id @smith")
                        .saying("Inserts of all roles into trigger_of_an_owner_without_the_right.t fail with"),
                Scenario.of("default_of_an_owner_without_the_right")
                        .role("app", "LOGIN")
                        .role("smith", "NOLOGIN")
                        .given(
                                "CREATE SEQUENCE s; CREATE FUNCTION inner_f() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS $$SELECT nextval('s')$$;"
                                        + "CREATE FUNCTION f() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS $$SELECT inner_f()$$;"
                                        + "CREATE TABLE t(id bigint DEFAULT f() PRIMARY KEY, v int); GRANT INSERT ON t TO @app")
                        .givenBySuperuser("ALTER FUNCTION inner_f() OWNER TO @smith")
                        .fails("app", DENIED, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical InsertWithoutUsage s t.id @smith"),
                Scenario.of("outer_function_of_an_owner_without_the_right")
                        .role("app", "LOGIN")
                        .role("smith", "NOLOGIN")
                        .given(
                                "CREATE SEQUENCE s; CREATE FUNCTION inner_f() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS $$SELECT nextval('s')$$;"
                                        + "CREATE FUNCTION f() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS $$SELECT inner_f()$$;"
                                        + "CREATE TABLE t(id bigint DEFAULT f() PRIMARY KEY, v int); GRANT INSERT ON t TO @app")
                        .givenBySuperuser("ALTER FUNCTION f() OWNER TO @smith"),
                Scenario.of("rule_with_a_grant")
                        .role("app", "LOGIN")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id bigint PRIMARY KEY, v int); CREATE TABLE door(v int); GRANT INSERT ON door TO @app;"
                                        + "GRANT USAGE ON SEQUENCE s TO @app; CREATE RULE r AS ON INSERT TO door DO INSTEAD INSERT INTO t(id, v) VALUES (nextval('s'), NEW.v)"),
                Scenario.of("rule_for_updates")
                        .role("app", "LOGIN")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id bigint PRIMARY KEY, v int); CREATE TABLE door(v int); GRANT INSERT ON door TO @app;"
                                        + "CREATE RULE r AS ON UPDATE TO door DO ALSO INSERT INTO t(id, v) VALUES (nextval('s'), NEW.v)"),
                Scenario.of("rule_that_is_disabled")
                        .role("app", "LOGIN")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id bigint PRIMARY KEY, v int); CREATE TABLE door(v int); GRANT INSERT ON door TO @app;"
                                        + "CREATE RULE r AS ON INSERT TO door DO ALSO INSERT INTO t(id, v) VALUES (nextval('s'), NEW.v); ALTER TABLE door DISABLE RULE r"),
                Scenario.of("trigger_of_its_owner")
                        .role("app", "LOGIN")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id bigint PRIMARY KEY, v int); GRANT INSERT ON t TO @app;"
                                        + "CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$BEGIN NEW.id := nextval('s'); RETURN NEW; END$$;"
                                        + "CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION fill()"),
                Scenario.of("function_of_its_owner_below_another")
                        .role("app", "LOGIN")
                        .given(
                                "CREATE SEQUENCE s; CREATE FUNCTION inner_f() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS $$SELECT nextval('s')$$;"
                                        + "CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS $$SELECT inner_f()$$;"
                                        + "CREATE TABLE t(id bigint DEFAULT f() PRIMARY KEY, v int); GRANT INSERT ON t TO @app"),
                Scenario.of("trigger_with_a_grant")
                        .role("app", "LOGIN")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id bigint PRIMARY KEY, v int); GRANT INSERT ON t TO @app; GRANT USAGE ON SEQUENCE s TO @app;"
                                        + "CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN NEW.id := nextval('s'); RETURN NEW; END$$;"
                                        + "CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION fill()"));
    }
}
