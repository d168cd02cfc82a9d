package dev.seqwatch.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.seqwatch.model.ReadResult.Reason;
import dev.seqwatch.testing.Certificate;
import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.Gatekeeper;
import dev.seqwatch.testing.Listener;
import dev.seqwatch.testing.PostgresServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a connection comes about and what is said where it does not, at real sockets and real servers. */
@SuppressWarnings("NullAway.Init")
@Timeout(60)
class ConnectorIT {
    private static final int NOBODY = 1;

    /** Of connecting, where it is reached. */
    private static final Duration SHORT = Duration.ofSeconds(1);

    /** The same, where another host of the list answers. */
    private static final Duration LONGER = Duration.ofSeconds(3);

    /** Of connecting, where it is not reached, also on a machine that does other work as well. */
    private static final Duration LONG = Duration.ofSeconds(30);

    private static PostgresServer server;
    private static Database database;
    private static PostgresServer guarded;
    private static Certificate expired;

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.of(18);
        database = server.database();
        guarded = PostgresServer.own(18);
        guarded.database().execute("CREATE ROLE watcher LOGIN PASSWORD 'right'");
        var gate = new Gatekeeper(guarded);
        expired = Certificate.expired("localhost");
        gate.offerTls(expired);
        gate.askForPassword("watcher");
    }

    @Test
    void each_host_of_a_list_has_its_own_limit() throws Exception {
        try (var first = Listener.blackHole();
                var second = Listener.blackHole()) {
            var target = target(LONGER, first.port(), second.port(), server.port());

            try (var connection = connect(target, database.name())) {
                assertThat(connection.isValid(1)).isTrue();
            }
            assertThat(first.clients()).isEqualTo(1);
            assertThat(second.clients()).isEqualTo(1);
        }
    }

    @Test
    void a_primary_that_takes_writes_comes_before_one_that_takes_none() throws Exception {
        try (var copy = server.database();
                var _ = new Database(guarded, copy.name())) {
            try (var connection = guarded.connect("postgres", guarded.superuser());
                    var statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + copy.name());
            }
            copy.execute("ALTER DATABASE " + copy.name() + " SET default_transaction_read_only = on");
            for (var ports : List.of(
                    List.of(server.port(), guarded.port()),
                    List.of(guarded.port(), server.port()),
                    List.of(server.port(), NOBODY, guarded.port()))) {
                try (var connection = connect(target(ports.toArray(Integer[]::new)), copy.name());
                        var statement = connection.createStatement();
                        var row = statement.executeQuery("SELECT pg_catalog.inet_server_port()")) {
                    row.next();
                    assertThat(row.getInt(1)).as("of %s", ports).isEqualTo(guarded.port());
                }
            }
            try (var connection = connect(target(server.port(), NOBODY), copy.name())) {
                assertThat(connection.isClosed()).isFalse();
            }
        }
    }

    @Test
    void a_host_that_does_not_answer_is_tried_once_in_an_inspection() throws Exception {
        try (var dead = Listener.blackHole()) {
            var target = target(LONGER, dead.port(), server.port());
            var inspection = new ConnectionGuard(InstantSource.system(), new WorkPermits(1));
            for (var attempt = 0; attempt < 3; attempt++) {
                try (var one = inspection.open();
                        var connection = Connector.connect(target, database.name(), one)) {
                    assertThat(connection.isClosed()).isFalse();
                }
            }
            assertThat(dead.clients()).isEqualTo(1);
        }
    }

    @Test
    void a_server_that_drips_is_given_up_in_time() throws Exception {
        try (var drip = Listener.of(ConnectorIT::drip)) {
            var begin = System.nanoTime();
            var error = error(target(SHORT, drip.port()));

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
            assertThat(error.reason()).isEqualTo(Reason.TimedOut);
            assertThat(error.message())
                    .endsWith(": no answer within the limit of 1 s for connecting. Check the host and network policies,"
                            + " or raise spec.connection.timeouts.connect.");
        }
    }

    @Test
    void a_connection_that_is_given_up_is_closed() throws Exception {
        var seen = new AtomicReference<@Nullable Socket>();
        try (var silent = Listener.of(client -> {
            seen.set(client);
            while (client.getInputStream().read() >= 0) {
                // waits for the end
            }
            seen.set(null);
        })) {
            assertThat(error(target(SHORT, silent.port())).reason()).isEqualTo(Reason.TimedOut);

            await().atMost(Duration.ofSeconds(60)).until(() -> silent.clients() == 1 && seen.get() == null);
        }
    }

    @Test
    void an_interrupt_ends_the_attempt_and_stays() throws Exception {
        try (var silent = Listener.blackHole()) {
            var failure = new AtomicReference<@Nullable Throwable>();
            var interrupted = new AtomicReference<@Nullable Boolean>();
            var thread = Thread.ofVirtual().start(() -> {
                try {
                    connect(target(silent.port(), silent.port()), "d").close();
                } catch (SQLException e) {
                    failure.set(e);
                }
                interrupted.set(Thread.currentThread().isInterrupted());
            });
            await().until(() -> silent.clients() == 1);
            thread.interrupt();

            assertThat(thread.join(Duration.ofSeconds(5))).isTrue();
            assertThat(failure.get()).isInstanceOf(NotConnectedException.class);
            assertThat(interrupted.get()).isTrue();
            assertThat(silent.clients()).isEqualTo(1);
        }
    }

    @Test
    void hosts_that_tell_the_same_are_told_once() {
        var error = error(target(NOBODY, NOBODY + 1));

        assertThat(error.reason()).isEqualTo(Reason.ConnectionFailed);
        assertThat(error.message())
                .isEqualTo(
                        "Database \"%s\" at 127.0.0.1:1,127.0.0.1:2: connection refused. Check the host, and that the"
                                        .formatted(database.name())
                                + " server runs.");
    }

    @Test
    void each_host_tells_its_own_reason() throws Exception {
        try (var closing = Listener.closing()) {
            var error = error(login(guarded.port(), "wrong", NOBODY, closing.port()));

            assertThat(error.reason()).isEqualTo(Reason.AuthenticationFailed);
            assertThat(error.message())
                    .contains(
                            "127.0.0.1:1: connection refused",
                            "127.0.0.1:" + closing.port() + ": the connection was closed before the login",
                            "127.0.0.1:" + guarded.port() + " refused the password of user \"watcher\"")
                    .doesNotContain("preferPrimary", "wrong");
        }
    }

    @Test
    void with_several_hosts_every_reason_is_that_of_one_host() {
        assertThat(error(login(guarded.port(), "wrong", NOBODY)).reason()).isEqualTo(Reason.AuthenticationFailed);
        assertThat(error(login(guarded.port(), null, NOBODY)).reason()).isEqualTo(Reason.AuthenticationFailed);
        assertThat(error(login(guarded.port(), null, NOBODY)).message())
                .contains("asks for a password of user \"watcher\", and none was given. Set the password");
        assertThat(error(target(NOBODY, server.port()), "gone").reason()).isEqualTo(Reason.NoSuchDatabase);
        assertThat(error(target(server.port(), server.port()), "gone").message())
                .endsWith(" does not exist. Check its name.");
    }

    @Test
    void an_expired_certificate_says_so() {
        var error = error(verified("localhost", guarded.port(), expired.authority()));
        assertThat(error.reason()).isEqualTo(Reason.TlsFailed);
        assertThat(error.message())
                .endsWith(": TLS failed, because the server's certificate has expired. Renew it on the server.");
    }

    @Test
    void a_certificate_is_taken_for_its_own_name_and_for_no_other() throws Exception {
        var encrypted = PostgresServer.own(18);
        var certificate = Certificate.of("localhost");
        new Gatekeeper(encrypted).offerTls(certificate);
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(() -> {
            try (var connection =
                            connect(verified("localhost", encrypted.port(), certificate.authority()), "postgres");
                    var statement = connection.createStatement();
                    var row = statement.executeQuery(
                            "SELECT ssl FROM pg_catalog.pg_stat_ssl WHERE pid = pg_catalog.pg_backend_pid()")) {
                row.next();
                assertThat(row.getBoolean(1)).isTrue();
            }
        });
        var otherName = error(verified("127.0.0.1", encrypted.port(), certificate.authority()));
        assertThat(otherName.reason()).isEqualTo(Reason.TlsFailed);
        assertThat(otherName.message())
                .contains(
                        ": TLS failed, because the server's certificate is for another host name. Connect by that name");
        assertThat(error(verified("localhost", encrypted.port(), expired.authority()))
                        .message())
                .contains(": TLS failed, because no trusted authority signed the server's certificate");
        assertThat(error(verified("localhost", encrypted.port(), "no certificate"))
                        .message())
                .contains(": TLS failed, because the CA holds no certificate in PEM form");
    }

    private static Target verified(String host, int port, String authority) {
        var plain = target(port);
        return new Target(
                List.of(new Target.Host(host, port)),
                plain.credentials(),
                new Target.Tls(Target.Tls.Mode.VerifyFull, authority),
                1,
                plain.timeouts(),
                plain.origin());
    }

    @Test
    void a_proxy_without_a_server_says_what_to_check() throws Exception {
        try (var closing = Listener.closing();
                var resetting = Listener.of(client -> client.setSoLinger(true, 0))) {
            for (var port : List.of(closing.port(), resetting.port())) {
                assertThat(error(target(port)).message())
                        .endsWith(": the connection was closed before the login. Check that the host names a PostgreSQL"
                                + " server, and that a proxy before it reaches the server.");
            }
        }
    }

    @Test
    void a_connection_that_is_cut_in_use_is_not_taken_for_another_server() throws Exception {
        try (var session = Session.open(target(server.port()), database.name(), guarded())) {
            var ended = readingError(session, "SELECT pg_catalog.pg_terminate_backend(pg_catalog.pg_backend_pid())");
            assertThat(ended.reason()).isEqualTo(Reason.ServerUnavailable);
            assertThat(ended.message()).contains(": the server ended the connection while it was read");
            var lost = readingError(session, "SELECT 1");
            assertThat(lost.reason()).isEqualTo(Reason.ConnectionFailed);
            assertThat(lost.message()).contains(": the connection was lost while the database was read");
        }
    }

    @Test
    void a_slow_statement_names_its_limit() throws Exception {
        try (var session = Session.open(target(server.port()), database.name(), guarded())) {
            var error = readingError(session, "SELECT pg_catalog.pg_sleep(30)");
            assertThat(error.reason()).isEqualTo(Reason.TimedOut);
            assertThat(error.message())
                    .contains("statement timeout of 500 ms", "or raise spec.connection.timeouts.statement");
        }
    }

    /** The driver would allocate it before the first byte comes, and the image ends a process whose heap is exhausted. */
    @Test
    void a_server_that_announces_too_much_is_left_whether_it_uses_tls_or_not() throws Exception {
        var announcement = new byte[] {'N', 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff, 'S'};
        var certificate = Certificate.of("localhost");
        try (var plain = Listener.of(client -> {
                    client.getInputStream().read(new byte[8]);
                    client.getOutputStream().write('N');
                    client.getOutputStream().write(announcement);
                    client.getInputStream().transferTo(OutputStream.nullOutputStream());
                });
                var encrypted = Listener.of(client -> {
                    client.getInputStream().read(new byte[8]);
                    client.getOutputStream().write('S');
                    try (var tls = certificate.serve(client)) {
                        tls.getOutputStream().write(announcement);
                        tls.getInputStream().transferTo(OutputStream.nullOutputStream());
                    }
                })) {
            for (var port : List.of(plain.port(), encrypted.port())) {
                var error = error(target(port));
                assertThat(error.reason()).isEqualTo(Reason.ConnectionFailed);
                assertThat(error.message())
                        .endsWith(": what answers there does not speak PostgreSQL's protocol (it sent a message of"
                                + " 2,147,483,647 bytes). Check the host.");
            }
        }
    }

    @Test
    void a_server_that_asks_for_kerberos_is_not_said_to_have_a_wrong_certificate() throws Exception {
        try (var kerberos = Listener.of(client -> {
            client.getInputStream().read(new byte[8]);
            client.getOutputStream().write('N');
            client.getOutputStream().write(new byte[] {'R', 0, 0, 0, 8, 0, 0, 0, 7});
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
        })) {
            var error = error(target(kerberos.port()));
            assertThat(error.reason()).isEqualTo(Reason.AuthenticationFailed);
            assertThat(error.message())
                    .endsWith(
                            " for a login by GSSAPI, which Seqwatch does not support. Let pg_hba.conf ask for a password.");
        }
    }

    @Test
    void a_refusal_without_a_word_says_that_no_reason_was_given() throws Exception {
        try (var mute = Listener.of(client -> {
            client.getInputStream().read(new byte[8]);
            client.getOutputStream().write('N');
            client.getOutputStream().write(new byte[] {'E', 0, 0, 0, 5, 0});
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
        })) {
            assertThat(error(target(mute.port())).message()).contains(" (the server gave no reason). ");
        }
    }

    private static void drip(Socket client) throws IOException, InterruptedException {
        client.getInputStream().read(new byte[8]);
        client.getOutputStream().write('N');
        // An authentication request whose bytes never end.
        var bytes = new byte[] {'R', 0, 0, 0x7f, (byte) 0xff};
        try {
            for (var i = 0; ; i++) {
                client.getOutputStream().write(bytes[Math.min(i, bytes.length - 1)]);
                Thread.sleep(200);
            }
        } catch (SocketException e) {
            // given up
        }
    }

    private static ConnectionError readingError(Session session, String sql) {
        try {
            session.query(sql, row -> row.getString(1));
        } catch (SQLException e) {
            return ConnectionError.of(e, target(server.port()), database.name());
        }
        throw new AssertionError("the statement succeeded");
    }

    private static ConnectionError error(Target target) {
        return error(target, database.name());
    }

    private static ConnectionError error(Target target, String name) {
        try (var connection = connect(target, name)) {
            throw new AssertionError("connected to " + connection);
        } catch (SQLException e) {
            return ConnectionError.of(e, target, name);
        }
    }

    private static Target login(int port, @Nullable String password, Integer... before) {
        var plain = target(Stream.concat(Stream.of(before), Stream.of(port)).toArray(Integer[]::new));
        return new Target(
                plain.hosts(),
                new Target.Credentials("watcher", password),
                plain.tls(),
                1,
                plain.timeouts(),
                plain.origin());
    }

    private static Target target(Integer... ports) {
        return target(LONG, ports);
    }

    private static Target target(Duration connect, Integer... ports) {
        return new Target(
                Stream.of(ports).map(port -> new Target.Host("127.0.0.1", port)).toList(),
                new Target.Credentials(server.superuser(), server.password()),
                Target.Tls.PREFER,
                1,
                new Target.Timeouts(connect, Duration.ofSeconds(5), Duration.ofMillis(500), Duration.ofMillis(100)),
                Database.ORIGIN);
    }

    private static Connection connect(Target target, String database) throws SQLException {
        return Connector.connect(target, database, guarded());
    }

    private static GuardedConnection guarded() {
        return new ConnectionGuard(InstantSource.system(), new WorkPermits(1)).open();
    }
}
