package dev.seqwatch.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.Listener;
import dev.seqwatch.testing.PostgresServer;
import dev.seqwatch.testing.PsqlScript;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bin/seqwatch check} where it can look: what it prints, and what its exit code says. */
final class CheckIT {
    private static final String HEALTHY = "CREATE TABLE a (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);";
    private static final String WARNING =
            "CREATE TABLE w (id serial PRIMARY KEY); SELECT setval('w_id_seq', 1700000000);";
    private static final String CRITICAL =
            "CREATE TABLE c (id serial PRIMARY KEY); SELECT setval('c_id_seq', 2147483647);";
    private static final String INFO = "CREATE SEQUENCE lonely;";

    private static final int CONTROL_C = 3;

    private static Launcher launcher;
    private static PostgresServer server;
    private static Database healthy;
    private static Database warning;
    private static Database critical;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        launcher = Launcher.plain();
        server = PostgresServer.of(18);
        healthy = database(HEALTHY);
        warning = database(HEALTHY + WARNING + INFO);
        critical = database(HEALTHY + WARNING + CRITICAL);
    }

    @AfterAll
    static void drop() throws Exception {
        for (var database : List.of(healthy, warning, critical)) {
            database.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"table", "json"})
    @EnabledOnOs(OS.LINUX)
    void an_answer_that_cannot_be_written_is_no_answer(String form) throws Exception {
        var answer = launcher.runOnAFullDevice("check", "--output", form, uri(healthy));

        assertThat(answer.exitCode()).isEqualTo(3);
        assertThat(answer.stderr())
                .isEqualTo("seqwatch: The answer could not be written to stdout: No space left on device.\n");
    }

    @Test
    void aHealthyDatabaseEndsWithZeroAndSaysHowMuchWasRead() throws Exception {
        var answer = launcher.run("check", uri(healthy));

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.stderr()).isEmpty();
        assertThat(answer.stdout())
                .startsWith(healthy.name() + "  PostgreSQL 18.")
                .contains("Read: 1 of 1 sequence in ")
                .contains("\nHealthy  1 database: 0 Critical, 0 Warning, 0 Info\n")
                .doesNotContain("\u001b");
    }

    @Test
    void aWarningEndsWithOneAndCountsInfosUntilAllAreAskedFor() throws Exception {
        var brief = launcher.run("check", uri(warning));
        var all = launcher.run("check", "--all", uri(warning));

        assertThat(brief.exitCode()).isEqualTo(1);
        assertThat(brief.stdout())
                .contains("Warning   SequenceExhaustion  public.w_id_seq public.w.id\n")
                .contains("ALTER TABLE public.w ALTER COLUMN id TYPE bigint;")
                .contains("1 OrphanSequence", "(--all shows them)")
                .doesNotContain("public.lonely");
        assertThat(all.stdout()).contains("Info      OrphanSequence  public.lonely\n");
    }

    @Test
    void aCriticalFindingEndsWithTwoAndComesFirst() throws Exception {
        var answer = launcher.run("check", "--no-remedies", uri(critical));

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.stdout()).doesNotContain("ALTER TABLE").containsSubsequence("Critical  ", "Warning   ");
    }

    @Test
    void sqlIsAScriptThatMakesTheDatabaseHealthy() throws Exception {
        try (var database = database(WARNING + CRITICAL)) {
            var answer = launcher.run("check", "--output", "sql", uri(database));

            assertThat(answer.exitCode()).isEqualTo(2);
            assertThat(answer.stdout()).contains("\n\\set ON_ERROR_STOP on\n");
            try (var connection = database.connect(server.superuser())) {
                PsqlScript.run(connection, answer.stdout().replace("\\set ON_ERROR_STOP on", ""));
            }
            assertThat(launcher.run("check", uri(database)).exitCode()).isZero();
        }
    }

    @Test
    void aMonitorsFileGivesAddressDatabasesAndPolicy() throws Exception {
        var monitor = Files.writeString(folder.resolve("monitor.yaml"), """
                apiVersion: v1
                kind: Secret
                metadata: {name: not for us}
                ---
                apiVersion: seqwatch.dev/v1alpha1
                kind: SequenceMonitor
                metadata: {name: both}
                spec:
                  connection: {host: %s, port: %d}
                  databases: {include: [%s, "%s*"]}
                  checks: [{name: SequenceExhaustion, severity: Info}]
                """.formatted(
                        server.host(), server.port(), healthy.name(), warning.name()));

        var answer = as(server).run("check", "-f", monitor.toString());

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.stderr()).isEmpty();
        assertThat(answer.stdout())
                .contains("1 OrphanSequence, 1 SequenceExhaustion")
                .contains("\nHealthy  2 databases: 0 Critical, 0 Warning, ");
    }

    @Test
    void oneDatabaseThatCannotBeReadDoesNotHideTheOther() throws Exception {
        var monitor = Files.writeString(
                folder.resolve("monitor.yaml"), """
                apiVersion: seqwatch.dev/v1alpha1
                kind: SequenceMonitor
                metadata: {name: both}
                spec:
                  connection: {host: %s, port: %d}
                  databases: {include: [%s, gone]}
                """.formatted(server.host(), server.port(), critical.name()));

        var answer = as(server).run("check", "-f", monitor.toString());

        assertThat(answer.exitCode()).isEqualTo(3);
        assertThat(answer.stdout())
                .contains("Critical  SequenceExhaustion  public.c_id_seq")
                .contains("Not read  NoSuchDatabase\n          Database \"gone\" at ", "does not exist.")
                .contains("UNKNOWN  2 databases, 1 of them not read:");
        assertThat(answer.stderr()).as("stdout says it").isEmpty();
        assertThat(as(server)
                        .run("check", "-o", "sql", "-f", monitor.toString())
                        .stderr())
                .hasLineCount(1)
                .startsWith("seqwatch: UNKNOWN: Database \"gone\" at ")
                .endsWith("does not exist. Check its name.\n");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "script of util-linux makes the terminal")
    void coloursAreForTerminalsThatWantThem() throws Exception {
        var coloured = launcher.runOnTerminal("check", uri(critical));
        var plain = launcher.with("NO_COLOR", "1").runOnTerminal("check", uri(critical));

        assertThat(coloured.exitCode()).isEqualTo(2);
        assertThat(coloured.stdout()).contains("\u001b[1;31mCritical\u001b[0m");
        assertThat(plain.stdout()).contains("Critical").doesNotContain("\u001b");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "script of util-linux makes the terminal")
    void lines_are_as_long_as_the_terminal_is_wide() throws Exception {
        var narrow = Launcher.answer(
                launcher.startOnTerminal("stty cols 40; ", "check", "--no-remedies", "--all", uri(critical)));

        assertThat(narrow.exitCode()).isEqualTo(2);
        assertThat(narrow.stdout().replaceAll("\u001b\\[[0-9;]*m", "").lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(40))
                .anySatisfy(line -> assertThat(line).hasSizeGreaterThan(30));
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "script of util-linux makes the terminal")
    void a_long_inspection_shows_its_time_until_control_c_ends_it() throws Exception {
        try (var first = Listener.blackHole();
                var second = Listener.blackHole();
                var third = Listener.blackHole()) {
            var hosts = Stream.of(first, second, third)
                    .map(each -> "127.0.0.1:" + each.port())
                    .collect(joining(","));
            var process = launcher.startOnTerminal("", "check", "postgresql://u:p@" + hosts + "/d");
            var shown = new StringBuilder();
            while (!shown.toString().endsWith(" s")) {
                var next = process.getInputStream().read();
                assertThat(next).as("output after %s", shown).isNotNegative();
                shown.append((char) next);
            }
            process.getOutputStream().write(CONTROL_C);
            process.getOutputStream().flush();
            var answer = Launcher.answer(process);

            assertThat(shown.toString()).matches("\rInspecting " + Pattern.quote(hosts) + ": [0-9]+ s");
            assertThat(answer.exitCode()).isEqualTo(130);
            assertThat(answer.stdout()).endsWith(" \r").doesNotContain("Exception", "\tat ", "UNKNOWN");
        }
    }

    @Test
    void a_long_inspection_without_a_terminal_prints_no_time() throws Exception {
        try (var slow = Listener.of(client -> {
            Thread.sleep(3500);
            client.close();
        })) {
            var answer = launcher.run("check", "postgresql://u:p@127.0.0.1:" + slow.port() + "/d?sslmode=disable");

            assertThat(answer.exitCode()).isEqualTo(3);
            assertThat(answer.stderr()).startsWith("seqwatch: UNKNOWN: ").hasLineCount(1);
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "the sockets of a process are read from /proc")
    void noPortIsOpened() throws Exception {
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var process = launcher.start("check", "postgresql://u:p@127.0.0.1:" + silent.getLocalPort() + "/d");
            try (var accepted = silent.accept()) {
                assertThat(accepted.isConnected()).isTrue();
                assertThat(Listeners.of(process.pid())).isEmpty();
            } finally {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void aHistoryGrowsFromRunToRun() throws Exception {
        var history = folder.resolve("history.json");

        for (var run = 0; run < 2; run++) {
            assertThat(launcher.run("check", "--history", history.toString(), uri(healthy))
                            .exitCode())
                    .isZero();
        }

        assertThat(history)
                .content()
                .contains("\"server\":\"%s:%d\",\"database\":\"%s\",\"schema\":\"public\",\"sequence\":\"a_id_seq\""
                        .formatted(server.host(), server.port(), healthy.name()))
                .containsOnlyOnce("a_id_seq")
                .matches("(?s)(.*\"time\"){2}.*");
    }

    private static Database database(String sql) throws SQLException {
        var database = server.database();
        database.execute(sql);
        return database;
    }

    private static Launcher as(PostgresServer server) {
        return launcher.with("PGUSER", server.superuser()).with("PGPASSWORD", server.password());
    }

    static String uri(Database database) {
        var server = database.server();
        return "postgresql://%s:%s@%s:%d/%s"
                .formatted(server.superuser(), server.password(), server.host(), server.port(), database.name());
    }
}
