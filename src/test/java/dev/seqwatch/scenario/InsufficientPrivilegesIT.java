package dev.seqwatch.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.check.CheckPolicy;
import dev.seqwatch.check.Checks;
import dev.seqwatch.check.Finding;
import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.NotCheckedReason;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.model.StoredIds.Gap;
import dev.seqwatch.model.UnreadableReason;
import dev.seqwatch.model.WatchedSequence;
import dev.seqwatch.postgres.catalog.Scope;
import dev.seqwatch.reading.DatabaseReader;
import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.PostgresServer;
import dev.seqwatch.testing.PsqlScript;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What our own role may not see is told, with the grants that open its eyes and no other. */
class InsufficientPrivilegesIT {
    private static final String SCHEMA = """
            CREATE SCHEMA "S p"; GRANT USAGE ON SCHEMA public TO PUBLIC;
            CREATE TABLE t(id serial PRIMARY KEY, secret text); INSERT INTO t VALUES (1);
            CREATE TABLE "S p"."O'x"("I d" int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, secret text);
            CREATE TABLE p(id bigserial, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
            CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
            CREATE TABLE p2 PARTITION OF p DEFAULT;
            INSERT INTO p VALUES (1, '2020-02-02');
            CREATE SEQUENCE bare;
            """;

    @ParameterizedTest
    @MethodSource("dev.seqwatch.testing.PostgresServer#all")
    void onlyConnect(PostgresServer server) throws SQLException {
        seesAllAfterItsRemedy(server, "");
    }

    @ParameterizedTest
    @MethodSource("dev.seqwatch.testing.PostgresServer#all")
    void onlyMonitor(PostgresServer server) throws SQLException {
        seesAllAfterItsRemedy(server, "GRANT pg_monitor TO @");
    }

    private static void seesAllAfterItsRemedy(PostgresServer server, String grants) throws SQLException {
        try (var database = server.database()) {
            var role = watcher(database, SCHEMA + grants);
            var before = read(database, role);

            assertThat(before.sequences())
                    .hasSize(4)
                    .allSatisfy(watched -> assertThat(watched.position())
                            .isEqualTo(new Position.Unreadable(UnreadableReason.NoPrivilege)));
            var finding = blind(before).orElseThrow();
            assertThat(finding.message()).contains("4 positions", "the ids of 3 columns");
            assertThat(finding.remedy()).isNotNull().doesNotContain("SEQUENCE bare TO PUBLIC", "USAGE ON SEQUENCE");
            fix(database, finding);

            var after = read(database, role);
            assertThat(blind(after)).isEmpty();
            assertThat(after.sequences())
                    .extracting(WatchedSequence::position)
                    .doesNotHaveAnyElementsOfTypes(Position.Unreadable.class);
            assertThat(gaps(after)).isEmpty();
            assertThat(Checks.run(after, CheckPolicy.DEFAULT, DatabaseHistory.NONE))
                    .filteredOn(each -> each.check().equals("SequenceBehind"))
                    .extracting(each -> each.subject().toString())
                    .containsExactly("public.p_id_seq public.p.id", "public.t_id_seq public.t.id");
            assertThat(database.value("SELECT has_column_privilege('%s', 't', 'secret', 'SELECT')".formatted(role)))
                    .isEqualTo("f");
            assertThat(database.value("SELECT has_sequence_privilege('%s', 't_id_seq', 'USAGE')".formatted(role)))
                    .isEqualTo("f");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.seqwatch.testing.PostgresServer#all")
    void usageAlone(PostgresServer server) throws SQLException {
        try (var database = server.database()) {
            var role = watcher(database, """
                    CREATE SEQUENCE fresh; CREATE SEQUENCE called; SELECT nextval('called');
                    CREATE SEQUENCE moved; SELECT setval('moved', 2147483647, false);
                    GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO @""");
            var before = read(database, role);

            assertThat(position(before, "called")).isInstanceOf(Position.At.class);
            assertThat(List.of(position(before, "fresh"), position(before, "moved")))
                    .containsOnly(new Position.Unreadable(UnreadableReason.NeverCalledOrUnknown));
            var finding = blind(before).orElseThrow();
            fix(database, finding);

            var after = read(database, role);
            assertThat(blind(after)).isEmpty();
            assertThat(position(after, "fresh")).isInstanceOf(Position.NeverCalled.class);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.seqwatch.testing.PostgresServer#all")
    void selectWithoutTheSchema(PostgresServer server) throws SQLException {
        try (var database = server.database()) {
            var role = watcher(database, """
                    CREATE SCHEMA s; CREATE SEQUENCE s.fresh; CREATE SEQUENCE s.called; SELECT nextval('s.called');
                    GRANT SELECT ON ALL SEQUENCES IN SCHEMA s TO @""");
            var before = read(database, role);

            assertThat(position(before, "called")).isInstanceOf(Position.At.class);
            if (server.major() >= 18) {
                assertThat(position(before, "fresh")).isInstanceOf(Position.NeverCalled.class);
                assertThat(blind(before)).isEmpty();
                return;
            }
            assertThat(position(before, "fresh"))
                    .isEqualTo(new Position.Unreadable(UnreadableReason.NeverCalledOrUnknown));
            var finding = blind(before).orElseThrow();
            fix(database, finding);
            assertThat(blind(read(database, role))).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.seqwatch.testing.PostgresServer#all")
    void rootOfATreeIsEnough(PostgresServer server) throws SQLException {
        try (var database = server.database()) {
            var role = watcher(database, SCHEMA + """
                    GRANT SELECT ON SEQUENCE p_id_seq TO @; GRANT SELECT (id) ON p TO @""");
            var state = read(database, role);

            var sequenceColumn = find(state, "p_id_seq").sequenceColumns().getFirst();
            assertThat(sequenceColumn.stored().gaps()).isEmpty();
            assertThat(sequenceColumn.stored().collision()).isNotNull();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.seqwatch.testing.PostgresServer#all")
    void rowLevelSecurity(PostgresServer server) throws SQLException {
        try (var database = server.database()) {
            var role = watcher(database, """
                    CREATE TABLE t(id serial PRIMARY KEY); INSERT INTO t VALUES (1);
                    ALTER TABLE t ENABLE ROW LEVEL SECURITY;
                    GRANT SELECT ON t, t_id_seq TO @""");
            var state = read(database, role);

            assertThat(gaps(state)).extracting(Gap::reason).containsExactly(NotCheckedReason.RowLevelSecurity);
            var finding = blind(state).orElseThrow();
            assertThat(finding.message()).contains("may not see the ids of 1 column completely", "public.t.id");
            assertThat(finding.remedy()).contains("BYPASSRLS");
            fix(database, finding);

            var after = read(database, role);
            assertThat(blind(after)).isEmpty();
            assertThat(after.sequences()
                            .getFirst()
                            .sequenceColumns()
                            .getFirst()
                            .stored()
                            .collision())
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.seqwatch.testing.PostgresServer#all")
    void a_restrictive_policy_or_one_for_another_role_still_hides_ids(PostgresServer server) throws SQLException {
        try (var database = server.database()) {
            var role = watcher(database, """
                    CREATE TABLE t(id serial PRIMARY KEY); ALTER TABLE t ENABLE ROW LEVEL SECURITY;
                    CREATE POLICY a ON t USING (true); CREATE POLICY b ON t AS RESTRICTIVE USING (id > 5);
                    CREATE TABLE u(id serial PRIMARY KEY); ALTER TABLE u ENABLE ROW LEVEL SECURITY;
                    CREATE POLICY a ON u TO pg_monitor USING (true); CREATE POLICY b ON u USING (id > 5);
                    CREATE TABLE w(id serial PRIMARY KEY); ALTER TABLE w ENABLE ROW LEVEL SECURITY;
                    CREATE POLICY a ON w USING (true);
                    GRANT SELECT ON ALL TABLES IN SCHEMA public TO @; GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO @""");

            assertThat(gaps(read(database, role)))
                    .extracting(gap -> gap.table().name())
                    .containsExactly("t", "u");
        }
    }

    /** Runs SQL as the superuser, with @ for the name of the role that it returns. */
    private static String watcher(Database database, String sql) throws SQLException {
        var role = database.name() + "_watcher";
        database.execute("CREATE ROLE %s LOGIN PASSWORD '%s'"
                .formatted(role, database.server().password()));
        database.execute(sql.replace("@", role));
        return role;
    }

    private static DatabaseState read(Database database, String role) {
        var reading =
                new DatabaseReader(InstantSource.system()).read(database.target(role), database.name(), Scope.ALL);
        assertThat(reading).isInstanceOf(ReadResult.Success.class);
        return ((ReadResult.Success) reading).state();
    }

    private static Optional<Finding> blind(DatabaseState state) {
        return Checks.run(state, CheckPolicy.DEFAULT, DatabaseHistory.NONE).stream()
                .filter(finding -> finding.check().equals("InsufficientPrivileges"))
                .findFirst();
    }

    private static void fix(Database database, Finding finding) throws SQLException {
        try (var connection = database.connect(database.server().superuser())) {
            var remedy = finding.remedy();
            PsqlScript.run(connection, remedy == null ? "" : remedy);
        }
    }

    private static List<Gap> gaps(DatabaseState state) {
        return state.sequences().stream()
                .flatMap(watched -> watched.sequenceColumns().stream())
                .flatMap(sequenceColumn -> sequenceColumn.stored().gaps().stream())
                .toList();
    }

    private static Position position(DatabaseState state, String name) {
        return find(state, name).position();
    }

    private static WatchedSequence find(DatabaseState state, String name) {
        return state.sequences().stream()
                .filter(watched -> watched.name().name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
