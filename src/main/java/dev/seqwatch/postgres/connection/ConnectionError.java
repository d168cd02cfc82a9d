package dev.seqwatch.postgres.connection;

import static java.util.Comparator.comparingInt;

import dev.seqwatch.model.ReadResult;
import dev.seqwatch.model.ReadResult.Reason;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.security.auth.login.LoginException;
import org.postgresql.util.PSQLException;

/**
 * What went wrong with a database: a sentence that begins with the database and names the cause, and one that says what to
 * do.
 */
public record ConnectionError(Reason reason, String message) {
    private static final int CAUSES = 8;

    public static ConnectionError of(SQLException e, Target target, String database) {
        var where = where(target, database);
        var words = new Words(target, database);
        return e instanceof NotConnectedException none
                ? ofHosts(none.failures(), words, where)
                : words.whileReading(e).at(where);
    }

    /** The inspection as a whole took longer than its {@code limit}. */
    public static ConnectionError tooLong(Target target, String database, Duration limit) {
        var words = new Words(target, database);
        return new Told(
                        Reason.TimedOut,
                        " was not read within the " + limit.toSeconds() + " s that one inspection may take",
                        "check the network and the load of the server" + words.raise("inspection"))
                .at(where(target, database));
    }

    /** The first words of each message. */
    public static String where(Target target, String database) {
        return "Database \"" + ServerText.onOneLine(database) + "\" at " + target.address();
    }

    public ReadResult.Unreachable reading(Instant at, Duration took) {
        return new ReadResult.Unreachable(reason, message, at, took);
    }

    /** Hosts that tell the same are told once; reason and advice are those of the host that let us come furthest. */
    private static ConnectionError ofHosts(
            List<NotConnectedException.HostFailure> failures, Words words, String where) {
        var told = failures.stream()
                .map(failure -> words.whileConnecting(failure.cause(), failure.host()))
                .toList();
        var furthest = told.stream()
                .max(comparingInt((Told each) -> progress(each.reason())))
                .orElseThrow();
        if (told.stream().distinct().count() == 1) {
            return furthest.at(where);
        }
        var each = new StringJoiner("; ");
        for (var i = 0; i < told.size(); i++) {
            each.add(failures.get(i).host() + told.get(i).cause());
        }
        return new Told(furthest.reason(), ": no host let us in: " + each, furthest.advice()).at(where);
    }

    private static int progress(Reason reason) {
        return switch (reason) {
            case ConnectionFailed -> 0;
            case TimedOut -> 1;
            case TlsFailed -> 2;
            case ServerUnavailable, TooManyConnections, ReadFailed, TooManySequences -> 3;
            case AuthenticationFailed, NoSuchDatabase, PermissionDenied -> 4;
        };
    }

    /**
     * What happened to one host.
     *
     * @param cause follows the words that name the database or the host
     * @param advice a sentence without its capital and its full stop
     */
    private record Told(Reason reason, String cause, String advice) {
        ConnectionError at(String where) {
            return new ConnectionError(
                    reason, where + cause + ". " + Character.toUpperCase(advice.charAt(0)) + advice.substring(1) + ".");
        }
    }

    /** The words for one target. */
    private record Words(Target target, String database) {
        Told whileConnecting(SQLException e, Target.Host host) {
            return switch (SqlState.of(e)) {
                case WrongPassword -> wrongPassword();
                case LoginRefused ->
                    new Told(
                            Reason.AuthenticationFailed,
                            " refused user \"" + user() + "\" (" + ServerText.of(e) + ")",
                            "check " + origin().user() + ", that the role exists, and that pg_hba.conf lets it in");
                case NoSuchDatabase -> new Told(Reason.NoSuchDatabase, " does not exist", "check its name");
                case NoPrivilege ->
                    new Told(
                            Reason.PermissionDenied,
                            " does not let user \"" + user() + "\" connect (" + ServerText.of(e) + ")",
                            "grant CONNECT on the database to that role");
                case TooManyConnections ->
                    new Told(
                            Reason.TooManyConnections,
                            " has no connection free (" + ServerText.of(e) + ")",
                            "close connections, or raise max_connections or the CONNECTION LIMIT of role or database");
                case ServerUnavailable ->
                    new Told(
                            Reason.ServerUnavailable,
                            " does not accept connections now (" + ServerText.of(e) + ")",
                            "wait for the server, or read its log");
                case ProtocolViolation -> protocol(e);
                case ConnectionLost -> connection(e, host);
                case Cancelled, Locked, Gone, Other -> failed(e);
            };
        }

        Told whileReading(SQLException e) {
            return switch (SqlState.of(e)) {
                case Cancelled ->
                    new Told(
                            Reason.TimedOut,
                            " was not read, because a query was cancelled by the statement timeout of "
                                    + text(target.timeouts().statement()) + " or by an administrator",
                            "check the load of the server" + raise("statement") + ", or inspect fewer schemas");
                case NoPrivilege ->
                    new Told(
                            Reason.PermissionDenied,
                            " does not let user \"" + user() + "\" read the catalogs (" + ServerText.of(e) + ")",
                            "grant the role what the server names");
                case ServerUnavailable ->
                    new Told(
                            Reason.ServerUnavailable,
                            ": the server ended the connection while it was read (" + ServerText.of(e) + ")",
                            "wait for the server, or read its log");
                case NoSuchDatabase ->
                    new Told(
                            Reason.NoSuchDatabase,
                            " was dropped while it was read",
                            "leave it out from now on, or create it again");
                case ConnectionLost, ProtocolViolation -> lost(e);
                case WrongPassword, LoginRefused, TooManyConnections, Locked, Gone, Other -> failed(e);
            };
        }

        private static Told failed(SQLException e) {
            return new Told(
                    Reason.ReadFailed,
                    " could not be read: " + ServerText.of(e) + " (SQLSTATE " + e.getSQLState() + ")",
                    "read the log of the server, and report this as a bug if the server is well");
        }

        private Told wrongPassword() {
            return new Told(
                    Reason.AuthenticationFailed,
                    " refused the password of user \"" + user() + "\"",
                    "check " + origin().user() + " and " + origin().password());
        }

        /** PgBouncer, which never translates its messages, has one SQLSTATE for all that it refuses by itself. */
        private Told protocol(SQLException e) {
            var told = e instanceof PSQLException driver ? driver.getServerErrorMessage() : null;
            if (told == null) {
                return new Told(
                        Reason.ConnectionFailed,
                        ": what answers there does not speak PostgreSQL's protocol",
                        "check " + origin().host());
            }
            var text = String.valueOf(told.getMessage());
            if (text.contains("no such database")) {
                return new Told(
                        Reason.NoSuchDatabase,
                        " is not known to PgBouncer",
                        "check its name, and the section [databases] of PgBouncer");
            }
            if (text.contains("authentication failed")) {
                return wrongPassword();
            }
            if (text.contains("unsupported startup parameter")) {
                return new Told(
                        Reason.ConnectionFailed,
                        ": PgBouncer refuses a parameter of the connection (" + ServerText.of(e) + ")",
                        "add it to ignore_startup_parameters of PgBouncer");
            }
            return new Told(
                    Reason.ConnectionFailed,
                    " refused the connection (" + ServerText.of(e) + ")",
                    "check " + origin().host() + ", and read the log of the server");
        }

        private Told connection(SQLException e, Target.Host host) {
            for (var cause : causes(e)) {
                switch (cause) {
                    case MessageLimits.ExceededException exceeded -> {
                        return new Told(
                                Reason.ConnectionFailed,
                                ": what answers there does not speak PostgreSQL's protocol (it sent "
                                        + exceeded.getMessage() + ")",
                                "check " + origin().host());
                    }
                    case LoginException _ -> {
                        return new Told(
                                Reason.AuthenticationFailed,
                                " asks user \"" + user() + "\" for a login by GSSAPI, which Seqwatch does not support",
                                "let pg_hba.conf ask for a password");
                    }
                    case GivenPassword.MissingException _ -> {
                        return new Told(
                                Reason.AuthenticationFailed,
                                " asks for a password of user \"" + user() + "\", and none was given",
                                "set " + origin().password());
                    }
                    case UnknownHostException _ -> {
                        return new Told(
                                Reason.ConnectionFailed,
                                ": host name " + host.name() + " does not resolve",
                                "check " + origin().host());
                    }
                    case NoRouteToHostException _ -> {
                        return new Told(
                                Reason.ConnectionFailed,
                                ": there is no route to the host",
                                "check " + origin().host() + " and the network");
                    }
                    case ConnectException refused
                    when host.isSocket() -> {
                        return new Told(
                                Reason.ConnectionFailed,
                                ": no server accepts connections on this socket (" + ServerText.of(refused) + ")",
                                "check " + origin().host() + ", and unix_socket_directories of the server");
                    }
                    case ConnectException _ -> {
                        return new Told(
                                Reason.ConnectionFailed,
                                ": connection refused",
                                "check " + origin().host() + ", and that the server runs");
                    }
                    case SocketTimeoutException _ -> {
                        return new Told(
                                Reason.TimedOut,
                                ": no answer within the limit of "
                                        + text(target.timeouts().connect()) + " for connecting",
                                "check " + origin().host() + " and network policies" + raise("connect"));
                    }
                    case SSLException ssl -> {
                        return tls(TlsError.of(ssl, origin()));
                    }
                    case EOFException _, SocketException _ -> {
                        return new Told(
                                Reason.ConnectionFailed,
                                ": the connection was closed before the login",
                                "check that " + origin().host()
                                        + " names a PostgreSQL server, and that a proxy before it reaches the server");
                    }
                    default -> {}
                }
            }
            return TlsError.of(e, target)
                    .map(Words::tls)
                    .orElseGet(() -> new Told(
                            Reason.ConnectionFailed,
                            ": the connection failed (" + ServerText.of(e) + ")",
                            "check " + origin().host() + ", and read the log of the server"));
        }

        private static Told tls(TlsError error) {
            return new Told(Reason.TlsFailed, ": TLS failed, because " + error.cause(), error.advice());
        }

        private Told lost(SQLException e) {
            if (causes(e).stream().anyMatch(SocketTimeoutException.class::isInstance)) {
                return new Told(
                        Reason.TimedOut,
                        ": the server was silent for " + text(target.timeouts().socket()) + " while a query ran",
                        "check the server and the network" + raise("socket"));
            }
            for (var cause : causes(e)) {
                if (cause instanceof MessageLimits.ExceededException exceeded) {
                    return new Told(
                            Reason.ConnectionFailed,
                            ": the server sent " + exceeded.getMessage()
                                    + ", which no PostgreSQL server sends to Seqwatch",
                            "check " + origin().host());
                }
            }
            return new Told(
                    Reason.ConnectionFailed,
                    ": the connection was lost while the database was read",
                    "check the server's log and the network");
        }

        private String user() {
            return ServerText.onOneLine(target.credentials().user());
        }

        private Target.Origin origin() {
            return target.origin();
        }

        private String raise(String timeout) {
            var field = origin().timeouts();
            return field.isEmpty() ? "" : ", or raise " + field + "." + timeout;
        }

        private static String text(Duration duration) {
            return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
        }

        private static List<Throwable> causes(SQLException e) {
            return Stream.<Throwable>iterate(e, cause -> cause != null, Throwable::getCause)
                    .limit(CAUSES)
                    .toList();
        }
    }
}
