package dev.seqwatch.scenario;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

class SequenceOwnedElsewhereIT {
    private static final String NO_DEFAULT = "23502";
    private static final String COPIED =
            "CREATE TABLE a(id serial PRIMARY KEY, v int); CREATE TABLE t(LIKE a INCLUDING ALL); ALTER TABLE a ALTER id DROP DEFAULT;";

    @TestFactory
    Stream<DynamicContainer> owned_elsewhere() {
        return ScenarioRunner.allServers(
                "SequenceOwnedElsewhere",
                Scenario.of("copied_and_the_old_default_dropped")
                        .given(COPIED)
                        .fails(NO_DEFAULT, "DROP TABLE a CASCADE; INSERT INTO t(v) VALUES (1)")
                        .finds("Warning SequenceOwnedElsewhere a_id_seq t.id")
                        .saying("is owned by copied_and_the_old_default_dropped.a.id, which does not use it"),
                Scenario.of("given_to_the_wrong_column")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id int DEFAULT nextval('s') PRIMARY KEY, v int); ALTER SEQUENCE s OWNED BY t.v")
                        .fails(NO_DEFAULT, "ALTER TABLE t DROP v CASCADE; INSERT INTO t DEFAULT VALUES")
                        .finds("Warning SequenceOwnedElsewhere s t.id"),
                Scenario.of("old_column_replaced")
                        .given(
                                "CREATE TABLE t(id serial PRIMARY KEY, v int); ALTER TABLE t ADD big bigint; ALTER TABLE t ALTER big SET DEFAULT nextval('t_id_seq'), ALTER big SET NOT NULL;"
                                        + "ALTER TABLE t ALTER id DROP DEFAULT, DROP CONSTRAINT t_pkey, ALTER id DROP NOT NULL; ALTER TABLE t ADD PRIMARY KEY (big)")
                        .fails(NO_DEFAULT, "ALTER TABLE t DROP id CASCADE; INSERT INTO t(v) VALUES (1)")
                        .finds("Warning SequenceOwnedElsewhere t_id_seq t.big"),
                Scenario.of("partition_tree_that_took_over")
                        .given(
                                "CREATE TABLE a(id serial, at int, PRIMARY KEY (id, at)); CREATE TABLE t(LIKE a INCLUDING DEFAULTS, PRIMARY KEY (id, at)) PARTITION BY LIST (at);"
                                        + "ALTER TABLE a ALTER id DROP DEFAULT; CREATE TABLE p PARTITION OF t DEFAULT")
                        .finds("Warning SequenceOwnedElsewhere a_id_seq t.id"),
                Scenario.of("old_table_attached_below_the_table_that_took_its_place")
                        .given(
                                "CREATE TABLE old(id serial, at int, PRIMARY KEY (id, at)); CREATE TABLE t(LIKE old INCLUDING DEFAULTS, PRIMARY KEY (id, at)) PARTITION BY LIST (at);"
                                        + "ALTER TABLE t ATTACH PARTITION old DEFAULT")
                        .fails(
                                NO_DEFAULT,
                                "DROP TABLE old CASCADE; CREATE TABLE p PARTITION OF t DEFAULT; INSERT INTO t(at) VALUES (1)")
                        .finds("Warning SequenceOwnedElsewhere old_id_seq t.id")
                        .saying("a partition or child of that table"),
                Scenario.of("copied_without_the_key")
                        .given(
                                "CREATE TABLE a(id serial PRIMARY KEY, v int); CREATE TABLE t(LIKE a INCLUDING DEFAULTS); ALTER TABLE a ALTER id DROP DEFAULT")
                        .fails(NO_DEFAULT, "DROP TABLE a CASCADE; INSERT INTO t(v) VALUES (1)")
                        .finds("Warning SequenceOwnedElsewhere a_id_seq t.id"),
                Scenario.of("several_draw")
                        .given(COPIED + "CREATE TABLE u(LIKE t INCLUDING ALL)")
                        .finds("Warning SequenceOwnedElsewhere a_id_seq t.id")
                        .saying("decide which one owns it")
                        .undecided(),
                Scenario.of("odd_names")
                        .given(
                                "CREATE TABLE \"A\n;\"(\"I d\" serial PRIMARY KEY, v int); CREATE TABLE \"T'\"(LIKE \"A\n;\" INCLUDING ALL);"
                                        + "ALTER TABLE \"A\n;\" ALTER \"I d\" DROP DEFAULT")
                        .fails(NO_DEFAULT, "DROP TABLE \"A\n;\" CASCADE; INSERT INTO \"T'\"(v) VALUES (1)")
                        .finds("Warning SequenceOwnedElsewhere A\n;_I d_seq T'.I d"),
                Scenario.of("copy_beside_the_original")
                        .given("CREATE TABLE a(id serial PRIMARY KEY); CREATE TABLE t(LIKE a INCLUDING ALL)"),
                Scenario.of("renamed_table_column_and_sequence")
                        .given(
                                "CREATE TABLE a(id serial PRIMARY KEY); ALTER TABLE a RENAME TO b; ALTER TABLE b RENAME id TO nr; ALTER SEQUENCE a_id_seq RENAME TO x"),
                Scenario.of("renamed_identity")
                        .given(
                                "CREATE TABLE a(id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY); ALTER TABLE a RENAME TO b; ALTER TABLE b RENAME id TO nr"),
                Scenario.of("filled_by_a_trigger")
                        .given("CREATE TABLE t(id int PRIMARY KEY); CREATE SEQUENCE s OWNED BY t.id;"
                                + "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN NEW.id := nextval('s'); RETURN NEW; END$$;"
                                + "CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()"),
                Scenario.of("computed_default_of_the_owner")
                        .given(
                                "CREATE TABLE t(id bigint PRIMARY KEY); CREATE SEQUENCE s OWNED BY t.id; ALTER TABLE t ALTER id SET DEFAULT nextval('s') * 10"),
                Scenario.of("late_bound_default_of_the_owner")
                        .given(
                                "CREATE TABLE t(id bigint PRIMARY KEY); CREATE SEQUENCE s OWNED BY t.id; ALTER TABLE t ALTER id SET DEFAULT nextval('s'::text)"),
                Scenario.of("domain_default_of_the_owner")
                        .given(
                                "CREATE SEQUENCE s; CREATE DOMAIN d AS int DEFAULT nextval('s'); CREATE TABLE t(id d PRIMARY KEY); ALTER SEQUENCE s OWNED BY t.id"),
                Scenario.of("inheriting_table_draws_too")
                        .given("CREATE TABLE t(id serial PRIMARY KEY); CREATE TABLE c() INHERITS (t)"));
    }
}
