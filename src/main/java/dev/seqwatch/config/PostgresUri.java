package dev.seqwatch.config;

import dev.seqwatch.postgres.connection.Target.Host;
import dev.seqwatch.postgres.connection.Target.Tls;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A connection URI as psql reads it (manual, section 32.1.1.2), or the driver's {@code jdbc:} form. It is taken apart and
 * never passed on, so that no parameter of the driver's can be set through it.
 *
 * @param hosts empty where the URI names none
 * @param sslRootCert path of a file
 */
public record PostgresUri(
        List<Host> hosts,
        @Nullable String user,
        @Nullable String password,
        @Nullable String database,
        Tls.@Nullable Mode sslMode,
        @Nullable String sslRootCert) {
    /** Parameters that change nothing about a reading. */
    private static final Set<String> HARMLESS = Set.of(
            "application_name",
            "ApplicationName",
            "fallback_application_name",
            "connect_timeout",
            "connectTimeout",
            "keepalives",
            "target_session_attrs",
            "targetServerType",
            "channel_binding",
            "gssencmode",
            "client_encoding");

    /** Those that say where and as whom to connect. */
    private static final List<String> KEYWORDS =
            List.of("host", "hostaddr", "port", "user", "password", "dbname", "sslmode", "sslrootcert");

    private static final Pattern KEYWORD = Pattern.compile("[a-z_]{1,40}");
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
    private static final Pattern END_OF_AUTHORITY = Pattern.compile("[/?]");
    private static final Pattern HOSTS =
            Pattern.compile("([^:,]*|\\[[^\\]]*])(:[0-9]*)?(,([^:,]*|\\[[^\\]]*])(:[0-9]*)?)*");

    /** Which names are hosts: {@code Host::new} where they come from a monitor, {@code Host::orSocket} on a command line. */
    @FunctionalInterface
    public interface HostParser {
        /**
         * Makes a host.
         *
         * @throws IllegalArgumentException with a line that says what to write and does not repeat the name
         */
        Host host(String name, int port);
    }

    public PostgresUri {
        hosts = List.copyOf(hosts);
    }

    /** Password left out: a URI must not reach a log. */
    @Override
    public String toString() {
        return "postgresql://" + hosts + "/" + database;
    }

    /**
     * Takes apart a URI whose hosts are reached by TCP.
     *
     * @throws IllegalArgumentException with a line that names what is wrong and holds no password
     */
    public static PostgresUri parse(String text) {
        return parse(text, Host::new);
    }

    /** The same with hosts of another grammar. */
    public static PostgresUri parse(String text, HostParser grammar) {
        var jdbc = text.startsWith("jdbc:");
        var uri = jdbc ? text.substring("jdbc:".length()) : text;
        var scheme = uri.startsWith("postgresql://") ? "postgresql://" : "postgres://";
        if (!uri.startsWith(scheme)) {
            throw new IllegalArgumentException("a connection URI begins with postgresql://");
        }
        var rest = uri.substring(scheme.length());
        refuseBareSeparators(rest);
        var query = rest.indexOf('?');
        var parameters = query < 0 ? Map.<String, String>of() : parameters(rest.substring(query + 1));
        rest = query < 0 ? rest : rest.substring(0, query);
        var slash = rest.indexOf('/');
        var database = slash < 0 ? "" : decode(rest.substring(slash + 1));
        var authority = slash < 0 ? rest : rest.substring(0, slash);
        var at = authority.lastIndexOf('@');
        var login = at < 0 ? "" : authority.substring(0, at);
        var colon = login.indexOf(':');
        var hosts = hosts(authority.substring(at + 1), parameters, grammar);
        return new PostgresUri(
                hosts,
                first(decode(colon < 0 ? login : login.substring(0, colon)), parameters.get("user")),
                first(colon < 0 ? "" : decode(login.substring(colon + 1)), parameters.get("password")),
                first(database, parameters.get("dbname")),
                Optional.ofNullable(parameters.get("sslmode"))
                        .map(PostgresUri::sslMode)
                        .orElse(null),
                parameters.get("sslrootcert"));
    }

    /**
     * The same from the parameters of a connection string, a service file or options, by the keywords of libpq.
     *
     * @throws IllegalArgumentException with a line that names the keyword at fault and repeats no value
     */
    public static PostgresUri of(Map<String, String> parameters, HostParser grammar) {
        for (var keyword : parameters.keySet()) {
            if (!KEYWORDS.contains(keyword) && !HARMLESS.contains(keyword)) {
                throw new IllegalArgumentException(
                        "keyword " + (KEYWORD.matcher(keyword).matches() ? keyword + " " : "")
                                + "is not supported: use " + String.join(", ", KEYWORDS));
            }
        }
        return new PostgresUri(
                hosts(
                        parameters.getOrDefault("host", parameters.getOrDefault("hostaddr", "")),
                        parameters.getOrDefault("port", ""),
                        Host.DEFAULT_PORT,
                        grammar),
                value(parameters, "user"),
                value(parameters, "password"),
                value(parameters, "dbname"),
                Optional.ofNullable(value(parameters, "sslmode"))
                        .map(PostgresUri::sslMode)
                        .orElse(null),
                value(parameters, "sslrootcert"));
    }

    /** An empty value means the default. */
    private static @Nullable String value(Map<String, String> parameters, String keyword) {
        return first(parameters.getOrDefault(keyword, ""), null);
    }

    /** What this leaves open, the other fills in. */
    public PostgresUri or(PostgresUri other) {
        return new PostgresUri(
                hosts.isEmpty() ? other.hosts : hosts,
                user == null ? other.user : user,
                password == null ? other.password : password,
                database == null ? other.database : database,
                sslMode == null ? other.sslMode : sslMode,
                sslRootCert == null ? other.sslRootCert : sslRootCert);
    }

    /** What follows a bare / or ? of a password would be taken for something else, and named in a message. */
    private static void refuseBareSeparators(String rest) {
        var end = END_OF_AUTHORITY.matcher(rest);
        if (!end.find()) {
            return;
        }
        var authority = rest.substring(0, end.start());
        var path = rest.substring(end.start()).split("\\?", 2)[0];
        var login = rest.contains("@")
                && !authority.contains("@")
                && !HOSTS.matcher(authority).matches();
        if (login || path.contains("@")) {
            throw new IllegalArgumentException(
                    "a / or ? stands before the @ of the URI: write them as %2F and %3F in a user or password, and @ as %40 in a database's name");
        }
    }

    /**
     * Reads a TLS mode as psql writes it: {@code verify-full}.
     *
     * @throws IllegalArgumentException with a line that does not repeat the text
     */
    public static Tls.Mode sslMode(String text) {
        return Tls.Mode.of(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "sslmode must be disable, allow, prefer, require, verify-ca or verify-full"));
    }

    /**
     * Reads a port.
     *
     * @throws IllegalArgumentException with a line that does not repeat the text
     */
    public static int port(String text) {
        if (PORT.matcher(text).matches()) {
            var port = Integer.parseInt(text);
            if (port >= 1 && port <= Host.MAX_PORT) {
                return port;
            }
        }
        throw new IllegalArgumentException("a port must be a number from 1 to " + Host.MAX_PORT);
    }

    /**
     * Servers as PGHOST and PGPORT name them: lists of equal length, or one port for all, or none.
     *
     * @throws IllegalArgumentException with a line that says what is wrong and repeats neither host nor port
     */
    public static List<Host> hosts(String names, String ports, int defaultPort, HostParser grammar) {
        var name = names.split(",", -1);
        var port = ports.split(",", -1);
        if (port.length > 1 && port.length != name.length) {
            throw new IllegalArgumentException("there are " + name.length + " hosts and " + port.length
                    + " ports: give each host its port, or one port for all");
        }
        var hosts = new ArrayList<Host>();
        for (var i = 0; i < name.length; i++) {
            var own = port[port.length == 1 ? 0 : i];
            add(hosts, name[i], own.isEmpty() ? defaultPort : port(own), i + 1, grammar);
        }
        return hosts;
    }

    /** Servers as a URI's authority names them: {@code a:5432,[::1]:5433}. */
    private static List<Host> hosts(String list, Map<String, String> parameters, HostParser grammar) {
        var ports = parameters.getOrDefault("port", "");
        if (list.isEmpty()) {
            return hosts(parameters.getOrDefault("host", ""), ports, Host.DEFAULT_PORT, grammar);
        }
        var fallback = ports.isEmpty() ? Host.DEFAULT_PORT : port(ports);
        var hosts = new ArrayList<Host>();
        var number = 0;
        for (var entry : list.split(",", -1)) {
            number++;
            var end = entry.startsWith("[") ? entry.indexOf(']') : -1;
            var colon = entry.indexOf(':', Math.max(0, end));
            if (end > 0 && colon != end + 1 && entry.length() != end + 1) {
                throw new IllegalArgumentException(
                        "host " + number + ": a ] must be followed by : and a port, or nothing");
            }
            var name = end > 0 ? entry.substring(1, end) : decode(colon < 0 ? entry : entry.substring(0, colon));
            var port = colon < 0 || colon + 1 == entry.length() ? fallback : port(entry.substring(colon + 1));
            add(hosts, name, port, number, grammar);
        }
        return hosts;
    }

    private static void add(List<Host> hosts, String name, int port, int number, HostParser grammar) {
        if (name.isEmpty()) {
            return;
        }
        try {
            hosts.add(grammar.host(name, port));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("host " + number + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, String> parameters(String query) {
        var parameters = new HashMap<String, String>();
        var number = 0;
        for (var pair : query.split("&", -1)) {
            number++;
            if (pair.isEmpty()) {
                continue;
            }
            var equals = pair.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("parameter " + number
                        + " of the URI has no value: write name=value after the ?, and & in a value as %26");
            }
            var name = decode(pair.substring(0, equals));
            switch (name) {
                case "user", "password", "dbname", "host", "port", "sslmode", "sslrootcert" ->
                    parameters.put(name, decode(pair.substring(equals + 1)));
                case "ssl" -> parameters.put("sslmode", pair.endsWith("=true") ? "verify-full" : "prefer");
                default -> {
                    if (!HARMLESS.contains(name)) {
                        throw new IllegalArgumentException("parameter " + number
                                + " of the URI is not supported: use user, password, dbname, host, port, sslmode and"
                                + " sslrootcert, and write & in a value as %26");
                    }
                }
            }
        }
        return parameters;
    }

    private static @Nullable String first(String text, @Nullable String fallback) {
        return text.isEmpty() ? fallback : text;
    }

    private static String decode(String text) {
        String decoded;
        try {
            decoded = URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the URI holds a % that starts no %XX escape: write % itself as %25", e);
        }
        if (decoded.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("the URI must not contain the character NUL");
        }
        return decoded;
    }
}
