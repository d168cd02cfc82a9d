package dev.seqwatch.scenario;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/** How far away a stored id is decides how urgent it is and how far a script may move the sequence. */
class CollisionDistanceIT {
    private static final String DUPLICATE = "23505";

    @TestFactory
    Stream<DynamicContainer> distances() {
        return ScenarioRunner.allServers(
                "SequenceBehind",
                Scenario.of("one_row_far_away")
                        .given(
                                "CREATE TABLE t(id serial PRIMARY KEY, v int);"
                                        + "INSERT INTO t(v) SELECT 1 FROM generate_series(1, 10); INSERT INTO t VALUES (1000000000, 0)")
                        .finds("Info SequenceBehind t_id_seq t.id")
                        .saying("the sequence is years away from it")
                        .undecided(),
                Scenario.of("ids_of_another_service")
                        .given(
                                "CREATE TABLE t(id bigserial PRIMARY KEY, v int); INSERT INTO t(v) SELECT g FROM generate_series(1, 500) g;"
                                        + "INSERT INTO t SELECT 109876543210987654 + g * 4194304::bigint, 0 FROM generate_series(1, 3000) g")
                        .finds("Info SequenceBehind t_id_seq t.id")
                        .undecided(),
                Scenario.of("range_of_another_node")
                        .given(
                                "CREATE TABLE t(id serial PRIMARY KEY, v int); INSERT INTO t(v) SELECT g FROM generate_series(1, 2000) g;"
                                        + "INSERT INTO t SELECT g, 0 FROM generate_series(1000000001, 1000002000) g")
                        .finds("Info SequenceBehind t_id_seq t.id")
                        .undecided(),
                Scenario.of("loaded_rows_with_an_outlier")
                        .given(
                                "CREATE TABLE t(id serial PRIMARY KEY, v int); INSERT INTO t SELECT g, g FROM generate_series(1, 5000) g; INSERT INTO t VALUES (1000000000, 0)")
                        .fails(DUPLICATE, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical SequenceBehind t_id_seq t.id")
                        .saying("others, up to 1,000,000,000")
                        .leaves("Info SequenceBehind t_id_seq t.id"),
                Scenario.of("loaded_rows_with_gaps")
                        .given(
                                "CREATE TABLE t(id serial PRIMARY KEY, v int); INSERT INTO t SELECT g, g FROM generate_series(1, 90000, 7) g")
                        .fails(DUPLICATE, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical SequenceBehind t_id_seq t.id"),
                Scenario.of("loaded_rows_whose_first_half_was_deleted")
                        .given(
                                "CREATE TABLE t(id serial PRIMARY KEY, v int); INSERT INTO t SELECT g, g FROM generate_series(20001, 40000) g")
                        .finds("Warning SequenceBehind t_id_seq t.id")
                        .saying("never called over loaded rows"),
                Scenario.of("loaded_rows_that_fill_a_third_of_the_range")
                        .given(
                                "CREATE TABLE t(id smallserial PRIMARY KEY, v int); INSERT INTO t SELECT g, g FROM generate_series(1, 9000) g")
                        .fails(DUPLICATE, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical SequenceBehind t_id_seq t.id"),
                Scenario.of("few_rows_at_the_end_of_a_narrow_range")
                        .given("CREATE TABLE t(id smallserial PRIMARY KEY, v int); SELECT setval('t_id_seq', 500);"
                                + "INSERT INTO t VALUES (1400, 0)")
                        .finds("Critical SequenceBehind t_id_seq t.id")
                        .saying("decide what becomes of those rows")
                        .undecided(),
                Scenario.of("past_what_doubles_hold")
                        .given(
                                "CREATE SEQUENCE s START 9007199254740000; CREATE TABLE t(id bigint DEFAULT nextval('s') PRIMARY KEY, v int);"
                                        + "SELECT setval('s', 9007199254740000); INSERT INTO t SELECT 9007199254740000 + g, 0 FROM generate_series(1, 1500) g")
                        .fails(DUPLICATE, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical SequenceBehind s t.id")
                        .saying("2^53")
                        .undecided(),
                Scenario.of("order_column_beside_a_key")
                        .given(
                                "CREATE TABLE t(id bigserial, k uuid PRIMARY KEY DEFAULT md5(random()::text)::uuid, v int);"
                                        + "INSERT INTO t(id, v) SELECT g, g FROM generate_series(1, 50) g")
                        .finds("Info SequenceBehind t_id_seq t.id")
                        .undecided(),
                Scenario.of("copy_that_nobody_inserts_into")
                        .given(
                                "CREATE TABLE t(id serial PRIMARY KEY, v int); CREATE TABLE c(LIKE t INCLUDING ALL);"
                                        + "INSERT INTO c SELECT g, g FROM generate_series(1, 50) g; INSERT INTO t(v) VALUES (1)")
                        .finds("Warning SequenceBehind t_id_seq c.id")
                        .saying("decide whether rows are still inserted into")
                        .undecided());
    }

    @TestFactory
    Stream<DynamicContainer> composite_keys() {
        return ScenarioRunner.allServers(
                "SequenceBehind",
                Scenario.of("tenant_first_restored")
                        .given(
                                "CREATE TABLE t(tenant bigint NOT NULL, id bigint GENERATED BY DEFAULT AS IDENTITY, v text, PRIMARY KEY (tenant, id));"
                                        + "INSERT INTO t SELECT g % 50, g, repeat('x', 60) FROM generate_series(1, 20000) g")
                        .fails(DUPLICATE, "INSERT INTO t(tenant, v) SELECT 1, 'x' FROM generate_series(1, 60)")
                        .finds("Critical SequenceBehind t_id_seq t.id")
                        .saying("the very next insert"),
                Scenario.of("tenant_first_restored_with_an_outlier_and_new_rows_behind_it")
                        .given(
                                "CREATE TABLE t(tenant text NOT NULL, id bigint GENERATED BY DEFAULT AS IDENTITY, v text, PRIMARY KEY (tenant, id));"
                                        + "INSERT INTO t SELECT 't' || g % 50, g, repeat('x', 60) FROM generate_series(1, 20000) g; INSERT INTO t VALUES ('t3', 1000000000000, '');"
                                        + "INSERT INTO t(tenant) SELECT 'new' FROM generate_series(1, 40)")
                        .fails(DUPLICATE, "INSERT INTO t(tenant, v) SELECT 't41', 'x'")
                        .finds("Critical SequenceBehind t_id_seq t.id")
                        .leaves("Info SequenceBehind t_id_seq t.id"),
                Scenario.of("two_columns_first_restored")
                        .given(
                                "CREATE TABLE t(a int NOT NULL, b date NOT NULL, id bigint GENERATED BY DEFAULT AS IDENTITY, v text, PRIMARY KEY (a, b, id));"
                                        + "INSERT INTO t SELECT g % 5, '2020-01-01'::date + g % 7, g, repeat('x', 60) FROM generate_series(1, 20000) g")
                        .fails(DUPLICATE, "INSERT INTO t(a, b) SELECT 1, '2020-01-02' FROM generate_series(1, 60)")
                        .finds("Critical SequenceBehind t_id_seq t.id"),
                Scenario.of("tenant_first_descending")
                        .given(
                                "CREATE SEQUENCE s INCREMENT -1; CREATE TABLE t(tenant int NOT NULL, id int DEFAULT nextval('s'), v text, PRIMARY KEY (tenant, id));"
                                        + "INSERT INTO t SELECT g % 50, -g, repeat('x', 60) FROM generate_series(1, 20000) g")
                        .fails(DUPLICATE, "INSERT INTO t(tenant, v) SELECT 1, 'x' FROM generate_series(1, 60)")
                        .finds("Critical SequenceBehind s t.id"),
                Scenario.of("number_that_begins_again_each_year")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, yr int NOT NULL, no int DEFAULT nextval('s'), v text, UNIQUE (yr, no));"
                                        + "INSERT INTO t(yr) SELECT 2025 FROM generate_series(1, 4000); ALTER SEQUENCE s RESTART; INSERT INTO t(yr) SELECT 2026 FROM generate_series(1, 20)")
                        .finds("Info SequenceBehind s t.no")
                        .saying("begins again with each value of yr: 1 of 2 values")
                        .undecided(),
                Scenario.of("number_that_leads_the_key_and_begins_again_each_year")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, yr int NOT NULL, no int DEFAULT nextval('s'), v text, UNIQUE (no, yr));"
                                        + "INSERT INTO t(yr) SELECT 2025 FROM generate_series(1, 4000); ALTER SEQUENCE s RESTART; INSERT INTO t(yr) SELECT 2026 FROM generate_series(1, 20)")
                        .finds("Info SequenceBehind s t.no")
                        .saying("begins again with each value of yr")
                        .undecided(),
                Scenario.of("id_that_leads_the_key_of_tenants_restored")
                        .given(
                                "CREATE TABLE t(id bigserial, tenant int NOT NULL, v text, PRIMARY KEY (id, tenant));"
                                        + "INSERT INTO t SELECT g, g % 50, 'x' FROM generate_series(1, 4000) g; INSERT INTO t(tenant) SELECT (g * 7 + 3) % 50 FROM generate_series(1, 30) g")
                        .fails(DUPLICATE, "INSERT INTO t(tenant, v) SELECT 31, 'x'")
                        .finds("Critical SequenceBehind t_id_seq t.id"),
                Scenario.of("number_of_each_tenant_in_a_large_table")
                        .given(
                                "CREATE TABLE t(tenant int NOT NULL, id serial, v text, PRIMARY KEY (tenant, id));"
                                        + "INSERT INTO t SELECT a, g, repeat('x', 60) FROM generate_series(1, 40) a, generate_series(1, 50 * a) g")
                        .finds("Info SequenceBehind t_id_seq t.id")
                        .saying("decide whether new rows begin another value of tenant")
                        .undecided(),
                Scenario.of("number_of_this_year_that_was_restored")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(yr int NOT NULL, no int DEFAULT nextval('s'), v text, PRIMARY KEY (yr, no));"
                                        + "INSERT INTO t SELECT 2025, g FROM generate_series(1, 4000) g; INSERT INTO t SELECT 2026, g FROM generate_series(1, 300) g; SELECT setval('s', 10)")
                        .fails(DUPLICATE, "INSERT INTO t(yr) VALUES (2026)")
                        .finds("Warning SequenceBehind s t.no")
                        .saying("None of them ends where the sequence stands")
                        .undecided(),
                Scenario.of("tenant_first_in_step")
                        .given(
                                "CREATE TABLE t(tenant bigint NOT NULL, id bigint GENERATED BY DEFAULT AS IDENTITY, v text, PRIMARY KEY (tenant, id));"
                                        + "INSERT INTO t(tenant, v) SELECT g % 50, repeat('x', 60) FROM generate_series(1, 20000) g"),
                Scenario.of("thousands_of_leading_values_restored")
                        .given(
                                "CREATE TABLE t(tenant uuid NOT NULL, id bigint GENERATED BY DEFAULT AS IDENTITY, v text, PRIMARY KEY (tenant, id));"
                                        + "INSERT INTO t SELECT md5(g::text)::uuid, g, repeat('x', 60) FROM generate_series(1, 20000) g")
                        .finds("Critical SequenceBehind t_id_seq t.id"));
    }

    @TestFactory
    Stream<DynamicContainer> ids_that_are_no_plain_numbers() {
        return ScenarioRunner.allServers(
                "SequenceBehind",
                Scenario.of("char_of_a_fixed_length")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id char(6) PRIMARY KEY DEFAULT nextval('s'), v int);"
                                        + "INSERT INTO t SELECT g::text, g FROM generate_series(1, 30) g; SELECT setval('s', 5)")
                        .fails(DUPLICATE, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical SequenceBehind s t.id"),
                Scenario.of("citext")
                        .givenBySuperuser(
                                "CREATE EXTENSION IF NOT EXISTS citext SCHEMA public; GRANT USAGE ON SCHEMA public TO PUBLIC")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id public.citext PRIMARY KEY DEFAULT nextval('s')::text, v int);"
                                        + "INSERT INTO t SELECT g::text, g FROM generate_series(1, 30) g; SELECT setval('s', 5)")
                        .fails(DUPLICATE, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical SequenceBehind s t.id"),
                Scenario.of("prefix_and_zeros")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id text PRIMARY KEY DEFAULT 'R' || lpad(nextval('s')::text, 6, '0'), v int);"
                                        + "INSERT INTO t SELECT 'R' || lpad(g::text, 6, '0'), g FROM generate_series(1, 3000) g")
                        .fails(DUPLICATE, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical SequenceBehind s t.id"),
                Scenario.of("format_of_to_char")
                        .given(
                                "CREATE SEQUENCE s INCREMENT 5; CREATE TABLE t(id varchar(20) UNIQUE DEFAULT to_char(nextval('s'), '\"K-\"FM000000'), v int);"
                                        + "INSERT INTO t VALUES ('K-000011', 0)")
                        .fails(DUPLICATE, "INSERT INTO t(v) SELECT 1 FROM generate_series(1, 3)")
                        .finds("Critical SequenceBehind s t.id")
                        .saying("in 3 calls"),
                Scenario.of("computed_number")
                        .given("CREATE SEQUENCE s; CREATE TABLE t(id int PRIMARY KEY DEFAULT nextval('s') * 10, v int);"
                                + "INSERT INTO t SELECT g * 10, g FROM generate_series(1, 30) g")
                        .fails(DUPLICATE, "INSERT INTO t(v) VALUES (1)")
                        .finds("Critical SequenceBehind s t.id"),
                Scenario.of("prefix_in_step")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id text PRIMARY KEY DEFAULT 'R' || lpad(nextval('s')::text, 6, '0'), v int);"
                                        + "INSERT INTO t(v) SELECT g FROM generate_series(1, 30) g; INSERT INTO t VALUES ('40', 0), ('S000031', 0)"),
                Scenario.of("never_called_where_a_function_of_a_user_makes_the_id")
                        .given(
                                "CREATE FUNCTION f(bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'X' || $1 $$;"
                                        + "CREATE SEQUENCE s; CREATE TABLE t(id text PRIMARY KEY DEFAULT f(nextval('s')), v int);"
                                        + "INSERT INTO t SELECT f(g), g FROM generate_series(1, 30) g; ANALYZE t")
                        .fails(DUPLICATE, "INSERT INTO t(v) VALUES (1)")
                        .finds("Warning SequenceBehind s t.id")
                        .saying("was never called, but")
                        .undecided(),
                Scenario.of("called_where_a_function_of_a_user_makes_the_id")
                        .given(
                                "CREATE FUNCTION f(bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'X' || $1 $$;"
                                        + "CREATE SEQUENCE s; CREATE TABLE t(id text PRIMARY KEY DEFAULT f(nextval('s')), v int);"
                                        + "INSERT INTO t(v) SELECT g FROM generate_series(1, 30) g; ANALYZE t"),
                Scenario.of("never_called_over_an_empty_table")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE t(id uuid PRIMARY KEY DEFAULT md5(nextval('s')::text)::uuid, v int)"));
    }
}
