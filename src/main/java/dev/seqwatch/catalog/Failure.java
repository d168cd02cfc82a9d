package dev.seqwatch.catalog;

import dev.seqwatch.catalog.Reading.Reason;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** What went wrong with a database, in one line that says what to do. */
record Failure(Reason reason, String message) {
    static Failure of(SQLException e, Target target, String database) {
        var where = "database \"" + database + "\" at " + target.address();
        var state = e.getSQLState() == null ? "" : e.getSQLState();
        var user = target.credentials().user();
        return switch (state) {
            case "28P01" ->
                new Failure(
                        Reason.AuthenticationFailed,
                        "%s refused the password of user \"%s\": check the user and the password"
                                .formatted(where, user));
            case "28000" ->
                new Failure(
                        Reason.AuthenticationFailed,
                        "%s refused user \"%s\" (%s): check that the role exists and pg_hba.conf lets it in"
                                .formatted(where, user, firstLine(e)));
            case "3D000" -> new Failure(Reason.NoSuchDatabase, where + " does not exist: check its name");
            case "42501" ->
                new Failure(
                        Reason.PermissionDenied,
                        "%s: user \"%s\" may not connect or read (%s): grant CONNECT on the database"
                                .formatted(where, user, firstLine(e)));
            case "53300" ->
                new Failure(Reason.TooManyConnections, where + " has no connection free (" + firstLine(e) + ")");
            case "57P03" ->
                new Failure(Reason.ServerUnavailable, where + " does not take connections now (" + firstLine(e) + ")");
            case "57014" -> new Failure(Reason.TimedOut, where + ": reading the catalogs took longer than allowed");
            default ->
                state.startsWith("08") || state.isEmpty()
                        ? connection(e, where)
                        : new Failure(Reason.ReadFailed, "%s: %s (SQLSTATE %s)".formatted(where, firstLine(e), state));
        };
    }

    Reading.Unreachable reading(Instant at, Duration took) {
        return new Reading.Unreachable(reason, message, at, took);
    }

    private static Failure connection(SQLException e, String where) {
        var causes = Stream.<Throwable>iterate(e, cause -> cause != null, Throwable::getCause)
                .limit(8)
                .toList();
        for (var cause : causes) {
            switch (cause) {
                case UnknownHostException _ -> {
                    return new Failure(Reason.ConnectionFailed, where + ": the host name is not known: check the host");
                }
                case ConnectException _ -> {
                    return new Failure(
                            Reason.ConnectionFailed,
                            where + ": connection refused: check host and port, and that the server runs");
                }
                case NoRouteToHostException _ -> {
                    return new Failure(Reason.ConnectionFailed, where + ": no route to the host: check the network");
                }
                case SocketTimeoutException _ -> {
                    return new Failure(
                            Reason.TimedOut, where + ": no answer in time: check host, port and network policies");
                }
                case SSLException ssl -> {
                    return new Failure(
                            Reason.TlsFailed,
                            "%s: TLS failed (%s): check the TLS mode and the CA".formatted(where, firstLine(ssl)));
                }
                case EOFException _ -> {
                    return new Failure(
                            Reason.ConnectionFailed,
                            where + ": the server closed the connection: check that it is a PostgreSQL server");
                }
                default -> {}
            }
        }
        var text = firstLine(e);
        if (text.contains("timed out")) {
            return new Failure(Reason.TimedOut, where + ": no answer in time: check host, port and network policies");
        }
        if (text.contains("SSL") || text.contains("certificate") || text.contains("hostname")) {
            return new Failure(
                    Reason.TlsFailed, "%s: TLS failed (%s): check the TLS mode and the CA".formatted(where, text));
        }
        return new Failure(Reason.ConnectionFailed, where + ": " + text);
    }

    private static String firstLine(Throwable e) {
        var message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.lines().findFirst().orElse("").strip();
    }
}
