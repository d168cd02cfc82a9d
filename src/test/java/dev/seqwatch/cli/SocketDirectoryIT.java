package dev.seqwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.check.CheckPolicy;
import dev.seqwatch.config.Declarations;
import dev.seqwatch.config.Globs;
import dev.seqwatch.config.MonitorConfig;
import dev.seqwatch.inspection.Inspector;
import dev.seqwatch.inspection.KnownDatabases;
import dev.seqwatch.inspection.ServerHistory;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.model.ReadResult.Reason;
import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.EmbeddedServers;
import dev.seqwatch.testing.Gatekeeper;
import dev.seqwatch.testing.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peer authentication through the socket of a real server, as a database administrator logs in on its machine. */
class SocketDirectoryIT {
    /** Short, because the path of a socket has at most 107 bytes. */
    private static Path directory;

    private static PostgresServer server;
    private static Database database;

    @BeforeAll
    static void start() throws Exception {
        Assumptions.assumeTrue(
                System.getProperty("seqwatch.postgres", "embedded").equals("embedded"),
                "the socket of a server in a container is not on this machine");
        directory = Files.createTempDirectory(
                "seqwatch", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxrwxrwx")));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        server = PostgresServer.own(18, Map.of("unix_socket_directories", directory.toString()));
        new Gatekeeper(server).askForPeer("watcher", "everybody");
        database = server.database("shop");
        database.execute("CREATE ROLE watcher LOGIN IN ROLE pg_read_all_data; CREATE ROLE stranger LOGIN;"
                + "CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, text text);"
                + "INSERT INTO t (text) SELECT pg_catalog.repeat('x', 100) FROM pg_catalog.generate_series(1, 5000)");
    }

    @AfterAll
    static void clean() throws Exception {
        if (directory != null) {
            EmbeddedServers.stop(server);
            Files.deleteIfExists(directory);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "host=DIRECTORY port=PORT user=watcher dbname=shop",
                "host=DIRECTORY port=PORT user=watcher dbname=shop sslmode=verify-full",
                "postgresql:///shop?host=DIRECTORY&port=PORT&user=watcher",
                "postgresql://watcher@ENCODED:PORT/shop",
                "postgresql://watcher@nowhere.invalid,ENCODED:PORT/shop?port=PORT"
            })
    void a_peer_is_let_in(String given) throws Exception {
        assertRead(inspect(given, Map.of()));
    }

    @Test
    void the_variables_and_the_options_name_a_directory_too() throws Exception {
        var port = Integer.toString(server.port());

        assertRead(inspect("shop", Map.of("PGHOST", directory.toString(), "PGPORT", port, "PGUSER", "watcher")));
        assertRead(inspect("shop", Map.of("PGUSER", "watcher"), Map.of("host", directory + "/", "port", port)));
    }

    @Test
    void the_socket_of_this_machine_comes_before_localhost() throws Exception {
        var port = Integer.toString(server.port());
        var without = new Environment(Map.of("PGPORT", port), directory.resolve("none"));
        var with = new Environment(Map.of("PGPORT", port), directory);

        assertThat(with.target(with.connection("shop", Map.of())).address()).isEqualTo(socket());
        assertThat(without.target(without.connection("shop", Map.of())).address())
                .isEqualTo("localhost:" + port);
        assertThat(with.target(with.connection("port=" + port, Map.of())).address())
                .isEqualTo(socket());
        assertThat(with.target(with.connection("port=1", Map.of())).address()).isEqualTo("localhost:1");
    }

    @Test
    void a_stranger_is_refused_by_the_rule_of_the_server() throws Exception {
        var reading = inspect("host=DIRECTORY port=PORT user=stranger dbname=shop", Map.of());

        assertThat(reading).isInstanceOfSatisfying(ReadResult.Unreachable.class, unreachable -> {
            assertThat(unreachable.reason()).isEqualTo(Reason.AuthenticationFailed);
            assertThat(unreachable.message())
                    .startsWith("Database \"shop\" at " + socket() + " refused user \"stranger\"");
        });
    }

    @Test
    void a_directory_without_a_socket_says_where_the_server_names_it() throws Exception {
        var reading = inspect("host=DIRECTORY port=1 user=watcher dbname=shop", Map.of());

        assertThat(reading).isInstanceOfSatisfying(ReadResult.Unreachable.class, unreachable -> {
            assertThat(unreachable.reason()).isEqualTo(Reason.ConnectionFailed);
            assertThat(unreachable.message())
                    .startsWith(
                            "Database \"shop\" at " + directory + "/.s.PGSQL.1: no server accepts connections on this"
                                    + " socket (No such file or directory). Check host and port of the URI")
                    .endsWith("unix_socket_directories of the server.");
        });
    }

    private static String socket() {
        return directory + "/.s.PGSQL." + server.port();
    }

    private static void assertRead(ReadResult reading) {
        assertThat(reading)
                .isInstanceOfSatisfying(
                        ReadResult.Success.class,
                        success -> assertThat(success.state().sequences()).hasSize(1));
    }

    private static ReadResult inspect(String given, Map<String, String> variables) throws Exception {
        return inspect(given, variables, Map.of());
    }

    private static ReadResult inspect(String given, Map<String, String> variables, Map<String, String> options)
            throws Exception {
        var environment = new Environment(variables, directory.resolve("none"));
        var text = given.replace("DIRECTORY", directory.toString())
                .replace("ENCODED", directory.toString().replace("/", "%2F"))
                .replace("PORT", Integer.toString(server.port()));
        var connection = environment.connection(text, new HashMap<>(options));
        var config = new MonitorConfig(
                environment.target(connection),
                environment.database(connection),
                new Globs(List.of("shop"), List.of()),
                Globs.ALL,
                Declarations.NONE,
                CheckPolicy.DEFAULT,
                Duration.ZERO,
                Duration.ofMinutes(1));
        return new Inspector(InstantSource.system())
                .inspect(config, KnownDatabases.NONE, ServerHistory.NONE)
                .inspections()
                .getFirst()
                .reading();
    }
}
