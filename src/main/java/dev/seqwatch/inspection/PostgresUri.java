package dev.seqwatch.inspection;

import dev.seqwatch.catalog.Target.Host;
import dev.seqwatch.catalog.Target.Tls;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    public PostgresUri {
        hosts = List.copyOf(hosts);
    }

    /** Password left out: a URI must not reach a log. */
    @Override
    public String toString() {
        return "postgresql://" + hosts + "/" + database;
    }

    /**
     * Takes a URI apart.
     *
     * @throws IllegalArgumentException with a line that names what is wrong and holds no password
     */
    public static PostgresUri parse(String text) {
        var jdbc = text.startsWith("jdbc:");
        var uri = jdbc ? text.substring("jdbc:".length()) : text;
        var scheme = uri.startsWith("postgresql://") ? "postgresql://" : "postgres://";
        if (!uri.startsWith(scheme)) {
            throw new IllegalArgumentException("a connection URI begins with postgresql://");
        }
        var rest = uri.substring(scheme.length());
        var query = rest.indexOf('?');
        var parameters = query < 0 ? Map.<String, String>of() : parameters(rest.substring(query + 1));
        rest = query < 0 ? rest : rest.substring(0, query);
        var slash = rest.indexOf('/');
        var database = slash < 0 ? "" : decode(rest.substring(slash + 1));
        var authority = slash < 0 ? rest : rest.substring(0, slash);
        var at = authority.lastIndexOf('@');
        var login = at < 0 ? "" : authority.substring(0, at);
        var colon = login.indexOf(':');
        var hosts = hosts(authority.substring(at + 1), parameters);
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

    /** As psql writes it: {@code verify-full}. */
    public static Tls.Mode sslMode(String text) {
        return switch (text) {
            case "disable" -> Tls.Mode.Disable;
            case "allow" -> Tls.Mode.Allow;
            case "prefer" -> Tls.Mode.Prefer;
            case "require" -> Tls.Mode.Require;
            case "verify-ca" -> Tls.Mode.VerifyCa;
            case "verify-full" -> Tls.Mode.VerifyFull;
            default ->
                throw new IllegalArgumentException("sslmode \"" + text
                        + "\" is not known: disable, allow, prefer, require, verify-ca or verify-full");
        };
    }

    /**
     * Reads a port.
     *
     * @throws IllegalArgumentException where it is no number from 1 to 65535
     */
    public static int port(String text) {
        try {
            var port = Integer.parseInt(text);
            if (port >= 1 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // said below, in words
        }
        throw new IllegalArgumentException("port \"" + text + "\" is no number from 1 to 65535");
    }

    private static List<Host> hosts(String list, Map<String, String> parameters) {
        var hosts = new ArrayList<Host>();
        var fallback = Optional.ofNullable(parameters.get("port"))
                .map(PostgresUri::port)
                .orElse(Host.DEFAULT_PORT);
        var entries = list.isEmpty() ? parameters.getOrDefault("host", "") : list;
        for (var entry : entries.split(",", -1)) {
            var end = entry.startsWith("[") ? entry.indexOf(']') : -1;
            var colon = entry.indexOf(':', Math.max(0, end));
            var name = colon < 0 ? entry : entry.substring(0, colon);
            var host = end > 0 ? entry.substring(1, end) : decode(name);
            if (host.startsWith("/")) {
                throw new IllegalArgumentException(
                        "host \"" + host + "\" is a socket directory: name a host that listens on TCP, e.g. localhost");
            }
            if (!host.isEmpty()) {
                hosts.add(new Host(
                        host, colon < 0 || colon + 1 == entry.length() ? fallback : port(entry.substring(colon + 1))));
            }
        }
        return hosts;
    }

    private static Map<String, String> parameters(String query) {
        var parameters = new HashMap<String, String>();
        for (var pair : query.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            var equals = pair.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("the URI's parameter \"" + decode(pair) + "\" has no value");
            }
            var name = decode(pair.substring(0, equals));
            switch (name) {
                case "user", "password", "dbname", "host", "port", "sslmode", "sslrootcert" ->
                    parameters.put(name, decode(pair.substring(equals + 1)));
                case "ssl" -> parameters.put("sslmode", pair.endsWith("=true") ? "verify-full" : "prefer");
                default -> {
                    if (!HARMLESS.contains(name)) {
                        throw new IllegalArgumentException("the URI's parameter \"" + name + "\" is not supported");
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
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the URI holds a % that starts no %XX escape: write % itself as %25", e);
        }
    }
}
