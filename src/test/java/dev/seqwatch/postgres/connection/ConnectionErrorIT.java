package dev.seqwatch.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.model.ReadResult;
import dev.seqwatch.model.ReadResult.Reason;
import dev.seqwatch.postgres.catalog.Scope;
import dev.seqwatch.reading.DatabaseReader;
import dev.seqwatch.testing.Certificate;
import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.Gatekeeper;
import dev.seqwatch.testing.Listener;
import dev.seqwatch.testing.PostgresServer;
import dev.seqwatch.testing.TextRules;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each reason for which a database cannot be read, brought about for real, and the rules for what is said of it. */
@SuppressWarnings("NullAway.Init")
class ConnectionErrorIT {
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final String SHOP = "shop";

    private static PostgresServer server;
    private static PostgresServer guarded;
    private static Certificate certificate;

    private final Set<Reason> seen = EnumSet.noneOf(Reason.class);
    private final List<String> broken = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.of(18);
        guarded = PostgresServer.own(18);
        certificate = Certificate.of("localhost");
        var gate = new Gatekeeper(guarded);
        gate.offerTls(certificate);
        try (var connection = guarded.connect("postgres", guarded.superuser());
                var statement = connection.createStatement()) {
            statement.execute("CREATE ROLE watcher LOGIN PASSWORD 'right'");
            statement.execute("CREATE ROLE crowd LOGIN CONNECTION LIMIT 0");
            statement.execute("CREATE ROLE stranger LOGIN");
            statement.execute("CREATE DATABASE closed");
            statement.execute("REVOKE CONNECT ON DATABASE closed FROM PUBLIC");
            statement.execute("CREATE DATABASE " + SHOP);
        }
        try (var connection = guarded.connect(SHOP, guarded.superuser());
                var statement = connection.createStatement()) {
            statement.execute("CREATE SEQUENCE s");
        }
        gate.askForPassword("watcher");
        gate.refuse("refused");
    }

    @Test
    void every_reason_is_said_by_the_rules() throws Exception {
        connecting();
        tls();
        reading();

        assertThat(broken).isEmpty();
        assertThat(seen).containsExactlyInAnyOrder(Reason.values());
    }

    private void connecting() throws Exception {
        hear(Reason.ConnectionFailed, target("127.0.0.1", 1), "connection refused");
        hear(Reason.ConnectionFailed, target("nowhere.invalid", 5432), "does not resolve");
        hear(
                Reason.ConnectionFailed,
                target(List.of(new Target.Host("/nowhere", 5432, true)), "u", null, Target.Tls.PREFER),
                "no server accepts connections on this socket");
        hear(
                Reason.ConnectionFailed,
                target(
                        List.of(new Target.Host("127.0.0.1", 1), new Target.Host("nowhere.invalid", 5432)),
                        "u",
                        null,
                        Target.Tls.PREFER),
                "no host let us in: 127.0.0.1:1: connection refused; nowhere.invalid:5432: host name");
        try (var web = Listener.of(ConnectionErrorIT::web);
                var closing = Listener.closing();
                var silent = Listener.blackHole();
                var starting = Listener.of(client -> refuse(client, "57P03", "the database system is starting up"))) {
            hear(Reason.ConnectionFailed, target("127.0.0.1", web.port()), "does not speak PostgreSQL's protocol");
            hear(Reason.ConnectionFailed, target("127.0.0.1", closing.port()), "was closed before the login");
            hear(Reason.TimedOut, target("127.0.0.1", silent.port()), "no answer within the limit of 1 s");
            hear(
                    Reason.ServerUnavailable,
                    target("127.0.0.1", starting.port()),
                    "(the database system is starting up)");
        }
        hear(Reason.AuthenticationFailed, guarded("watcher", "wrong"), "refused the password of user \"watcher\"");
        hear(Reason.AuthenticationFailed, guarded("watcher", null), "and none was given");
        hear(Reason.AuthenticationFailed, guarded("nobody", null), "refused user \"nobody\" (role \"nobody\" does not");
        hear(
                Reason.AuthenticationFailed,
                guarded("stranger", null),
                "refused",
                "refused user \"stranger\" (pg_hba.conf rejects connection");
        hear(Reason.NoSuchDatabase, guarded("stranger", null), "gone", " does not exist. Check its name.");
        hear(
                Reason.PermissionDenied,
                guarded("stranger", null),
                "closed",
                "(permission denied for database \"closed\")");
        hear(
                Reason.TooManyConnections,
                guarded("crowd", null),
                "has no connection free (too many connections for role");
    }

    private void tls() throws Exception {
        var trusted = new Target.Tls(Target.Tls.Mode.VerifyFull, certificate.pem());
        var other = new Target.Tls(
                Target.Tls.Mode.VerifyFull, Certificate.of("localhost").pem());
        var plain = new Target.Tls(Target.Tls.Mode.Require, null);
        var text = new Target.Tls(Target.Tls.Mode.VerifyFull, "not a certificate");
        var here = List.of(new Target.Host("127.0.0.1", guarded.port()));
        var named = List.of(new Target.Host("localhost", guarded.port()));
        var without = List.of(new Target.Host("127.0.0.1", server.port()));
        hear(Reason.TlsFailed, target(named, "stranger", null, other), "no trusted authority signed");
        hear(Reason.TlsFailed, target(here, "stranger", null, trusted), "is for another host name");
        hear(Reason.TlsFailed, target(without, "stranger", null, plain), "has TLS switched off");
        hear(Reason.TlsFailed, target(named, "stranger", null, text), "holds no certificate in PEM form");
    }

    private void reading() throws Exception {
        var target = guarded(guarded.superuser(), null);
        hearReading(Reason.TimedOut, target, "SELECT pg_catalog.pg_sleep(30)", "statement timeout of 500 ms");
        hearReading(Reason.ReadFailed, target, "SELECT 1/0", "could not be read: division by zero (SQLSTATE 22012)");
        hearReading(
                Reason.ServerUnavailable,
                target,
                "SELECT pg_catalog.pg_terminate_backend(pg_catalog.pg_backend_pid())",
                "the server ended the connection");
        hearReading(
                Reason.PermissionDenied,
                guarded("stranger", null),
                "SELECT rolpassword FROM pg_catalog.pg_authid",
                "(permission denied for table pg_authid)");
        hear(
                ConnectionError.tooLong(target, SHOP, Duration.ofMinutes(10)),
                Reason.TimedOut,
                "was not read within the 600 s");
        var reading = new DatabaseReader(InstantSource.system())
                .read(target, SHOP, Scope.ALL, new OptionalReads(), new HeapPermits(0));
        assertThat(reading)
                .isInstanceOfSatisfying(
                        ReadResult.Unreachable.class,
                        unreachable -> hear(
                                new ConnectionError(unreachable.reason(), unreachable.message()),
                                Reason.TooManySequences,
                                "sequences"));
    }

    private void hear(Reason reason, Target target, String words) {
        hear(reason, target, SHOP, words);
    }

    private void hear(Reason reason, Target target, String database, String words) {
        try (var connection = Connector.connect(
                target, database, new ConnectionGuard(InstantSource.system(), new WorkPermits(1)).open())) {
            throw new AssertionError("connected to " + connection);
        } catch (SQLException e) {
            hear(ConnectionError.of(e, target, database), reason, words);
        }
    }

    private void hearReading(Reason reason, Target target, String sql, String words) throws SQLException {
        try (var session =
                Session.open(target, SHOP, new ConnectionGuard(InstantSource.system(), new WorkPermits(1)).open())) {
            session.query(sql, row -> row.getString(1));
            throw new AssertionError("the statement succeeded");
        } catch (SQLException e) {
            hear(ConnectionError.of(e, target, SHOP), reason, words);
        }
    }

    private void hear(ConnectionError error, Reason reason, String words) {
        assertThat(error.message()).contains(words);
        assertThat(error.reason()).as(error.message()).isEqualTo(reason);
        seen.add(reason);
        broken.addAll(TextRules.brokenWithin(TextRules.LONGEST, error.message()));
        if (!error.message().startsWith("Database \"")) {
            broken.add("does not begin with the object: " + error.message());
        }
        if (TextRules.sentences(error.message()).size() != 2) {
            broken.add("not one sentence of cause and one of advice: " + error.message());
        }
    }

    private static void web(Socket client) throws IOException {
        client.getInputStream().read(new byte[64]);
        client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    /** As a server that does not take connections yet: an ErrorResponse of the protocol. */
    private static void refuse(Socket client, String state, String message) throws IOException {
        var input = client.getInputStream();
        input.read(new byte[8]);
        client.getOutputStream().write('N');
        input.read(new byte[512]);
        var fields = ("SFATAL\0VFATAL\0C" + state + "\0M" + message + "\0\0").getBytes(StandardCharsets.US_ASCII);
        var length = fields.length + 4;
        client.getOutputStream().write(new byte[] {
            'E', (byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length
        });
        client.getOutputStream().write(fields);
    }

    private static Target guarded(String user, @Nullable String password) {
        return target(List.of(new Target.Host("127.0.0.1", guarded.port())), user, password, Target.Tls.PREFER);
    }

    private static Target target(String host, int port) {
        return target(List.of(new Target.Host(host, port)), "u", null, Target.Tls.PREFER);
    }

    private static Target target(List<Target.Host> hosts, String user, @Nullable String password, Target.Tls tls) {
        return new Target(
                hosts,
                new Target.Credentials(user, password),
                tls,
                1,
                new Target.Timeouts(LIMIT, Duration.ofSeconds(20), Duration.ofMillis(500), Duration.ofMillis(100)),
                Database.ORIGIN);
    }
}
