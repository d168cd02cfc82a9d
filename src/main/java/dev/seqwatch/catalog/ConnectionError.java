package dev.seqwatch.catalog;

import dev.seqwatch.catalog.ReadResult.Reason;
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
import org.postgresql.util.PSQLException;

/** What went wrong with a database, in one line that says what to do. */
record ConnectionError(Reason reason, String message) {
    private static final String PROTOCOL_VIOLATION = "08P01";

    static ConnectionError of(SQLException e, Target target, String database) {
        var where = "database \"" + database + "\" at " + target.address();
        var state = e.getSQLState() == null ? "" : e.getSQLState();
        var user = target.credentials().user();
        return switch (state) {
            case "28P01" -> wrongPassword(where, user);
            case "28000" ->
                new ConnectionError(
                        Reason.AuthenticationFailed,
                        "%s refused user \"%s\" (%s): check that the role exists and pg_hba.conf lets it in"
                                .formatted(where, user, firstLine(e)));
            case "3D000" -> new ConnectionError(Reason.NoSuchDatabase, where + " does not exist: check its name");
            case "42501" ->
                new ConnectionError(
                        Reason.PermissionDenied,
                        "%s: user \"%s\" may not connect or read (%s): grant CONNECT on the database"
                                .formatted(where, user, firstLine(e)));
            case "53300" ->
                new ConnectionError(
                        Reason.TooManyConnections, where + " has no connection free (" + firstLine(e) + ")");
            case "57P03" ->
                new ConnectionError(
                        Reason.ServerUnavailable, where + " does not take connections now (" + firstLine(e) + ")");
            case "57014" ->
                new ConnectionError(Reason.TimedOut, where + ": reading the catalogs took longer than allowed");
            case PROTOCOL_VIOLATION -> protocol(e, where, user);
            default ->
                state.startsWith("08") || state.isEmpty()
                        ? connection(e, where, user)
                        : new ConnectionError(
                                Reason.ReadFailed, "%s: %s (SQLSTATE %s)".formatted(where, firstLine(e), state));
        };
    }

    /** @param limit that the inspection as a whole has */
    static ConnectionError tooLong(Target target, String database, Duration limit) {
        return new ConnectionError(
                Reason.TimedOut,
                "database \"" + database + "\" at " + target.address() + " was not read within the "
                        + limit.toSeconds() + " s that one inspection may take: check the network and the load of the"
                        + " server, or raise spec.connection.timeouts.inspection");
    }

    ReadResult.Unreachable reading(Instant at, Duration took) {
        return new ReadResult.Unreachable(reason, message, at, took);
    }

    private static ConnectionError wrongPassword(String where, String user) {
        return new ConnectionError(
                Reason.AuthenticationFailed,
                "%s refused the password of user \"%s\": check the user and the password".formatted(where, user));
    }

    /** PgBouncer has this one SQLSTATE for all that it refuses by itself; a message tells them apart. */
    private static ConnectionError protocol(SQLException e, String where, String user) {
        var told = e instanceof PSQLException driver ? driver.getServerErrorMessage() : null;
        if (told == null) {
            return new ConnectionError(
                    Reason.ConnectionFailed,
                    where + ": what answers there does not speak PostgreSQL's protocol: check host and port");
        }
        var text = String.valueOf(told.getMessage());
        if (text.contains("no such database")) {
            return new ConnectionError(Reason.NoSuchDatabase, where + " is not known to PgBouncer: check its name");
        }
        if (text.contains("authentication failed")) {
            return wrongPassword(where, user);
        }
        if (text.contains("unsupported startup parameter")) {
            return new ConnectionError(
                    Reason.ConnectionFailed,
                    "%s: PgBouncer refuses the driver (%s): add it to ignore_startup_parameters there"
                            .formatted(where, text));
        }
        return new ConnectionError(Reason.ConnectionFailed, where + ": " + text);
    }

    private static ConnectionError connection(SQLException e, String where, String user) {
        var causes = Stream.<Throwable>iterate(e, cause -> cause != null, Throwable::getCause)
                .limit(8)
                .toList();
        for (var cause : causes) {
            switch (cause) {
                case UnknownHostException _ -> {
                    return new ConnectionError(
                            Reason.ConnectionFailed, where + ": the host name is not known: check the host");
                }
                case ConnectException _ -> {
                    return new ConnectionError(
                            Reason.ConnectionFailed,
                            where + ": connection refused: check host and port, and that the server runs");
                }
                case NoRouteToHostException _ -> {
                    return new ConnectionError(
                            Reason.ConnectionFailed, where + ": no route to the host: check the network");
                }
                case SocketTimeoutException _ -> {
                    return new ConnectionError(
                            Reason.TimedOut, where + ": no answer in time: check host, port and network policies");
                }
                case SSLException ssl -> {
                    return tls(where, firstLine(ssl));
                }
                case EOFException _ -> {
                    return new ConnectionError(
                            Reason.ConnectionFailed,
                            where + ": the server closed the connection: check that it is a PostgreSQL server");
                }
                default -> {}
            }
        }
        var text = firstLine(e);
        if (text.contains("timed out")) {
            return new ConnectionError(
                    Reason.TimedOut, where + ": no answer in time: check host, port and network policies");
        }
        if (text.contains("no password was provided")) {
            return new ConnectionError(
                    Reason.AuthenticationFailed,
                    "%s asks for a password of user \"%s\", and none was given".formatted(where, user));
        }
        if (text.contains("SSL") || text.contains("certificate") || text.contains("hostname")) {
            return tls(where, text);
        }
        return new ConnectionError(Reason.ConnectionFailed, where + ": " + text);
    }

    /** What Java's and the driver's words mean to somebody who set up neither. */
    private static ConnectionError tls(String where, String text) {
        String why;
        if (text.contains("unable to find valid certification path") || text.contains("signature check failed")) {
            why = "no trusted authority signed the server's certificate: name the CA that did";
        } else if (text.contains("hostname") && text.contains("could not be verified")) {
            why = "the server's certificate is for another host name: connect by that name, or use verify-ca";
        } else if (text.contains("does not support SSL")) {
            why = "the server has TLS switched off: switch it on there, or ask for no TLS";
        } else if (text.contains(CertificateAuthority.class.getName())) {
            why = "the CA holds no certificate in PEM form: name a file or Secret key that does";
        } else {
            why = text + ": check the TLS mode and the CA";
        }
        return new ConnectionError(Reason.TlsFailed, where + ": TLS failed: " + why);
    }

    private static String firstLine(Throwable e) {
        var message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.lines().findFirst().orElse("").strip();
    }
}
