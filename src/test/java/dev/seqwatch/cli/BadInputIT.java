package dev.seqwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.cli.Launcher.Answer;
import dev.seqwatch.testing.PostgresServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a user gets wrong is one line that names it, exit code 3, no stack trace and no password. */
final class BadInputIT {
    private static final String SECRET = "hush-hush";

    private static Launcher launcher;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        launcher = Launcher.plain();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            chek postgresql://u:hush-hush@h/d         | from index 0: 'chek', 'postgresql://u:…@h/d'
            check --url=postgresql://u:hush-hush@h/d  | Unknown option: '--url=postgresql://u:…@h/d'
            check --output xml postgresql://h/d       | seqwatch: Invalid value for option '--output': expected one of [table, json,
            check                                     | Say where to look
            check postgresql://h/d -f monitor.yaml    | -f FILE says where to connect
            check -d a postgresql://h/b               | The database is named twice
            check -h 127.0.0.1 -p 5432                | -h prints the help: name the host with --host HOST
            check host=127.0.0.1 port=1 password=hush-hush | Unmatched argument
            check postgresql://u:hush-hush/x@h/d      | write them as %2F and %3F
            check postgresql://u:hush-hush@h/d?sslmod=x | parameter 1 of the URI is not supported
            check -f gone.yaml                        | gone.yaml cannot be read
            check -f .                                | . cannot be read
            check postgresql://u:hush-hush@x.invalid/d | host name x.invalid does not resolve
            check postgresql://u:hush-hush@127.0.0.1:1/d | connection refused
            """)
    void argumentsThatCannotBeUsed(String arguments, String problem) throws Exception {
        assertOneLine(launcher.run(arguments.split(" ")), problem);
    }

    @Test
    void aMonitorWithAWrongField() throws Exception {
        var file = Files.writeString(folder.resolve("monitor.yaml"), monitor("{conection: {host: h}}"));

        assertOneLine(launcher.run("check", "-f", file.toString()), "spec.conection is no field of a SequenceMonitor");
    }

    @Test
    void aDatabaseThatDoesNotExist() throws Exception {
        var server = PostgresServer.of(18);
        var uri = "postgresql://%s:%s@%s:%d/gone"
                .formatted(server.superuser(), server.password(), server.host(), server.port());
        var monitor = monitor("{connection: {host: %s, port: %d}, databases: {include: ['gone*']}}"
                .formatted(server.host(), server.port()));

        assertOneLine(launcher.run("check", uri), "Database \"gone\" at ", " does not exist. Check its name.");
        assertOneLine(launcher.run("check", "--output", "sql", uri), "does not exist");
        var file = Files.writeString(folder.resolve("monitor.yaml"), monitor);
        assertOneLine(
                launcher.with("PGUSER", server.superuser())
                        .with("PGPASSWORD", server.password())
                        .run("check", "-f", file.toString()),
                "No database of the server matches spec.databases");
    }

    @Test
    void jsonStillSaysWhatHappened() throws Exception {
        var answer = launcher.run("check", "-o", "json", "postgresql://u:" + SECRET + "@127.0.0.1:1/d");

        assertThat(answer.exitCode()).isEqualTo(3);
        assertThat(answer.stderr()).hasLineCount(1);
        assertThat(answer.stdout())
                .startsWith("{")
                .contains("\"error\" : \"Database \\\"d\\\"")
                .doesNotContain(SECRET);
    }

    @Test
    void aServerThatAcceptsAndSaysNothing() throws Exception {
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertOneLine(checkAt(silent), "no answer within the limit of 10 s");
        }
    }

    @Test
    void aServerThatIsNoPostgres() throws Exception {
        try (var web = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> refuse(web));
            assertOneLine(checkAt(web), "does not speak PostgreSQL's protocol");
        }
    }

    private static void refuse(ServerSocket web) {
        while (!web.isClosed()) {
            try (var client = web.accept()) {
                client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static Answer checkAt(ServerSocket socket) throws Exception {
        return launcher.run("check", "postgresql://u:" + SECRET + "@127.0.0.1:" + socket.getLocalPort() + "/d");
    }

    private static String monitor(String spec) {
        return """
                apiVersion: seqwatch.dev/v1alpha1
                kind: SequenceMonitor
                metadata: {name: shop}
                spec: %s
                """.formatted(spec);
    }

    private static void assertOneLine(Answer answer, String... problem) {
        assertThat(answer.stderr()).startsWith("seqwatch: ").hasLineCount(1).contains(List.of(problem));
        assertThat(answer.stderr()).doesNotContain(SECRET, "Exception");
        assertThat(answer.stdout()).isEmpty();
        assertThat(answer.exitCode()).isEqualTo(3);
    }
}
