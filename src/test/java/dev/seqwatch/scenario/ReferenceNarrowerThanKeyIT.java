package dev.seqwatch.scenario;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

class ReferenceNarrowerThanKeyIT {
    private static final String OUT_OF_RANGE = "22003";
    private static final String KEY = "CREATE TABLE k(id bigserial PRIMARY KEY, v int);";
    private static final String BIG_KEY = "INSERT INTO k(id, v) VALUES (3000000000, 0);";

    @TestFactory
    Stream<DynamicContainer> narrow_references() {
        return ScenarioRunner.allServers(
                "ReferenceNarrowerThanKey",
                Scenario.of("integer_to_bigint")
                        .given(KEY + "CREATE TABLE r(k_id int REFERENCES k)")
                        .fails(OUT_OF_RANGE, BIG_KEY + "INSERT INTO r VALUES (3000000000)")
                        .finds("Warning ReferenceNarrowerThanKey k_id_seq r.k_id")
                        .saying("r.k_id is integer but references")
                        .saying("k.id, which is bigint")
                        .saying("r_k_id_fkey"),
                Scenario.of("smallint_to_integer")
                        .given("CREATE TABLE k(id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v int);"
                                + "CREATE TABLE r(k_id smallint REFERENCES k)")
                        .fails(
                                OUT_OF_RANGE,
                                "INSERT INTO k(id, v) OVERRIDING SYSTEM VALUE VALUES (40000, 0); INSERT INTO r VALUES (40000)")
                        .finds("Warning ReferenceNarrowerThanKey k_id_seq r.k_id"),
                Scenario.of("itself")
                        .given("CREATE TABLE k(id bigserial PRIMARY KEY, v int, parent int REFERENCES k)")
                        .fails(OUT_OF_RANGE, BIG_KEY + "INSERT INTO k(v, parent) VALUES (1, 3000000000)")
                        .finds("Warning ReferenceNarrowerThanKey k_id_seq k.parent"),
                Scenario.of("chain_of_three")
                        .given(
                                KEY
                                        + "CREATE TABLE a(k_id int PRIMARY KEY REFERENCES k); CREATE TABLE b(a_id int REFERENCES a)")
                        .fails(
                                OUT_OF_RANGE,
                                BIG_KEY + "INSERT INTO a VALUES (3000000000); INSERT INTO b VALUES (3000000000)")
                        .finds("Warning ReferenceNarrowerThanKey k_id_seq a.k_id"),
                Scenario.of("chain_narrow_at_its_end")
                        .given(
                                KEY
                                        + "CREATE TABLE a(k_id bigint PRIMARY KEY REFERENCES k); CREATE TABLE b(a_id int REFERENCES a)")
                        .finds("Warning ReferenceNarrowerThanKey k_id_seq b.a_id")
                        .saying("references chain_narrow_at_its_end.a.k_id"),
                Scenario.of("ring")
                        .given(
                                KEY + "CREATE TABLE a(id int PRIMARY KEY REFERENCES k);"
                                        + "CREATE TABLE b(id int PRIMARY KEY REFERENCES a); ALTER TABLE a ADD FOREIGN KEY (id) REFERENCES b")
                        .finds("Warning ReferenceNarrowerThanKey k_id_seq a.id"),
                Scenario.of("several_columns")
                        .given("CREATE TABLE k(tenant int, id bigserial, PRIMARY KEY (tenant, id));"
                                + "CREATE TABLE r(k_id int, tenant int, FOREIGN KEY (tenant, k_id) REFERENCES k)")
                        .fails(
                                OUT_OF_RANGE,
                                "INSERT INTO k VALUES (1, 3000000000); INSERT INTO r VALUES (3000000000, 1)")
                        .finds("Warning ReferenceNarrowerThanKey k_id_seq r.k_id"),
                Scenario.of("not_valid")
                        .given(KEY + "CREATE TABLE r(k_id int); INSERT INTO r VALUES (77);"
                                + "ALTER TABLE r ADD CONSTRAINT later FOREIGN KEY (k_id) REFERENCES k NOT VALID")
                        .fails(OUT_OF_RANGE, BIG_KEY + "INSERT INTO r VALUES (3000000000)")
                        .finds("Warning ReferenceNarrowerThanKey k_id_seq r.k_id")
                        .saying("constraint later"),
                Scenario.of("to_a_partitioned_table")
                        .given("CREATE TABLE k(id bigserial, at int, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);"
                                + "CREATE TABLE k1 PARTITION OF k DEFAULT;"
                                + "CREATE TABLE r(k_at int, k_id int, FOREIGN KEY (k_id, k_at) REFERENCES k)")
                        .fails(
                                OUT_OF_RANGE,
                                "INSERT INTO k VALUES (3000000000, 1); INSERT INTO r VALUES (1, 3000000000)")
                        .finds("Warning ReferenceNarrowerThanKey k_id_seq r.k_id"),
                Scenario.of("on_a_partitioned_table")
                        .given(
                                KEY + "CREATE TABLE r(at int NOT NULL, k_id int REFERENCES k) PARTITION BY RANGE (at);"
                                        + "CREATE TABLE r1(k_id int, at int NOT NULL); ALTER TABLE r ATTACH PARTITION r1 DEFAULT")
                        .fails(OUT_OF_RANGE, BIG_KEY + "INSERT INTO r VALUES (1, 3000000000)")
                        .finds("Warning ReferenceNarrowerThanKey k_id_seq r.k_id"),
                Scenario.of("on_an_inheriting_table")
                        .given(
                                KEY
                                        + "CREATE TABLE r(k_id int REFERENCES k); CREATE TABLE c(FOREIGN KEY (k_id) REFERENCES k) INHERITS (r)")
                        .fails(OUT_OF_RANGE, BIG_KEY + "INSERT INTO c VALUES (3000000000)")
                        .finds("Warning ReferenceNarrowerThanKey k_id_seq r.k_id"),
                Scenario.of("numeric_key")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE k(id numeric(20) DEFAULT nextval('s') PRIMARY KEY, v int);"
                                        + "CREATE TABLE r(k_id numeric(6) REFERENCES k)")
                        .fails(OUT_OF_RANGE, BIG_KEY + "INSERT INTO r VALUES (3000000000)")
                        .finds("Warning ReferenceNarrowerThanKey s r.k_id"),
                Scenario.of("in_a_view")
                        .given(KEY + "CREATE TABLE r(k_id int REFERENCES k); CREATE VIEW w AS SELECT k_id FROM r")
                        .finds("Warning ReferenceNarrowerThanKey k_id_seq r.k_id")
                        .saying("in_a_view.w")
                        .undecided(),
                Scenario.of("behind_it_a_view")
                        .given(KEY
                                + "CREATE TABLE a(k_id int PRIMARY KEY REFERENCES k); CREATE TABLE b(a_id int REFERENCES a);"
                                + "CREATE VIEW w AS SELECT a_id FROM b")
                        .finds("Warning ReferenceNarrowerThanKey k_id_seq a.k_id")
                        .saying("behind_it_a_view.w")
                        .undecided(),
                Scenario.of("odd_names")
                        .given("CREATE TABLE \"K;\"(\"I d\" bigserial PRIMARY KEY);"
                                + "CREATE TABLE \"R\"\"'\"(\"k\nid\" int CONSTRAINT \"c;\nx\" REFERENCES \"K;\")")
                        .fails(
                                OUT_OF_RANGE,
                                "INSERT INTO \"K;\" VALUES (3000000000); INSERT INTO \"R\"\"'\" VALUES (3000000000)")
                        .finds("Warning ReferenceNarrowerThanKey K;_I d_seq R\"'.k\nid"),
                Scenario.of("key_of_the_application")
                        .given("CREATE TABLE k(id bigint PRIMARY KEY, v int); CREATE TABLE r(k_id int REFERENCES k)")
                        .fails(OUT_OF_RANGE, BIG_KEY + "INSERT INTO r VALUES (3000000000)")
                        .finds("Warning ReferenceNarrowerThanKey r.k_id")
                        .saying("r.k_id is integer but references")
                        .saying("constraint r_k_id_fkey"),
                Scenario.of("key_of_a_computing_default")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE k(id bigint PRIMARY KEY DEFAULT (1::bigint << 40) + nextval('s') % 1024, v int);"
                                        + "CREATE TABLE r(k_id int REFERENCES k)")
                        .fails(OUT_OF_RANGE, "INSERT INTO k(v) VALUES (1); INSERT INTO r SELECT id FROM k")
                        .finds("Warning ReferenceNarrowerThanKey r.k_id"),
                Scenario.of("given_key_and_a_chain")
                        .given(
                                "CREATE TABLE k(id bigint PRIMARY KEY, v int); CREATE TABLE a(id int PRIMARY KEY REFERENCES k);"
                                        + "CREATE TABLE b(id int REFERENCES a)")
                        .fails(
                                OUT_OF_RANGE,
                                BIG_KEY + "INSERT INTO a VALUES (3000000000); INSERT INTO b VALUES (3000000000)")
                        .finds("Warning ReferenceNarrowerThanKey a.id"),
                Scenario.of("given_numeric_key")
                        .given(
                                "CREATE TABLE k(id numeric(9) PRIMARY KEY, v int); CREATE TABLE r(k_id numeric(4) REFERENCES k)")
                        .fails(OUT_OF_RANGE, "INSERT INTO k VALUES (70000, 0); INSERT INTO r VALUES (70000)")
                        .finds("Warning ReferenceNarrowerThanKey r.k_id"),
                Scenario.of("given_key_of_a_domain")
                        .given("CREATE DOMAIN code AS integer; CREATE DOMAIN short AS smallint;"
                                + "CREATE TABLE k(id code PRIMARY KEY, v int); CREATE TABLE r(k_id short REFERENCES k)")
                        .fails(OUT_OF_RANGE, "INSERT INTO k VALUES (70000, 0); INSERT INTO r VALUES (70000)")
                        .finds("Warning ReferenceNarrowerThanKey r.k_id")
                        .saying("which is given_key_of_a_domain.code")
                        .undecided(),
                Scenario.of("given_key_and_partitions")
                        .given(
                                "CREATE TABLE k(id bigint, at int, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);"
                                        + "CREATE TABLE k1 PARTITION OF k DEFAULT;"
                                        + "CREATE TABLE r(k_id int, at int, FOREIGN KEY (k_id, at) REFERENCES k) PARTITION BY RANGE (at);"
                                        + "CREATE TABLE r1 PARTITION OF r FOR VALUES FROM (0) TO (9); CREATE TABLE r2 PARTITION OF r DEFAULT")
                        .fails(
                                OUT_OF_RANGE,
                                "INSERT INTO k VALUES (3000000000, 1); INSERT INTO r VALUES (3000000000, 1)")
                        .finds("Warning ReferenceNarrowerThanKey r.k_id"),
                Scenario.of("given_key_and_children")
                        .given("CREATE TABLE k(id bigint PRIMARY KEY, v int); CREATE TABLE r(k_id int REFERENCES k);"
                                + "CREATE TABLE c(FOREIGN KEY (k_id) REFERENCES k) INHERITS (r)")
                        .fails(OUT_OF_RANGE, BIG_KEY + "INSERT INTO c VALUES (3000000000)")
                        .finds("Warning ReferenceNarrowerThanKey r.k_id"),
                Scenario.of("given_key_of_text")
                        .given(
                                "CREATE TABLE k(id varchar(20) PRIMARY KEY); CREATE TABLE r(k_id varchar(10) REFERENCES k)"),
                Scenario.of("given_key_of_the_same_width")
                        .given("CREATE TABLE k(id int PRIMARY KEY); CREATE TABLE r(k_id int REFERENCES k)"),
                Scenario.of("given_wide_numeric_key")
                        .given("CREATE TABLE k(id numeric(38) PRIMARY KEY); CREATE TABLE r(k_id bigint REFERENCES k)"),
                Scenario.of("same_width").given(KEY + "CREATE TABLE r(k_id bigint REFERENCES k)"),
                Scenario.of("wider")
                        .given("CREATE TABLE k(id serial PRIMARY KEY); CREATE TABLE r(k_id bigint REFERENCES k)"),
                Scenario.of("bigint_to_a_wider_numeric")
                        .given(
                                "CREATE SEQUENCE s; CREATE TABLE k(id numeric(20) DEFAULT nextval('s') PRIMARY KEY); CREATE TABLE r(k_id bigint REFERENCES k);"
                                        + "CREATE SEQUENCE t; CREATE TABLE l(id numeric(38) DEFAULT nextval('t') PRIMARY KEY); CREATE TABLE q(l_id bigint REFERENCES l)"),
                Scenario.of("another_column_of_the_key")
                        .given(
                                "CREATE TABLE k(tenant int, id bigserial, PRIMARY KEY (tenant, id));"
                                        + "CREATE TABLE r(k_id bigint, tenant smallint, FOREIGN KEY (tenant, k_id) REFERENCES k)")
                        .fails(OUT_OF_RANGE, "INSERT INTO k VALUES (70000, 1); INSERT INTO r VALUES (1, 70000)")
                        .finds("Warning ReferenceNarrowerThanKey r.tenant"),
                Scenario.of("all_columns_of_the_key_fit")
                        .given(
                                "CREATE TABLE k(tenant smallint, id bigserial, PRIMARY KEY (tenant, id));"
                                        + "CREATE TABLE r(k_id bigint, tenant smallint, FOREIGN KEY (tenant, k_id) REFERENCES k)"),
                Scenario.of("no_constraint").given(KEY + "CREATE TABLE r(k_id int)"));
    }
}
