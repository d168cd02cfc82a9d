package dev.seqwatch.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.seqwatch.check.Finding;
import dev.seqwatch.model.NotCheckedReason;
import dev.seqwatch.model.StoredIds;
import dev.seqwatch.testing.PostgresServer;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A column whose type PostgreSQL refuses to change gets a question that names the reason, and no script that fails. */
class TypeChangeObstaclesIT {
    private static final String F =
            "CREATE FUNCTION half(i int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT i / 2'; ";

    /** What to create, by what the question names; the key is {@code t.id}. */
    private static final Map<String, String> SHAPES = new TreeMap<>(
            Map.of(
                    "index public.t_half, which calls public.half(integer)",
                    F + "CREATE TABLE t (id serial PRIMARY KEY); CREATE INDEX t_half ON t (half(id))",
                    "index public.t_some, which calls public.half(integer)",
                    F + "CREATE TABLE t (id serial PRIMARY KEY); CREATE INDEX t_some ON t (id) WHERE half(id) > 5",
                    "constraint t_id_check on table public.t, which calls public.half(integer)",
                    F + "CREATE TABLE t (id serial PRIMARY KEY, CHECK (half(id) >= 0))",
                    "index public.t_brin, whose operator class int4_bloom_ops takes integer alone",
                    "CREATE TABLE t (id serial PRIMARY KEY); CREATE INDEX t_brin ON t USING brin (id int4_bloom_ops)",
                    "the partition key of public.t",
                    "CREATE TABLE t (id serial) PARTITION BY LIST ((id % 2)); CREATE TABLE t0 PARTITION OF t FOR VALUES IN (0, 1)"));

    /** Those of 18 alone. */
    private static final Map<String, String> OF_18 = Map.of(
            "constraint c_pkey on table public.c",
            "CREATE TABLE t (id serial PRIMARY KEY); CREATE TABLE c (PRIMARY KEY (id)) INHERITS (t)",
            "constraint r_id_during_fkey on table public.r, which has a PERIOD",
            "CREATE TABLE t (id serial, during int4range, PRIMARY KEY (id, during WITHOUT OVERLAPS));"
                    + "CREATE TABLE r (id int, during int4range, FOREIGN KEY (id, PERIOD during) REFERENCES t (id, PERIOD during))");

    /** Code that PostgreSQL does not connect with the column; the change passes, and the call fails afterwards. */
    private static final Map<String, String> OF_CODE = Map.of(
            "function public.f(), whose RETURN QUERY fails where the type is not integer",
            "CREATE FUNCTION f() RETURNS TABLE (no int) LANGUAGE plpgsql AS 'BEGIN RETURN QUERY SELECT t.id FROM t; END'",
            "function public.f(integer), whose RETURN QUERY fails where the type is not integer",
            "CREATE FUNCTION f(i int DEFAULT 0) RETURNS SETOF int LANGUAGE plpgsql AS 'BEGIN return  query EXECUTE ''SELECT max(\"id\") FROM public.T''; END'",
            "function public.f(text), whose RETURN QUERY fails where the type is not integer",
            "CREATE TYPE pair AS (a int, b text); CREATE FUNCTION f(s text DEFAULT '') RETURNS SETOF pair LANGUAGE plpgsql AS 'BEGIN RETURN QUERY SELECT id, s FROM t; END'");

    static Stream<Arguments> code() {
        return Stream.of(PostgresServer.of(13), PostgresServer.of(18))
                .flatMap(server -> OF_CODE.entrySet().stream()
                        .map(shape -> Arguments.of(server, shape.getKey(), shape.getValue())));
    }

    @ParameterizedTest
    @MethodSource("code")
    void code_that_would_fail_afterwards_is_named(PostgresServer server, String reason, String code)
            throws SQLException {
        try (var database = server.database()) {
            database.execute("CREATE TABLE t (id serial PRIMARY KEY); INSERT INTO t DEFAULT VALUES; " + code);
            database.execute("SELECT * FROM f()");

            assertThat(Inspect.at(database))
                    .filteredOn(finding -> finding.check().equals("KeyNotBigint"))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.message()).contains(reason))
                    .extracting(Finding::remedy)
                    .isNull();
            database.execute("ALTER TABLE t ALTER id TYPE bigint");
            assertThatThrownBy(() -> database.execute("SELECT * FROM f()"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42804"));
        }
    }

    /** Of other tables and columns, of other languages, and without a type that has to match. */
    @ParameterizedTest
    @MethodSource("servers")
    void other_code_leaves_the_script_as_it_is(PostgresServer server) throws SQLException {
        try (var database = server.database()) {
            database.execute("""
                    CREATE TABLE t (id serial PRIMARY KEY); INSERT INTO t DEFAULT VALUES; CREATE TABLE tt (id bigint);
                    CREATE FUNCTION of_sql() RETURNS TABLE (no int) LANGUAGE sql AS 'SELECT id FROM t';
                    CREATE FUNCTION of_rows() RETURNS SETOF t LANGUAGE plpgsql AS 'BEGIN RETURN QUERY SELECT id FROM t; END';
                    CREATE FUNCTION of_another() RETURNS SETOF int LANGUAGE plpgsql AS 'BEGIN RETURN QUERY SELECT id::int FROM tt; END';
                    CREATE FUNCTION of_none() RETURNS SETOF int LANGUAGE plpgsql AS 'BEGIN RETURN QUERY SELECT 1 FROM t; END';
                    """);

            Inspect.run(
                    database,
                    Inspect.at(database).stream()
                            .filter(finding -> finding.check().equals("KeyNotBigint"))
                            .filter(finding -> finding.subject().toString().contains("public.t.id"))
                            .findFirst()
                            .orElseThrow());
            database.execute("SELECT of_sql(), of_rows(), of_another(), of_none()");
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void a_foreign_table_only_declares_a_type(PostgresServer server) throws SQLException {
        try (var database = server.database()) {
            database.execute("""
                    CREATE FOREIGN DATA WRAPPER nothing; CREATE SERVER elsewhere FOREIGN DATA WRAPPER nothing;
                    CREATE SEQUENCE s; SELECT setval('s', 2147483600);
                    CREATE FOREIGN TABLE t (id int NOT NULL DEFAULT nextval('s'), v int) SERVER elsewhere;
                    """);
            assertThat(Inspect.at(database))
                    .filteredOn(finding -> finding.check().equals("SequenceExhaustion"))
                    .singleElement()
                    .satisfies(
                            finding -> assertThat(finding.message())
                                    .contains(
                                            "foreign table public.t, which only declares the type that the column has on another server"))
                    .extracting(Finding::remedy)
                    .isNull();
            database.execute("ALTER TABLE t ALTER id TYPE bigint");
            assertThat(Inspect.state(database)
                            .sequences()
                            .getFirst()
                            .sequenceColumns()
                            .getFirst()
                            .stored()
                            .gaps())
                    .extracting(StoredIds.Gap::reason)
                    .containsExactly(NotCheckedReason.ForeignTable);
        }
    }

    static Stream<PostgresServer> servers() {
        return Stream.of(PostgresServer.of(13), PostgresServer.of(18));
    }

    static Stream<Arguments> shapes() {
        return Stream.of(PostgresServer.of(13), PostgresServer.of(18))
                .flatMap(server -> Stream.concat(
                                SHAPES.entrySet().stream(),
                                server.major() >= 18 ? OF_18.entrySet().stream() : Stream.of())
                        .filter(shape ->
                                server.major() >= 14 || !shape.getValue().contains("brin"))
                        .map(shape -> Arguments.of(server, shape.getKey(), shape.getValue())));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void the_reason_is_named_before_the_first_statement(PostgresServer server, String reason, String shape)
            throws SQLException {
        try (var database = server.database()) {
            if (shape.contains("OVERLAPS")) {
                database.execute("CREATE EXTENSION btree_gist");
            }
            database.execute(shape);
            assertThatThrownBy(() -> database.execute(references(shape) + "ALTER TABLE t ALTER id TYPE bigint"))
                    .as("what the question is about")
                    .isInstanceOf(SQLException.class);

            assertThat(Inspect.at(database))
                    .filteredOn(finding -> finding.check().equals("KeyNotBigint"))
                    .filteredOn(finding -> finding.subject().toString().contains("public.t.id"))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.message()).contains(reason))
                    .extracting(Finding::remedy)
                    .isNull();
        }
    }

    /** A remedy widens references before their key. */
    private static String references(String shape) {
        return shape.contains("TABLE r ") ? "ALTER TABLE r ALTER id TYPE bigint; " : "";
    }
}
