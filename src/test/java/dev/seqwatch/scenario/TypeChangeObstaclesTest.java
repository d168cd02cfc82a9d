package dev.seqwatch.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.seqwatch.check.Finding;
import dev.seqwatch.testing.PostgresServer;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A column whose type PostgreSQL refuses to change gets a question that names the reason, and no script that fails. */
class TypeChangeObstaclesTest {
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
