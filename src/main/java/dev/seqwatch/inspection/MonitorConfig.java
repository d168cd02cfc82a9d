package dev.seqwatch.inspection;

import dev.seqwatch.api.v1alpha1.ConnectionSpec;
import dev.seqwatch.api.v1alpha1.SequenceMonitorSpec;
import dev.seqwatch.catalog.Scope;
import dev.seqwatch.catalog.Target;
import dev.seqwatch.check.CheckPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What to inspect, how, and how often.
 *
 * @param maintenanceDatabase database through which the others are discovered
 * @param inspectionTimeout time for one inspection as a whole, over all databases
 */
public record MonitorConfig(
        Target target,
        String maintenanceDatabase,
        Globs databases,
        Globs schemas,
        Declarations declarations,
        CheckPolicy policy,
        Duration interval,
        Duration inspectionTimeout) {
    /** A server has it unless somebody dropped it: manual, section 23.3. */
    public static final String DEFAULT_MAINTENANCE_DATABASE = "postgres";

    /**
     * What the spec leaves out comes from the Secret: its single keys first, its uri after them.
     *
     * @param ca PEM certificates that caSecretRef points to
     */
    public static MonitorConfig of(SequenceMonitorSpec spec, SecretData credentials, @Nullable String ca)
            throws InvalidMonitorException {
        var problems = SpecValidator.of(spec);
        if (!problems.isEmpty()) {
            throw new InvalidMonitorException(InvalidMonitorException.Reason.InvalidSpec, String.join("; ", problems));
        }
        var login = new Login(credentials);
        var connection = spec.connection();
        var target = new Target(
                hosts(connection, login),
                new Target.Credentials(login.user(), login.password()),
                new Target.Tls(mode(connection, login), ca),
                connection.maxConnections(),
                Timeout.of(connection.timeouts()));
        var interval = Interval.parse(spec.interval()).orElseThrow();
        return new MonitorConfig(
                target,
                login.database().orElse(DEFAULT_MAINTENANCE_DATABASE),
                Globs.of(spec.databases()),
                Globs.of(spec.schemas()),
                Declarations.of(spec),
                MonitorPolicy.of(spec),
                interval,
                Timeout.inspection(connection.timeouts(), interval));
    }

    /** What of one database is looked at. */
    Scope scope(String database) {
        return declarations.scope(database, schemas);
    }

    private static List<Target.Host> hosts(ConnectionSpec connection, Login login) throws InvalidMonitorException {
        var host = connection.host();
        if (host != null) {
            return List.of(new Target.Host(host, connection.port()));
        }
        var hosts = connection.hosts().isEmpty()
                ? login.hosts(connection.port())
                : connection.hosts().stream()
                        .map(each -> new Target.Host(each.host(), each.port()))
                        .toList();
        if (hosts.isEmpty()) {
            throw new InvalidMonitorException(
                    InvalidMonitorException.Reason.SecretIncomplete,
                    "Neither spec.connection nor the Secret names a host: add spec.connection.host, or the key host or uri to the Secret.");
        }
        return hosts;
    }

    /** The Secret's uri may ask for more than the default, never for less than the spec. */
    private static Target.Tls.Mode mode(ConnectionSpec connection, Login login) {
        var mode = switch (connection.tls().mode()) {
            case Disable -> Target.Tls.Mode.Disable;
            case Allow -> Target.Tls.Mode.Allow;
            case Prefer -> Target.Tls.Mode.Prefer;
            case Require -> Target.Tls.Mode.Require;
            case VerifyCa -> Target.Tls.Mode.VerifyCa;
            case VerifyFull -> Target.Tls.Mode.VerifyFull;
        };
        return mode == Target.Tls.Mode.Prefer ? login.sslMode().orElse(mode) : mode;
    }

    /** A Secret as PostgreSQL operators write it: single keys, or a whole URI. */
    private static final class Login {
        private final SecretData secret;
        private final Optional<PostgresUri> uri;

        Login(SecretData secret) throws InvalidMonitorException {
            this.secret = secret;
            try {
                this.uri = key("uri").or(() -> key("jdbc-uri")).map(PostgresUri::parse);
            } catch (IllegalArgumentException e) {
                throw new InvalidMonitorException(
                        InvalidMonitorException.Reason.SecretIncomplete,
                        "The Secret's uri cannot be read: " + e.getMessage() + ".");
            }
        }

        String user() throws InvalidMonitorException {
            return key("username")
                    .or(() -> key("user"))
                    .or(() -> fromUri(PostgresUri::user))
                    .orElseThrow(
                            () -> new InvalidMonitorException(
                                    InvalidMonitorException.Reason.SecretIncomplete,
                                    "No user to log in as: add the key username (or user, or uri) to the Secret that spec.connection.credentials.secretRef names."));
        }

        @Nullable
        String password() {
            return key("password").or(() -> fromUri(PostgresUri::password)).orElse(null);
        }

        Optional<String> database() {
            return key("dbname").filter(name -> !name.equals("*")).or(() -> fromUri(PostgresUri::database));
        }

        Optional<Target.Tls.Mode> sslMode() {
            return uri.map(PostgresUri::sslMode);
        }

        List<Target.Host> hosts(int fallbackPort) throws InvalidMonitorException {
            var host = key("host");
            if (host.isEmpty()) {
                return uri.map(PostgresUri::hosts).orElse(List.of());
            }
            try {
                var port = key("port").map(PostgresUri::port).orElse(fallbackPort);
                return List.of(new Target.Host(host.get(), port));
            } catch (IllegalArgumentException e) {
                throw new InvalidMonitorException(
                        InvalidMonitorException.Reason.SecretIncomplete, "The Secret's " + e.getMessage() + ".");
            }
        }

        private Optional<String> key(String name) {
            return Optional.ofNullable(secret.values().get(name))
                    .map(String::strip)
                    .filter(value -> !value.isEmpty());
        }

        private Optional<String> fromUri(Function<PostgresUri, @Nullable String> part) {
            return uri.map(part);
        }
    }
}
