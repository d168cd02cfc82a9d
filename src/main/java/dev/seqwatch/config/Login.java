package dev.seqwatch.config;

import dev.seqwatch.api.v1alpha1.ConnectionSpec;
import dev.seqwatch.config.InvalidMonitorException.Reason;
import dev.seqwatch.postgres.connection.Target;
import dev.seqwatch.postgres.connection.Target.Tls.Mode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The connection of a spec, completed by a Secret as operators of PostgreSQL write it: single keys first, then a whole URI.
 * A value that cannot be used is named by its key and never repeated, since it may be a password in the wrong place.
 */
final class Login {
    private static final String URI = "uri";
    private static final String JDBC_URI = "jdbc-uri";
    private static final String HOST = "host";
    private static final String PORT = "port";
    private static final String PASSWORD = "password";
    private static final String DATABASE = "dbname";

    private final ConnectionSpec spec;
    private final SecretData secret;
    private final String uriKey;
    private final @Nullable PostgresUri uri;

    Login(ConnectionSpec spec, SecretData secret) throws InvalidMonitorException {
        this.spec = spec;
        this.secret = secret;
        this.uriKey = secret.get(URI).isPresent() ? URI : JDBC_URI;
        var text = secret.get(uriKey);
        this.uri = text.isPresent() ? read(secret.name(uriKey), () -> PostgresUri.parse(text.get())) : null;
    }

    List<Target.Host> hosts() throws InvalidMonitorException {
        var host = spec.host();
        if (host != null || !spec.hosts().isEmpty()) {
            var named = host == null ? spec.hosts() : List.of(new ConnectionSpec.Host(host, spec.port()));
            try {
                return named.stream()
                        .map(each -> new Target.Host(each.host(), each.port()))
                        .toList();
            } catch (IllegalArgumentException e) {
                throw new InvalidMonitorException(Reason.InvalidSpec, hostOrigin() + ": " + e.getMessage());
            }
        }
        var names = secret.get(HOST);
        if (names.isPresent()) {
            var ports = secret.get(PORT).orElse("");
            var key = ports.isEmpty() ? secret.name(HOST) : secret.name(HOST) + " and " + secret.name(PORT);
            var hosts = read(key, () -> PostgresUri.hosts(names.get(), ports, spec.port(), Target.Host::new));
            if (!hosts.isEmpty()) {
                return hosts;
            }
        }
        if (uri == null || uri.hosts().isEmpty()) {
            throw incomplete(
                    "Neither spec.connection nor the Secret names a host: add spec.connection.host, or the key host"
                            + " or uri to the Secret.");
        }
        return uri.hosts();
    }

    Target.Credentials credentials() throws InvalidMonitorException {
        var user = userKey().flatMap(secret::get).or(() -> fromUri(PostgresUri::user));
        if (user.isEmpty()) {
            throw incomplete(noUser());
        }
        var password = secret.get(PASSWORD).or(() -> fromUri(PostgresUri::password));
        return read(
                origin().user() + " or " + origin().password(),
                () -> new Target.Credentials(user.get(), password.orElse(null)));
    }

    /** Database of the login, through which the others are discovered. */
    String database() throws InvalidMonitorException {
        var database = secret.get(DATABASE)
                .filter(name -> !name.equals("*"))
                .or(() -> fromUri(PostgresUri::database))
                .orElse(MonitorConfig.DEFAULT_MAINTENANCE_DATABASE);
        if (database.indexOf('\0') >= 0) {
            throw incomplete("The " + secret.name(DATABASE) + " must not contain the character NUL.");
        }
        return database;
    }

    /** Where the spec leaves the default, a URI may ask for more; it can never ask for less. */
    Mode mode() {
        var mode = switch (spec.tls().mode()) {
            case Disable -> Mode.Disable;
            case Allow -> Mode.Allow;
            case Prefer -> Mode.Prefer;
            case Require -> Mode.Require;
            case VerifyCa -> Mode.VerifyCa;
            case VerifyFull -> Mode.VerifyFull;
        };
        var asked = uri == null ? null : uri.sslMode();
        return mode == Mode.Prefer && asked != null && asked.compareTo(mode) > 0 ? asked : mode;
    }

    Target.Origin origin() {
        var password =
                secret.get(PASSWORD).isEmpty() && fromUri(PostgresUri::password).isPresent() ? uriKey : PASSWORD;
        return new Target.Origin(
                hostOrigin(),
                secret.name(userKey().orElse(fromUri(PostgresUri::user).isPresent() ? uriKey : "username")),
                secret.name(password),
                "spec.connection.tls.mode",
                "spec.connection.tls.caSecretRef",
                "spec.connection.timeouts");
    }

    private String hostOrigin() {
        if (spec.host() != null) {
            return "spec.connection.host";
        }
        if (!spec.hosts().isEmpty()) {
            return "spec.connection.hosts";
        }
        return secret.name(secret.get(HOST).isPresent() ? HOST : uriKey);
    }

    private Optional<String> userKey() {
        return Stream.of("username", "user")
                .filter(key -> secret.get(key).isPresent())
                .findFirst();
    }

    private String noUser() {
        if (spec.credentials() == null) {
            return "No user to log in as: set spec.connection.credentials.secretRef to a Secret with the keys username and"
                    + " password.";
        }
        var keys = secret.values().keySet().stream().sorted().toList();
        return "No user to log in as: add the key username (or user, or uri) to " + secret.source()
                + ", whose keys are " + (keys.isEmpty() ? "none" : String.join(", ", keys)) + ".";
    }

    private Optional<String> fromUri(Part part) {
        return Optional.ofNullable(uri).map(part::of).filter(Objects::nonNull);
    }

    private static <T> T read(String key, Reading<T> reading) throws InvalidMonitorException {
        try {
            return reading.read();
        } catch (IllegalArgumentException e) {
            throw incomplete("The " + key + " cannot be used: " + e.getMessage() + ".");
        }
    }

    private static InvalidMonitorException incomplete(String message) {
        return new InvalidMonitorException(Reason.SecretIncomplete, message);
    }

    @FunctionalInterface
    private interface Part {
        @Nullable
        String of(PostgresUri uri);
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read();
    }
}
