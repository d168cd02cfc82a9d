package dev.seqwatch.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.seqwatch.check.CheckPolicy;
import dev.seqwatch.check.Checks;
import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.PostgresServer;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** InsertWithoutUsage in a database that not every role may connect to: a role that cannot be here is no victim. */
class InsertWithoutConnectIT {
    private static final String TABLE = "CREATE TABLE t(id serial PRIMARY KEY, v int);";
    private static final String CLOSED =
            "REVOKE CONNECT ON DATABASE @db FROM PUBLIC; GRANT USAGE ON SCHEMA public TO PUBLIC;";

    @ParameterizedTest
    @MethodSource("dev.seqwatch.testing.PostgresServer#all")
    void a_role_that_may_not_connect_is_no_victim(PostgresServer server) throws SQLException {
        try (var database = server.database()) {
            run(database, CLOSED + TABLE + "CREATE ROLE @app LOGIN; GRANT INSERT ON t TO @app");
            assertThat(findings(database, server.superuser())).isEmpty();

            run(database, "GRANT CONNECT ON DATABASE @db TO @app");
            fails(database, "@app", "INSERT INTO t(v) VALUES (1)");
            assertThat(findings(database, server.superuser())).containsExactly("@app");
        }
    }

    /** The right to connect is asked of the role that logs in, not of the role that it sets. */
    @ParameterizedTest
    @MethodSource("dev.seqwatch.testing.PostgresServer#all")
    void a_role_that_is_set_after_the_login_needs_no_right_to_connect(PostgresServer server) throws SQLException {
        try (var database = server.database()) {
            run(
                    database,
                    CLOSED + TABLE
                            + "CREATE ROLE @gateway LOGIN NOINHERIT; CREATE ROLE @anon NOLOGIN; GRANT @anon TO @gateway;"
                            + "GRANT INSERT ON t TO @anon");
            assertThat(findings(database, server.superuser())).isEmpty();

            run(database, "GRANT CONNECT ON DATABASE @db TO @gateway");
            fails(database, "@gateway", "SET ROLE @anon; INSERT INTO t(v) VALUES (1)");
            assertThat(findings(database, server.superuser())).containsExactly("@anon");
        }
    }

    /** Seqwatch inserts nothing. */
    @ParameterizedTest
    @MethodSource("dev.seqwatch.testing.PostgresServer#all")
    void the_role_that_inspects_is_no_victim_of_a_grant_to_public(PostgresServer server) throws SQLException {
        try (var database = server.database()) {
            run(
                    database,
                    CLOSED + TABLE
                            + "CREATE ROLE @monitor LOGIN; CREATE ROLE @monitors NOLOGIN; GRANT @monitors TO @monitor; CREATE ROLE @app LOGIN;"
                            + "GRANT CONNECT ON DATABASE @db TO @monitor, @app; GRANT INSERT ON t TO PUBLIC;"
                            + "GRANT USAGE ON SEQUENCE t_id_seq TO @app; GRANT SELECT ON t, t_id_seq TO @monitor");
            assertThat(findings(database, database.name() + "_monitor")).isEmpty();

            run(database, "REVOKE USAGE ON SEQUENCE t_id_seq FROM @app");
            fails(database, "@app", "INSERT INTO t(v) VALUES (1)");
            assertThat(findings(database, database.name() + "_monitor")).containsExactly("PUBLIC");
        }
    }

    private static void run(Database database, String sql) throws SQLException {
        database.execute(named(database, sql));
    }

    private static void fails(Database database, String role, String sql) {
        assertThatThrownBy(() -> database.executeAs(named(database, role), named(database, sql)))
                .hasMessageContaining("permission denied for sequence");
    }

    private static List<String> findings(Database database, String as) {
        return Checks.run(Inspect.state(database, database.target(as)), CheckPolicy.DEFAULT, DatabaseHistory.NONE)
                .stream()
                .filter(finding -> finding.check().equals("InsertWithoutUsage"))
                .map(finding -> String.valueOf(finding.subject().role()).replace(database.name() + "_", "@"))
                .toList();
    }

    private static String named(Database database, String sql) {
        return sql.replace("@db", database.name()).replace("@", database.name() + "_");
    }
}
