package dev.seqwatch.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.seqwatch.check.CheckPolicy;
import dev.seqwatch.config.Declarations;
import dev.seqwatch.config.Globs;
import dev.seqwatch.config.MonitorConfig;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.postgres.connection.Target;
import dev.seqwatch.report.text.Verdict;
import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.Gatekeeper;
import dev.seqwatch.testing.PostgresServer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The default, all databases, on a server that keeps some for itself: by pg_hba.conf, by privilege, or half dropped. */
class RefusingDatabasesIT {
    private static final Inspector INSPECTOR = new Inspector(InstantSource.system());

    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void a_discovered_database_that_refuses_us_is_set_aside(int major) throws Exception {
        var server = hosted(major);
        var all = inspect(server, List.of("*"), KnownDatabases.NONE);
        assertThat(databases(all)).containsExactly("postgres", "shop");
        assertThat(all.inspections()).allMatch(inspection -> inspection.reading() instanceof ReadResult.Success);
        assertThat(all.setAside())
                .extracting(SetAside::database)
                .containsExactly("cloudsqladmin", "half_dropped", "rdsadmin");
        assertThat(all.setAside().getFirst().reason()).contains("pg_hba.conf");
        assertThat(all.setAside().getLast().reason()).isEqualTo("Role \"app\" has no CONNECT privilege on it.");
        assertThat(Verdict.of(all.inspections())).isNotEqualTo(Verdict.CouldNotLook);

        var known = new KnownDatabases(Set.of("cloudsqladmin", "rdsadmin"), Set.of("cloudsqladmin", "rdsadmin"));
        assertThat(problems(inspect(server, List.of("*"), known)))
                .as("read before")
                .containsExactly("cloudsqladmin AuthenticationFailed", "rdsadmin PermissionDenied");
        assertThat(problems(inspect(server, List.of("*", "rdsadmin", "cloudsqladmin"), KnownDatabases.NONE)))
                .as("named")
                .containsExactly("cloudsqladmin AuthenticationFailed", "rdsadmin PermissionDenied");
        assertThat(problems(inspect(server, List.of("rdsadmin"), KnownDatabases.NONE)))
                .containsExactly("rdsadmin PermissionDenied");
    }

    @Test
    void a_database_that_is_dropped_between_two_inspections_is_told() throws Exception {
        var server = PostgresServer.of(18);
        try (var database = server.database()) {
            var before = inspect(server, server.superuser(), List.of(database.name() + "*"), KnownDatabases.NONE);
            assertThat(databases(before)).containsExactly(database.name());
            var known = new KnownDatabases(Set.of(database.name(), "test_x"), Set.of(database.name(), "test_x"));
            var after = inspect(server, server.superuser(), List.of("test_*"), known);
            assertThat(after.dropped()).containsExactly("test_x");
        }
    }

    private static PostgresServer hosted(int major) throws SQLException {
        var server = PostgresServer.own(major);
        try (var connection = server.connect("postgres", server.superuser());
                var statement = connection.createStatement()) {
            for (var database : List.of("shop", "rdsadmin", "cloudsqladmin", "half_dropped")) {
                statement.execute("CREATE DATABASE " + database);
            }
            statement.execute("CREATE ROLE app LOGIN");
            statement.execute("REVOKE CONNECT ON DATABASE rdsadmin FROM PUBLIC");
            statement.execute("UPDATE pg_database SET datconnlimit = -2 WHERE datname = 'half_dropped'");
        }
        new Gatekeeper(server).refuse("cloudsqladmin");
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            try (var connection = server.connect("cloudsqladmin", server.superuser())) {
                return !connection.isValid(1);
            } catch (SQLException e) {
                return true;
            }
        });
        return server;
    }

    private static Stream<String> databases(ServerInspection server) {
        return server.inspections().stream().map(Inspection::database);
    }

    private static Stream<String> problems(ServerInspection server) {
        return server.inspections().stream()
                .flatMap(inspection -> inspection.reading() instanceof ReadResult.Unreachable unreachable
                        ? Stream.of(inspection.database() + " " + unreachable.reason())
                        : Stream.empty());
    }

    private static ServerInspection inspect(PostgresServer server, List<String> databases, KnownDatabases known)
            throws InterruptedException {
        return inspect(server, "app", databases, known);
    }

    private static ServerInspection inspect(
            PostgresServer server, String user, List<String> databases, KnownDatabases known)
            throws InterruptedException {
        var config = new MonitorConfig(
                new Target(
                        List.of(new Target.Host(server.host(), server.port())),
                        new Target.Credentials(user, server.password()),
                        new Target.Tls(Target.Tls.Mode.Disable, null),
                        4,
                        Target.Timeouts.DEFAULT,
                        Database.ORIGIN),
                "postgres",
                new Globs(databases, List.of()),
                Globs.ALL,
                Declarations.NONE,
                CheckPolicy.DEFAULT,
                Duration.ofMinutes(5),
                Duration.ofMinutes(5));
        return INSPECTOR.inspect(config, known, ServerHistory.NONE);
    }
}
