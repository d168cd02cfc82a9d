package dev.seqwatch.cli;

import dev.seqwatch.catalog.Target;
import dev.seqwatch.catalog.Target.Host;
import dev.seqwatch.catalog.Target.Tls;
import dev.seqwatch.inspection.PostgresUri;
import dev.seqwatch.inspection.SecretData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The variables that psql reads: manual, section 32.15. A password file ({@code PGPASSFILE}, {@code ~/.pgpass}) is read
 * by the driver.
 */
record Environment(Map<String, String> variables) {
    Environment {
        variables = Map.copyOf(variables);
    }

    /** Names alone: a password may be among the values. */
    @Override
    public String toString() {
        return variables.keySet().toString();
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }

    boolean namesAServer() {
        return get("PGHOST").isPresent() || get("PGDATABASE").isPresent();
    }

    String user() {
        return get("PGUSER").orElse(System.getProperty("user.name", "postgres"));
    }

    /** What a monitor's Secret would hold. */
    SecretData secret() {
        var values = new HashMap<String, String>();
        values.put("username", user());
        get("PGPASSWORD").ifPresent(value -> values.put("password", value));
        get("PGHOST").ifPresent(value -> values.put("host", value));
        get("PGPORT").ifPresent(value -> values.put("port", value));
        get("PGDATABASE").ifPresent(value -> values.put("dbname", value));
        return new SecretData(values);
    }

    /** PEM text of PGSSLROOTCERT; null where it is not set, or asks for the system's authorities. */
    @Nullable
    String ca() throws UsageException {
        return ca(get("PGSSLROOTCERT").orElse(null));
    }

    /** Where a URI is silent, the environment speaks; where both are, libpq's defaults do. */
    Target target(PostgresUri uri) throws UsageException {
        var user = uri.user() == null ? user() : uri.user();
        var password = uri.password() == null ? get("PGPASSWORD").orElse(null) : uri.password();
        try {
            var mode = uri.sslMode() == null
                    ? get("PGSSLMODE").map(PostgresUri::sslMode).orElse(Tls.Mode.Prefer)
                    : uri.sslMode();
            var root = uri.sslRootCert() == null ? get("PGSSLROOTCERT").orElse(null) : uri.sslRootCert();
            return new Target(
                    uri.hosts().isEmpty() ? hosts() : uri.hosts(),
                    new Target.Credentials(user, password),
                    new Tls(mode, ca(root)),
                    1,
                    Target.Timeouts.DEFAULT);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    String database(PostgresUri uri) {
        return Optional.ofNullable(uri.database())
                .or(() -> get("PGDATABASE"))
                .orElseGet(() -> uri.user() == null ? user() : uri.user());
    }

    private List<Host> hosts() {
        return PostgresUri.hosts(
                get("PGHOST").orElse("localhost"), get("PGPORT").orElse(""));
    }

    private static @Nullable String ca(@Nullable String file) throws UsageException {
        if (file == null || file.equals("system")) {
            return null;
        }
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UsageException(
                    "The CA file " + file + " cannot be read: name one that exists in PGSSLROOTCERT or sslrootcert.");
        }
    }
}
