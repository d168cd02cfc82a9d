package dev.seqwatch.scenario;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/**
 * Views that put a default of their own before the table's, and views of security invokers in a chain: below them the caller
 * needs the grant on the table himself.
 */
class InsertThroughViewsIT {
    private static final String DENIED = "42501";
    private static final String SERIAL = "CREATE TABLE t(id serial PRIMARY KEY, v int);";
    private static final String PLAIN = "CREATE SEQUENCE s; CREATE TABLE t(id bigint PRIMARY KEY, v int);";
    private static final String OWN = " ALTER VIEW w ALTER id SET DEFAULT nextval('s');";

    @TestFactory
    Stream<DynamicContainer> missing() {
        return ScenarioRunner.allServers(
                "InsertWithoutUsage",
                Scenario.of("default_of_the_view")
                        .role("app", "")
                        .given(PLAIN + "CREATE VIEW w AS SELECT * FROM t;" + OWN + "GRANT INSERT ON w TO @app")
                        .fails("app", DENIED, "INSERT INTO w(v) VALUES (1)")
                        .finds("Critical InsertWithoutUsage s w.id @app"),
                Scenario.of("view_over_a_view_with_a_default")
                        .role("app", "")
                        .given(PLAIN + "CREATE VIEW w AS SELECT v, id FROM t;" + OWN
                                + "CREATE VIEW x(\"a b\", \"c)\") AS SELECT v, id FROM w; GRANT INSERT ON x TO @app")
                        .fails("app", DENIED, "INSERT INTO x(\"a b\") VALUES (1)")
                        .finds("Critical InsertWithoutUsage s w.id @app")
                        .saying("through view view_over_a_view_with_a_default.x"),
                Scenario.of("default_before_an_instead_of_trigger")
                        .role("app", "")
                        .given(
                                PLAIN + "CREATE VIEW w AS SELECT * FROM t;" + OWN
                                        + "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN RETURN NULL; END';"
                                        + "CREATE TRIGGER g INSTEAD OF INSERT ON w FOR EACH ROW EXECUTE FUNCTION f(); GRANT INSERT ON w TO @app")
                        .fails("app", DENIED, "INSERT INTO w(v) VALUES (1)")
                        .finds("Critical InsertWithoutUsage s w.id @app"),
                Scenario.of("default_on_another_column")
                        .role("app", "")
                        .given(SERIAL + "CREATE VIEW w AS SELECT * FROM t; ALTER VIEW w ALTER v SET DEFAULT 7;"
                                + "GRANT INSERT ON w TO @app")
                        .fails("app", DENIED, "INSERT INTO w DEFAULT VALUES")
                        .finds("Critical InsertWithoutUsage t_id_seq t.id @app"));
    }

    @TestFactory
    Stream<DynamicContainer> lookAlikes() {
        return ScenarioRunner.allServers(
                "InsertWithoutUsage",
                Scenario.of("view_draws_from_elsewhere")
                        .role("app", "")
                        .given(SERIAL + "CREATE SEQUENCE s; CREATE VIEW w AS SELECT v, id FROM t;" + OWN
                                + "GRANT INSERT ON w TO @app; GRANT USAGE ON SEQUENCE s TO @app"),
                Scenario.of("view_has_a_constant")
                        .role("app", "")
                        .given(SERIAL + "CREATE VIEW w AS SELECT v AS x, id FROM t WHERE v IN (SELECT id FROM t);"
                                + "ALTER VIEW w ALTER id SET DEFAULT 7; GRANT INSERT ON w TO @app"),
                Scenario.of("view_over_a_view_that_draws_from_elsewhere")
                        .role("app", "")
                        .given(
                                SERIAL + "CREATE SEQUENCE s; CREATE VIEW w AS SELECT * FROM t;" + OWN
                                        + "CREATE VIEW x AS SELECT * FROM w; GRANT INSERT ON x TO @app; GRANT USAGE ON SEQUENCE s TO @app"),
                Scenario.of("rule_does_without_the_default")
                        .role("app", "")
                        .given(PLAIN + "CREATE VIEW w AS SELECT * FROM t;" + OWN
                                + "CREATE RULE r AS ON INSERT TO w DO INSTEAD NOTHING; GRANT INSERT ON w TO @app"),
                Scenario.of("security_invoker_below_another_view")
                        .since(15)
                        .role("app", "")
                        .given(
                                SERIAL
                                        + "CREATE VIEW w WITH (security_invoker) AS SELECT * FROM t; CREATE VIEW x AS SELECT * FROM w; GRANT INSERT ON x TO @app"),
                Scenario.of("security_invoker_above_another_view")
                        .since(15)
                        .role("app", "")
                        .given(
                                SERIAL
                                        + "CREATE VIEW w AS SELECT * FROM t; CREATE VIEW x WITH (security_invoker) AS SELECT * FROM w; GRANT INSERT ON x TO @app"));
    }
}
