package dev.seqwatch.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.seqwatch.check.CheckPolicy;
import dev.seqwatch.check.Checks;
import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Fact;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.model.Server;
import dev.seqwatch.model.UnknownFact;
import dev.seqwatch.model.UnknownFact.Reason;
import dev.seqwatch.postgres.catalog.InsertableViewQuery;
import dev.seqwatch.postgres.catalog.Scope;
import dev.seqwatch.postgres.connection.ConnectionGuard;
import dev.seqwatch.postgres.connection.OptionalReads;
import dev.seqwatch.postgres.connection.Session;
import dev.seqwatch.postgres.connection.WorkPermits;
import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.PostgresServer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An optional query that fails costs what it would have told, and never the positions, the limits and the stored ids. */
class OptionalReadsIT {
    /** Nothing is queried for it: it depends on the version of the server alone. */
    private static final Set<Fact> WITHOUT_QUERY = Set.of(Fact.LateBoundDefaults);

    private static final String SCHEMA = """
            CREATE TABLE full_up(id serial PRIMARY KEY);
            SELECT setval('full_up_id_seq', 2147483647);
            CREATE TABLE behind(id bigserial PRIMARY KEY, v text); INSERT INTO behind VALUES (2);
            CREATE TABLE child(full_up_id smallint REFERENCES full_up);
            CREATE VIEW over_behind AS SELECT * FROM behind;
            CREATE SEQUENCE lonely;
            """;

    private static final List<String> CORE = List.of(
            "Critical SequenceExhaustion public.full_up_id_seq public.full_up.id",
            "Critical SequenceBehind public.behind_id_seq public.behind.id",
            "Warning ReferenceNarrowerThanKey public.full_up_id_seq public.child.full_up_id");

    private record Failure(String sql, Reason reason) {}

    private static final List<Failure> FAILURES = List.of(
            new Failure("SET LOCAL statement_timeout = 20; SELECT pg_catalog.pg_sleep(10)", Reason.TimedOut),
            new Failure("SET LOCAL ROLE pg_monitor; SELECT * FROM pg_catalog.pg_authid", Reason.NoPrivilege),
            new Failure(
                    "DO $$ BEGIN RAISE SQLSTATE '53200' USING MESSAGE = 'out of shared memory'; END $$",
                    Reason.OutOfMemory),
            new Failure(
                    "DO $$ BEGIN RAISE SQLSTATE 'XX001' USING MESSAGE = 'invalid page in block 3'; END $$",
                    Reason.ServerError));

    /** Runs another statement on the real server in place of one fact's query. */
    private static final class FailingReads extends OptionalReads {
        private final Fact failing;
        private final Database database;
        private final String sql;

        FailingReads(Fact failing, Database database, String sql) {
            this.failing = failing;
            this.database = database;
            this.sql = sql;
        }

        @Override
        public <T> T read(Fact fact, Query<T> query, T otherwise) throws SQLException {
            return super.read(
                    fact,
                    () -> {
                        if (fact == failing) {
                            try (var connection =
                                    database.connect(database.server().superuser())) {
                                connection.setAutoCommit(false);
                                connection.createStatement().execute(sql);
                            }
                        }
                        return query.read();
                    },
                    otherwise);
        }
    }

    /** As if the query of one fact, and whatever ran before it, had taken 50 minutes. */
    private static final class SlowReads extends OptionalReads {
        private final Fact slow;
        private final AtomicReference<Instant> now;

        SlowReads(Fact slow, AtomicReference<Instant> now, ConnectionGuard guard) {
            super(guard::late);
            this.slow = slow;
            this.now = now;
        }

        @Override
        public <T> T read(Fact fact, Query<T> query, T otherwise) throws SQLException {
            var answer = super.read(fact, query, otherwise);
            if (fact == slow) {
                now.set(now.get().plus(Duration.ofMinutes(50)));
            }
            return answer;
        }
    }

    @Test
    void optional_queries_stop_when_their_part_of_the_time_is_used_up() throws SQLException {
        try (var database = PostgresServer.of(PostgresServer.MAJORS.getLast()).database()) {
            database.execute(SCHEMA);
            var now = new AtomicReference<>(Instant.now());
            var guard = new ConnectionGuard(now::get, new WorkPermits(1));
            guard.limit(Duration.ofHours(1));
            var reading = new DatabaseReader(now::get, guard)
                    .read(
                            database.target(),
                            database.name(),
                            Scope.ALL,
                            new SlowReads(Fact.TypeChangeBlockers, now, guard));

            assertThat(reading).isInstanceOfSatisfying(ReadResult.Success.class, success -> {
                assertThat(success.state().unknown())
                        .extracting(unknown -> unknown.fact() + " " + unknown.reason())
                        .containsExactly(
                                "IntegerColumns OutOfTime",
                                "OtherUses OutOfTime",
                                "ViewDefaults OutOfTime",
                                "InsertableViews OutOfTime",
                                "InsertGrants OutOfTime",
                                "DefaultGrants OutOfTime",
                                "HiddenSchemas OutOfTime",
                                "StatsReset OutOfTime");
                assertThat(bad(success.state())).isEqualTo(CORE);
            });
        }
    }

    @ParameterizedTest
    @MethodSource("dev.seqwatch.testing.PostgresServer#oldestAndNewest")
    void each_fact_can_fail_alone(PostgresServer server) throws SQLException {
        try (var database = server.database()) {
            database.execute(SCHEMA);
            assertThat(read(database, new OptionalReads()).unknown()).isEmpty();
            for (var fact : EnumSet.complementOf(EnumSet.copyOf(WITHOUT_QUERY))) {
                for (var failure : FAILURES) {
                    var state = read(database, new FailingReads(fact, database, failure.sql()));

                    assertThat(state.unknown())
                            .as("%s %s", fact, failure)
                            .extracting(unknown -> unknown.fact() + " " + unknown.reason())
                            .containsExactly(fact + " " + failure.reason());
                    assertThat(bad(state)).as("%s %s", fact, failure).isEqualTo(CORE);
                }
            }
        }
    }

    /** What PostgreSQL itself refuses to a role when the right to a function or a catalog was taken away. */
    @ParameterizedTest
    @MethodSource("dev.seqwatch.testing.PostgresServer#all")
    void what_the_server_refuses_is_not_known(PostgresServer server) throws SQLException {
        record Refusal(String object, Set<Fact> facts) {}
        var refusals = List.of(
                new Refusal("SELECT ON pg_catalog.pg_operator", Set.of(Fact.UniqueIndexes)),
                new Refusal("SELECT ON pg_catalog.pg_default_acl", Set.of(Fact.DefaultGrants)),
                new Refusal("SELECT ON pg_catalog.pg_stat_database", Set.of(Fact.StatsReset)),
                new Refusal("SELECT ON pg_catalog.pg_auth_members", Set.of(Fact.InsertGrants)),
                new Refusal(
                        "SELECT ON pg_catalog.pg_partitioned_table",
                        Set.of(Fact.TypeChangeBlockers, Fact.ColumnLimits)),
                new Refusal(
                        "EXECUTE ON FUNCTION pg_catalog.pg_relation_is_updatable(regclass, boolean)",
                        Set.of(Fact.InsertableViews)),
                new Refusal(
                        "EXECUTE ON FUNCTION pg_catalog.pg_describe_object(oid, oid, integer)",
                        Set.of(Fact.OtherUses, Fact.TypeChangeBlockers)));
        try (var database = server.database()) {
            var role = database.name() + "_monitor";
            database.execute(SCHEMA + """
                    CREATE ROLE %s LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO %s;
                    GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO %s; GRANT USAGE ON SCHEMA public TO %s
                    """.formatted(role, role, role, role));
            for (var refusal : refusals) {
                database.execute("REVOKE " + refusal.object() + " FROM PUBLIC");

                var state = state(new DatabaseReader(InstantSource.system())
                        .read(database.target(role), database.name(), Scope.ALL));

                assertThat(state.unknown())
                        .as(refusal.object())
                        .extracting(UnknownFact::fact)
                        .containsExactlyInAnyOrderElementsOf(refusal.facts());
                assertThat(state.unknown()).extracting(UnknownFact::reason).containsOnly(Reason.NoPrivilege);
                assertThat(bad(state)).as(refusal.object()).isEqualTo(CORE);
                database.execute("GRANT " + refusal.object() + " TO PUBLIC");
            }
            database.execute("DROP OWNED BY %s; DROP ROLE %s".formatted(role, role));
        }
    }

    @Test
    void every_fact_is_needed_by_a_check_or_by_a_remedy_alone() {
        var needed = EnumSet.noneOf(Fact.class);
        Checks.ALL.forEach(check -> needed.addAll(check.needs()));

        assertThat(EnumSet.complementOf(needed)).containsExactly(Fact.TypeChangeBlockers);
    }

    @Test
    void checks_that_are_switched_off_need_nothing() throws SQLException {
        var server = PostgresServer.of(PostgresServer.MAJORS.getLast());
        try (var database = server.database()) {
            var state = read(
                    database,
                    new FailingReads(
                            Fact.OtherUses, database, FAILURES.getFirst().sql()));

            assertThat(Checks.unjudged(state, CheckPolicy.DEFAULT))
                    .extracting(each -> each.check())
                    .containsExactly("OrphanSequence");
        }
    }

    @Test
    void an_object_dropped_meanwhile_is_asked_for_again() throws SQLException {
        var optional = new OptionalReads();
        var attempts = new ArrayList<Integer>();

        assertThat(optional.read(
                        Fact.OtherUses,
                        () -> {
                            attempts.add(1);
                            if (attempts.size() == 1) {
                                throw new SQLException("cache lookup failed for function 16412", "XX000");
                            }
                            return "answer";
                        },
                        ""))
                .isEqualTo("answer");
        assertThat(optional.unknown()).isEmpty();
    }

    @Test
    void a_lost_connection_ends_the_inspection() {
        assertThatThrownBy(() -> new OptionalReads()
                        .read(
                                Fact.OtherUses,
                                () -> {
                                    throw new SQLException("terminated by an administrator", "57P01");
                                },
                                ""))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void views_of_a_newer_major_are_not_known() throws SQLException {
        var server = PostgresServer.of(PostgresServer.MAJORS.getLast());
        try (var database = server.database();
                var session = Session.open(
                        database.target(),
                        database.name(),
                        new ConnectionGuard(InstantSource.system(), new WorkPermits(1)).open())) {
            var optional = new OptionalReads();
            InsertableViewQuery.read(
                    session, new Server("20.0", 20_00_00, Server.Role.Primary, "u"), optional, List.of());

            assertThat(optional.unknown()).containsExactly(new UnknownFact(Fact.InsertableViews, Reason.NewServer, ""));
        }
    }

    @Test
    void stored_expressions_of_a_newer_major_are_not_trusted() {
        assertThat(new Server("18.6", 18_00_06, Server.Role.Primary, "u").hasKnownNodeTrees())
                .isTrue();
        assertThat(new Server("20.0", 20_00_00, Server.Role.Primary, "u").hasKnownNodeTrees())
                .isFalse();
    }

    private static DatabaseState read(Database database, OptionalReads optional) {
        return state(new DatabaseReader(InstantSource.system())
                .read(database.target(), database.name(), Scope.ALL, optional));
    }

    private static DatabaseState state(ReadResult result) {
        assertThat(result).isInstanceOf(ReadResult.Success.class);
        return ((ReadResult.Success) result).state();
    }

    private static List<String> bad(DatabaseState state) {
        return Checks.run(state, CheckPolicy.DEFAULT, DatabaseHistory.NONE).stream()
                .filter(finding -> finding.severity() != dev.seqwatch.check.Severity.Info)
                .map(finding -> finding.severity() + " " + finding.check() + " " + finding.subject())
                .toList();
    }
}
