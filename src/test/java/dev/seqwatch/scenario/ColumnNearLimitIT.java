package dev.seqwatch.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.check.CheckPolicy;
import dev.seqwatch.check.Checks;
import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.forecast.PositionHistory;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.testing.PostgresServer;
import java.math.BigInteger;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ColumnNearLimitIT {
    private static final String OUT_OF_RANGE = "22003";
    private static final String IDS_AT_THE_END = "SELECT 2147483000 + g FROM generate_series(1, 600) AS g";

    @TestFactory
    Stream<DynamicContainer> columns_near_their_end() {
        return ScenarioRunner.allServers(
                "ColumnNearLimit",
                Scenario.of("key_of_the_application")
                        .given("CREATE TABLE t(id int PRIMARY KEY); INSERT INTO t " + IDS_AT_THE_END)
                        .fails(OUT_OF_RANGE, "INSERT INTO t VALUES (2147483648)")
                        .finds("Critical ColumnNearLimit t.id")
                        .saying("stores ids up to 2,147,483,600, 99.9 % of its type integer")
                        .saying("47 values left"),
                Scenario.of("smallint_key")
                        .given(
                                "CREATE TABLE t(id smallint PRIMARY KEY); INSERT INTO t SELECT 32000 + g FROM generate_series(1, 300) AS g")
                        .fails(OUT_OF_RANGE, "INSERT INTO t VALUES (32768)")
                        .finds("Critical ColumnNearLimit t.id"),
                Scenario.of("between_the_thresholds")
                        .given(
                                "CREATE TABLE t(id int PRIMARY KEY); INSERT INTO t SELECT 1700000000 + g FROM generate_series(1, 600) AS g")
                        .finds("Warning ColumnNearLimit t.id"),
                Scenario.of("given_ids_below_zero")
                        .given(
                                "CREATE SEQUENCE s INCREMENT -1; CREATE TABLE t(id int DEFAULT nextval('s') PRIMARY KEY);"
                                        + "INSERT INTO t SELECT -2147483000 - g FROM generate_series(1, 600) AS g")
                        .fails(OUT_OF_RANGE, "INSERT INTO t VALUES (-2147483649)")
                        .finds("Critical ColumnNearLimit s t.id")
                        .saying("stores ids down to -2,147,483,600"),
                Scenario.of("view_on_another_partition")
                        .given(
                                "CREATE TABLE t(k int, user_id int) PARTITION BY LIST (k); CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);"
                                        + "CREATE TABLE t2 PARTITION OF t FOR VALUES IN (2); CREATE VIEW v AS SELECT user_id FROM t2; CREATE INDEX ON t(user_id);"
                                        + "CREATE TABLE u(id bigint PRIMARY KEY); INSERT INTO u "
                                        + IDS_AT_THE_END
                                        + "; ALTER TABLE t ADD FOREIGN KEY (user_id) REFERENCES u; INSERT INTO t SELECT 1, id FROM u")
                        .fails(OUT_OF_RANGE, "INSERT INTO u VALUES (2147483648); INSERT INTO t VALUES (1, 2147483648)")
                        .finds("Critical ColumnNearLimit t.user_id")
                        .undecided(),
                Scenario.of("few_rows")
                        .given(
                                "CREATE TABLE t(id int PRIMARY KEY); INSERT INTO t VALUES (2147483001), (2147483322), (2147483555)")
                        .fails(OUT_OF_RANGE, "INSERT INTO t VALUES (2147483648)")
                        .finds("Warning ColumnNearLimit t.id"),
                Scenario.of("ids_of_clients_beside_a_sequence")
                        .given("CREATE SEQUENCE s INCREMENT 2; CREATE TABLE t(id int PRIMARY KEY DEFAULT nextval('s'));"
                                + "INSERT INTO t SELECT 2147480000 + g * 2 FROM generate_series(1, 600) AS g")
                        .fails(OUT_OF_RANGE, "INSERT INTO t VALUES (2147483648)")
                        .finds("Critical ColumnNearLimit s t.id"),
                Scenario.of("key_and_references")
                        .given("CREATE TABLE t(id int PRIMARY KEY); INSERT INTO t " + IDS_AT_THE_END
                                + "; CREATE TABLE r(t_id int REFERENCES t); INSERT INTO r SELECT id FROM t")
                        .fails(OUT_OF_RANGE, "INSERT INTO t VALUES (2147483648); INSERT INTO r VALUES (2147483648)")
                        .finds("Critical ColumnNearLimit t.id"),
                Scenario.of("reference_narrower_than_a_given_key")
                        .given("CREATE TABLE t(id bigint PRIMARY KEY); INSERT INTO t " + IDS_AT_THE_END
                                + "; CREATE TABLE r(t_id int REFERENCES t); INSERT INTO r SELECT id FROM t")
                        .fails(OUT_OF_RANGE, "INSERT INTO t VALUES (2147483648); INSERT INTO r VALUES (2147483648)")
                        .finds("Critical ColumnNearLimit r.t_id"),
                Scenario.of("reference_without_foreign_key")
                        .given(
                                "CREATE TABLE audit(order_id int, v text);"
                                        + "INSERT INTO audit SELECT 2000000000 + g * 7, repeat('x', 30) FROM generate_series(1, 20000) AS g; ANALYZE audit")
                        .fails(OUT_OF_RANGE, "INSERT INTO audit VALUES (2147483648)")
                        .finds("Warning ColumnNearLimit audit.order_id")
                        .saying("Seen in the column's statistics of the ANALYZE at 20"),
                Scenario.of("elements")
                        .given(
                                "CREATE TABLE t(ids int[]);"
                                        + "INSERT INTO t SELECT ARRAY[2000000000 + g, 2000000001 + g] FROM generate_series(1, 500) AS g; ANALYZE t")
                        .fails(OUT_OF_RANGE, "INSERT INTO t VALUES (ARRAY[2147483648])")
                        .finds("Warning ColumnNearLimit t.ids")
                        .saying("its type integer[]"),
                Scenario.of("partitions")
                        .given("CREATE TABLE t(id int, at int, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);"
                                + "CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (5); CREATE TABLE t2 PARTITION OF t DEFAULT;"
                                + "INSERT INTO t SELECT 2147483000 + g, g % 9 FROM generate_series(1, 600) AS g")
                        .fails(OUT_OF_RANGE, "INSERT INTO t VALUES (2147483648, 1)")
                        .finds("Warning ColumnNearLimit t.id"),
                Scenario.of("children")
                        .given(
                                "CREATE TABLE t(id int PRIMARY KEY); CREATE TABLE c(UNIQUE (id)) INHERITS (t); INSERT INTO c "
                                        + IDS_AT_THE_END)
                        .fails(OUT_OF_RANGE, "INSERT INTO c VALUES (2147483648)")
                        .finds("Critical ColumnNearLimit t.id"),
                Scenario.of("domain")
                        .given("CREATE DOMAIN code AS int; CREATE TABLE t(id code PRIMARY KEY); INSERT INTO t "
                                + IDS_AT_THE_END)
                        .fails(OUT_OF_RANGE, "INSERT INTO t VALUES (2147483648)")
                        .finds("Critical ColumnNearLimit t.id")
                        .undecided(),
                Scenario.of("in_a_view")
                        .given("CREATE TABLE t(id int PRIMARY KEY); CREATE VIEW w AS SELECT id FROM t; INSERT INTO t "
                                + IDS_AT_THE_END)
                        .fails(OUT_OF_RANGE, "INSERT INTO t VALUES (2147483648)")
                        .finds("Critical ColumnNearLimit t.id")
                        .saying("in_a_view.w")
                        .undecided(),
                Scenario.of("odd_names")
                        .given("CREATE TABLE \"last\"\"'\"(\"id;\n\" int PRIMARY KEY); INSERT INTO \"last\"\"'\" "
                                + IDS_AT_THE_END)
                        .fails(OUT_OF_RANGE, "INSERT INTO \"last\"\"'\" VALUES (2147483648)")
                        .finds("Critical ColumnNearLimit last\"'.id;\n"),
                Scenario.of("said_by_the_sequence")
                        .given(
                                "CREATE TABLE t(id serial PRIMARY KEY); SELECT setval('t_id_seq', 2147483600); INSERT INTO t "
                                        + IDS_AT_THE_END)
                        .fails("2200H", "INSERT INTO t SELECT FROM generate_series(1, 60)")
                        .finds("Critical SequenceExhaustion t_id_seq t.id"),
                Scenario.of("said_of_the_reference")
                        .given(
                                "CREATE TABLE t(id bigserial PRIMARY KEY); CREATE TABLE r(t_id int REFERENCES t); SELECT setval('t_id_seq', 2147483600);"
                                        + "INSERT INTO t " + IDS_AT_THE_END + "; INSERT INTO r SELECT id FROM t")
                        .finds("Critical SequenceExhaustion t_id_seq t.id"),
                Scenario.of("below_the_threshold")
                        .given(
                                "CREATE TABLE t(id int PRIMARY KEY); INSERT INTO t SELECT 1600000000 + g FROM generate_series(1, 600) AS g"),
                Scenario.of("sentinels")
                        .given("CREATE TABLE t(id int PRIMARY KEY, position int, rank smallint, amount int);"
                                + "INSERT INTO t SELECT g, CASE g % 9 WHEN 0 THEN 2147483647 ELSE g END, CASE g % 9 WHEN 0 THEN 32767 ELSE 5 END,"
                                + " CASE g % 9 WHEN 0 THEN 2000000000 WHEN 1 THEN 1999999999 ELSE g END FROM generate_series(1, 500) AS g;"
                                + "INSERT INTO t VALUES (2147483647, 0, 0, 0); ANALYZE t"),
                Scenario.of("exceptions")
                        .given("CREATE TABLE t(id int PRIMARY KEY); INSERT INTO t SELECT generate_series(1, 1500);"
                                + "INSERT INTO t VALUES (2147483001), (2147483002), (2147483003)"),
                Scenario.of("hashes")
                        .given(
                                "CREATE TABLE t(hash int PRIMARY KEY); INSERT INTO t SELECT hashtext(g::text) FROM generate_series(1, 3000) AS g ON CONFLICT DO NOTHING; ANALYZE t"),
                Scenario.of("random_numbers")
                        .given(
                                "CREATE TABLE t(token int, v text); INSERT INTO t SELECT random() * 2147483646, repeat('x', 30) FROM generate_series(1, 20000) AS g; ANALYZE t"),
                Scenario.of("times")
                        .given("CREATE TABLE t(created int, changed int);"
                                + "INSERT INTO t SELECT extract(epoch FROM now())::int - g * 3600, CASE WHEN g % 2 = 0 THEN 0 ELSE extract(epoch FROM now())::int - g END"
                                + " FROM generate_series(1, 2000) AS g; ANALYZE t"),
                Scenario.of("hours")
                        .given(
                                "CREATE TABLE t(hour int); INSERT INTO t SELECT to_char(timestamp '2026-01-01' + g * interval '1 hour', 'YYYYMMDDHH24')::int"
                                        + " FROM generate_series(1, 2000) AS g; ANALYZE t"),
                Scenario.of("bit_masks")
                        .given(
                                "CREATE TABLE t(mask int); INSERT INTO t SELECT 1610612736 + (g % 8) * 65536 FROM generate_series(1, 2000) AS g; ANALYZE t"),
                Scenario.of("restarted_at_the_lower_end")
                        .given("CREATE TABLE t(id int PRIMARY KEY); INSERT INTO t " + IDS_AT_THE_END
                                + "; INSERT INTO t SELECT -2147483648 + g FROM generate_series(1, 600) AS g"),
                Scenario.of("bigint").given("CREATE TABLE t(id bigint PRIMARY KEY); INSERT INTO t " + IDS_AT_THE_END));
    }

    @Test
    void a_second_look_tells_when_the_end_is_reached() throws SQLException {
        try (var database = PostgresServer.of(18).database()) {
            database.execute("CREATE TABLE t(id int PRIMARY KEY); INSERT INTO t " + IDS_AT_THE_END);
            var column = new RelationName("public", "t").column("id");
            var state = Inspect.state(database);
            var seen = DatabaseHistory.NONE.with(state).columns().get(column);
            assertThat(seen).isEqualTo(seenBefore(state, Duration.ZERO, 2_147_483_600L));

            assertThat(message(state, seenBefore(state, Duration.ofDays(10), 2_147_483_100L)))
                    .contains(
                            "It grew by 500 values in the last 10 days; at that rate it reaches the end in about 22 hours.");
            assertThat(message(state, seenBefore(state, Duration.ofMinutes(20), 2_147_483_100L)))
                    .as("too short a time")
                    .doesNotContain("at that rate");
            assertThat(message(state, seenBefore(state, Duration.ofDays(10), 2_147_483_600L)))
                    .as("nothing came")
                    .doesNotContain("at that rate");
            assertThat(message(state, seenBefore(state, Duration.ofDays(10), 2_147_483_640L)))
                    .as("rows were deleted")
                    .doesNotContain("at that rate");
        }
    }

    private static PositionHistory seenBefore(DatabaseState state, Duration before, long value) {
        return PositionHistory.EMPTY.with(
                new PositionHistory.Sample(state.takenAt().minus(before), BigInteger.valueOf(value)));
    }

    private static String message(DatabaseState state, PositionHistory seen) {
        var column = new RelationName("public", "t").column("id");
        return Checks.run(state, CheckPolicy.DEFAULT, new DatabaseHistory(Map.of(), Map.of(column, seen), null))
                .stream()
                .filter(finding -> finding.check().equals("ColumnNearLimit"))
                .findFirst()
                .orElseThrow()
                .message();
    }
}
