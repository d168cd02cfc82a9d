package dev.seqwatch.cli;

import dev.seqwatch.config.ConnectionString;
import dev.seqwatch.config.PostgresUri;
import dev.seqwatch.config.SecretData;
import dev.seqwatch.postgres.connection.PasswordFile;
import dev.seqwatch.postgres.connection.Target;
import dev.seqwatch.postgres.connection.Target.Host;
import dev.seqwatch.postgres.connection.Target.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The variables that psql reads: manual of PostgreSQL, "Environment Variables".
 *
 * @param sockets the directory of the server's socket where no host is named
 */
record Environment(Map<String, String> variables, Path sockets) {
    /** Where the packages of Linux distributions let the server put its socket; others may write to /tmp. */
    private static final Path SOCKETS = Path.of("/var/run/postgresql");

    private static final String LOCALHOST = "localhost";

    private static final Set<PosixFilePermission> OWNERS =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    /** How messages name what a Secret would hold. */
    private static final Map<String, String> VARIABLES = Map.of(
            "username",
            "PGUSER",
            "password",
            "PGPASSWORD or the password file",
            "host",
            "PGHOST",
            "port",
            "PGPORT",
            "dbname",
            "PGDATABASE");

    /** Of a URI and what it leaves to the environment. */
    private static final Target.Origin ORIGIN = new Target.Origin(
            "host and port of the URI, or PGHOST and PGPORT",
            "the user of the URI, or PGUSER",
            "the password of the URI, PGPASSWORD or the password file",
            "sslmode or PGSSLMODE",
            "sslrootcert or PGSSLROOTCERT",
            "");

    Environment {
        variables = Map.copyOf(variables);
    }

    Environment(Map<String, String> variables) {
        this(variables, SOCKETS);
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
        return Stream.of("PGHOST", "PGDATABASE", "PGSERVICE")
                .anyMatch(name -> get(name).isPresent());
    }

    /**
     * What a command line says about the connection. What is given counts before the options, these before a service, and
     * that before the other variables, as with psql.
     *
     * @param given the name of a database, a URI or a connection string; null where there is none
     * @param options by the keywords of libpq
     * @throws IllegalArgumentException with a line that says what is wrong and repeats no value
     */
    PostgresUri connection(@Nullable String given, Map<String, String> options) throws UsageException {
        if (given != null && (given.contains("://") || given.startsWith("jdbc:"))) {
            return PostgresUri.parse(given, Host::orSocket)
                    .or(PostgresUri.of(completed(new HashMap<>(options)), Host::orSocket));
        }
        var parameters = new HashMap<>(options);
        if (given != null && given.contains("=")) {
            parameters.putAll(ConnectionString.parse(given));
        } else if (given != null) {
            parameters.put("dbname", given);
        }
        return PostgresUri.of(completed(parameters), Host::orSocket);
    }

    /** With the parameters of a service, and with the host or the port of the environment beside a port or a host. */
    private Map<String, String> completed(Map<String, String> parameters) throws UsageException {
        var service = Optional.ofNullable(parameters.remove("service")).or(() -> get("PGSERVICE"));
        if (service.isPresent()) {
            ServiceFile.parameters(service.get(), this).forEach(parameters::putIfAbsent);
        }
        if (parameters.containsKey("port")) {
            parameters.putIfAbsent("host", get("PGHOST").orElseGet(() -> server(parameters.getOrDefault("port", ""))));
        } else if (parameters.containsKey("host")) {
            get("PGPORT").ifPresent(port -> parameters.put("port", port));
        }
        return parameters;
    }

    /** A file in the home folder of the user. */
    Path home(String file) {
        return Path.of(get("HOME").orElseGet(() -> System.getProperty("user.home", "/")), file);
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
        return new SecretData("the environment", values, VARIABLES);
    }

    /**
     * The password file that psql would read: PGPASSFILE, else {@code .pgpass} in HOME. As in psql, one that others may
     * read is ignored.
     *
     * @param warnings gets a line about a file that is ignored
     */
    PasswordFile passwords(Consumer<String> warnings) {
        var named = get("PGPASSFILE");
        var file = named.map(Path::of).orElseGet(() -> home(".pgpass"));
        if (!Files.exists(file)) {
            return PasswordFile.NONE;
        }
        if (!Files.isRegularFile(file)) {
            warnings.accept("The password file " + file + " is not a plain file and is ignored.");
            return PasswordFile.NONE;
        }
        try {
            if (othersMayUse(file)) {
                warnings.accept("The password file " + file
                        + " is ignored because group or others have access: chmod 0600 " + file);
                return PasswordFile.NONE;
            }
            return PasswordFile.of(Files.readAllLines(file));
        } catch (IOException e) {
            warnings.accept("The password file " + file + " cannot be read and is ignored.");
            return PasswordFile.NONE;
        }
    }

    private static boolean othersMayUse(Path file) throws IOException {
        var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        return view != null && !OWNERS.containsAll(view.readAttributes().permissions());
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
                    Target.Timeouts.DEFAULT,
                    ORIGIN);
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
        var port = get("PGPORT").orElse("");
        return PostgresUri.hosts(get("PGHOST").orElseGet(() -> server(port)), port, Host.DEFAULT_PORT, Host::orSocket);
    }

    /** As psql of most distributions: the socket of this machine's server where it has one. */
    private String server(String port) {
        var socket = ".s.PGSQL." + (port.isEmpty() ? Host.DEFAULT_PORT : port);
        return Files.exists(sockets.resolve(socket)) ? sockets.toString() : LOCALHOST;
    }

    private static @Nullable String ca(@Nullable String file) throws UsageException {
        if (file == null || file.equals("system")) {
            return null;
        }
        try {
            return Files.readString(Path.of(file));
        } catch (IOException | InvalidPathException e) {
            throw new UsageException(
                    "The CA file " + file + " cannot be read: name one that exists in PGSSLROOTCERT or sslrootcert.");
        }
    }
}
