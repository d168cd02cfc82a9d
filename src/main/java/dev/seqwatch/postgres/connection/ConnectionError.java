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

/** What went wrong with a database, in one line that says what to do. */
public record ConnectionError(Reason reason, String message) {
    private static final int CAUSES = 8;

    public static ConnectionError of(SQLException e, Target target, String database) {
        var where = "database \"" + onOneLine(database) + "\" at " + target.address();
        var words = new Words(target, database);
        return e instanceof NotConnectedException none
                ? ofHosts(none.failures(), words, where)
                : words.whileReading(e).at(where);
    }

    /** The inspection as a whole took longer than its {@code limit}. */
    public static ConnectionError tooLong(Target target, String database, Duration limit) {
        return new ConnectionError(
                Reason.TimedOut,
                "database \"" + database + "\" at " + target.address() + " was not read within the "
                        + limit.toSeconds() + " s that one inspection may take: check the network and the load of the"
                        + " server, or raise spec.connection.timeouts.inspection");
    }

    public ReadResult.Unreachable reading(Instant at, Duration took) {
        return new ReadResult.Unreachable(reason, message, at, took);
    }

    /** Hosts that tell the same are told once; the reason is that of the host that let us come furthest. */
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
            each.add(failures.get(i).host() + told.get(i).what());
        }
        return new ConnectionError(furthest.reason(), where + ": no host let us in: " + each);
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

    private static String onOneLine(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String firstLine(Throwable e) {
        var message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("the server gave no reason");
    }

    /** A reason, and what follows the words that name the database or the host. */
    private record Told(Reason reason, String what) {
        ConnectionError at(String where) {
            return new ConnectionError(reason, where + what);
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
                            " refused user \"" + user() + "\" (" + firstLine(e) + "): check " + origin().user()
                                    + ", that the role exists, and that pg_hba.conf lets it in");
                case NoSuchDatabase -> new Told(Reason.NoSuchDatabase, " does not exist: check its name");
                case NoPrivilege ->
                    new Told(
                            Reason.PermissionDenied,
                            ": user \"" + user() + "\" may not connect (" + firstLine(e)
                                    + "): grant CONNECT on the database");
                case TooManyConnections ->
                    new Told(Reason.TooManyConnections, " has no connection free (" + firstLine(e) + ")");
                case ServerUnavailable ->
                    new Told(Reason.ServerUnavailable, " does not take connections now (" + firstLine(e) + ")");
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
                            ": a query was cancelled after the statement timeout of "
                                    + text(target.timeouts().statement())
                                    + ", or by an administrator: check the load of the server"
                                    + raise("statement") + ", or limit spec.schemas");
                case NoPrivilege ->
                    new Told(
                            Reason.PermissionDenied,
                            ": user \"" + user() + "\" may not read the catalogs (" + firstLine(e) + ")");
                case ServerUnavailable ->
                    new Told(
                            Reason.ServerUnavailable,
                            ": the server ended the connection while it was read (" + firstLine(e) + ")");
                case NoSuchDatabase -> new Told(Reason.NoSuchDatabase, " was dropped while it was read");
                case ConnectionLost, ProtocolViolation -> lost(e);
                case WrongPassword, LoginRefused, TooManyConnections, Locked, Gone, Other -> failed(e);
            };
        }

        private static Told failed(SQLException e) {
            return new Told(Reason.ReadFailed, ": " + firstLine(e) + " (SQLSTATE " + e.getSQLState() + ")");
        }

        private Told wrongPassword() {
            return new Told(
                    Reason.AuthenticationFailed,
                    " refused the password of user \"" + user() + "\": check " + origin().user() + " and "
                            + origin().password());
        }

        /** PgBouncer, which never translates its messages, has one SQLSTATE for all that it refuses by itself. */
        private Told protocol(SQLException e) {
            var told = e instanceof PSQLException driver ? driver.getServerErrorMessage() : null;
            if (told == null) {
                return new Told(
                        Reason.ConnectionFailed,
                        ": what answers there does not speak PostgreSQL's protocol: check " + origin().host());
            }
            var text = String.valueOf(told.getMessage());
            if (text.contains("no such database")) {
                return new Told(Reason.NoSuchDatabase, " is not known to PgBouncer: check its name");
            }
            if (text.contains("authentication failed")) {
                return wrongPassword();
            }
            if (text.contains("unsupported startup parameter")) {
                return new Told(
                        Reason.ConnectionFailed,
                        ": PgBouncer refuses the driver (" + text + "): add it to ignore_startup_parameters there");
            }
            return new Told(Reason.ConnectionFailed, ": " + text);
        }

        private Told connection(SQLException e, Target.Host host) {
            for (var cause : causes(e)) {
                switch (cause) {
                    case MessageLimits.ExceededException exceeded -> {
                        return exceeded(exceeded);
                    }
                    case LoginException _ -> {
                        return new Told(
                                Reason.AuthenticationFailed,
                                " asks user \"" + user()
                                        + "\" for a login by GSSAPI, which Seqwatch does not support: have"
                                        + " pg_hba.conf ask for a password");
                    }
                    case GivenPassword.MissingException _ -> {
                        return new Told(
                                Reason.AuthenticationFailed,
                                " asks for a password of user \"" + user() + "\", and none was given: set "
                                        + origin().password());
                    }
                    case UnknownHostException _ -> {
                        return new Told(
                                Reason.ConnectionFailed,
                                ": host name " + host.name() + " does not resolve: check " + origin().host());
                    }
                    case NoRouteToHostException _ -> {
                        return new Told(Reason.ConnectionFailed, ": no route to the host: check the network");
                    }
                    case ConnectException refused
                    when host.isSocket() -> {
                        return new Told(
                                Reason.ConnectionFailed,
                                ": no server accepts connections on this socket (" + firstLine(refused) + "): check "
                                        + origin().host() + ", and unix_socket_directories of the server");
                    }
                    case ConnectException _ -> {
                        return new Told(
                                Reason.ConnectionFailed,
                                ": connection refused: check " + origin().host() + ", and that the server runs");
                    }
                    case SocketTimeoutException _ -> {
                        return new Told(
                                Reason.TimedOut,
                                ": no answer within the limit of "
                                        + text(target.timeouts().connect())
                                        + " for connecting: check " + origin().host() + " and network policies"
                                        + raise("connect"));
                    }
                    case SSLException ssl -> {
                        return tls(TlsError.of(ssl, origin()));
                    }
                    case EOFException _, SocketException _ -> {
                        return new Told(
                                Reason.ConnectionFailed,
                                ": the connection was closed before the login: check that "
                                        + origin().host()
                                        + " names a PostgreSQL server, and that a proxy before it reaches the server");
                    }
                    default -> {}
                }
            }
            var tls = TlsError.of(e, target);
            return tls.map(Words::tls).orElseGet(() -> new Told(Reason.ConnectionFailed, ": " + firstLine(e)));
        }

        private static Told tls(String why) {
            return new Told(Reason.TlsFailed, ": TLS failed: " + why);
        }

        private Told lost(SQLException e) {
            if (causes(e).stream().anyMatch(SocketTimeoutException.class::isInstance)) {
                return new Told(
                        Reason.TimedOut,
                        ": the server was silent for " + text(target.timeouts().socket())
                                + " while a query ran: check the server and the network" + raise("socket"));
            }
            for (var cause : causes(e)) {
                if (cause instanceof MessageLimits.ExceededException exceeded) {
                    return exceeded(exceeded);
                }
            }
            return new Told(
                    Reason.ConnectionFailed,
                    ": the connection was lost while the database was read (" + firstLine(e)
                            + "): check the server's log and the network");
        }

        private Told exceeded(MessageLimits.ExceededException e) {
            return new Told(
                    Reason.ConnectionFailed,
                    ": the server sent " + e.getMessage() + ", which no PostgreSQL server sends to Seqwatch: check "
                            + origin().host());
        }

        private String user() {
            return onOneLine(target.credentials().user());
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
