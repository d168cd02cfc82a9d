package dev.seqwatch.api.v1alpha1;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL server, and how to log in. What is absent here may stand in the Secret. */
@ValidationRule(
        value = "has(self.host) || (has(self.hosts) && size(self.hosts) > 0) || has(self.credentials)",
        message = Rules.ADDRESS_MESSAGE)
@ValidationRule(
        value = "!has(self.host) || !has(self.hosts) || size(self.hosts) == 0",
        fieldPath = ".hosts",
        message = Rules.ONE_ADDRESS_MESSAGE)
@ValidationRule(
        value = "!has(self.host) || self.host.matches(r'" + Rules.HOST + "')",
        fieldPath = ".host",
        message = Rules.HOST_MESSAGE,
        messageExpression = "'\"' + self.host + '\": " + Rules.HOST_MESSAGE + "'")
public record ConnectionSpec(
        @JsonPropertyDescription("DNS name or IP address of the server. For a failover list use hosts instead.")
        @Size(max = Rules.HOST_MAX_LENGTH)
        @Nullable
        String host,

        @JsonPropertyDescription("Port of host, and of a host from the Secret where the Secret names no port. Default "
                + DEFAULT_PORT + ".")
        @Default("" + DEFAULT_PORT)
        @Min(1)
        @Max(Rules.PORT_MAX)
        Integer port,

        @JsonPropertyDescription("Servers of one failover group, tried in this order; the primary is preferred.")
        @Size(max = Rules.HOSTS_MAX)
        List<Host> hosts,

        @JsonPropertyDescription(
                "Connections to the server at once, over all its databases. Each database is read over one short"
                        + " connection; more read more databases at the same time. Default " + DEFAULT_MAX_CONNECTIONS
                        + ", up to " + Rules.MAX_CONNECTIONS_MAX + ".")
        @Default("" + DEFAULT_MAX_CONNECTIONS)
        @Min(1)
        @Max(Rules.MAX_CONNECTIONS_MAX)
        Integer maxConnections,

        @JsonPropertyDescription("Who logs in. Without it the operator has no user to log in as.") @Nullable
        Credentials credentials,

        @JsonPropertyDescription("Encryption of the connection, and proof that the server is the right one.")
        @Default("{}")
        Tls tls) {
    public static final int DEFAULT_PORT = 5432;
    public static final int DEFAULT_MAX_CONNECTIONS = 1;
    static final ConnectionSpec EMPTY =
            new ConnectionSpec(null, DEFAULT_PORT, List.of(), DEFAULT_MAX_CONNECTIONS, null, Tls.DEFAULT);

    public ConnectionSpec {
        port = requireNonNullElse(port, DEFAULT_PORT);
        hosts = List.copyOf(requireNonNullElse(hosts, List.of()));
        maxConnections = requireNonNullElse(maxConnections, DEFAULT_MAX_CONNECTIONS);
        tls = requireNonNullElse(tls, Tls.DEFAULT);
    }

    /** One server, the login from a Secret, defaults everywhere else. */
    public static ConnectionSpec of(String host, int port, String secret) {
        return new ConnectionSpec(
                host, port, List.of(), DEFAULT_MAX_CONNECTIONS, new Credentials(new SecretRef(secret)), Tls.DEFAULT);
    }

    /** One server of a failover group. */
    @ValidationRule(
            value = "self.host.matches(r'" + Rules.HOST + "')",
            fieldPath = ".host",
            message = Rules.HOST_MESSAGE,
            messageExpression = "'\"' + self.host + '\": " + Rules.HOST_MESSAGE + "'")
    public record Host(
            @Required @JsonPropertyDescription("DNS name or IP address.") @Size(max = Rules.HOST_MAX_LENGTH)
            String host,

            @JsonPropertyDescription("Port of this server. Default " + DEFAULT_PORT + ".")
            @Default("" + DEFAULT_PORT)
            @Min(1)
            @Max(Rules.PORT_MAX)
            Integer port) {
        public Host {
            host = requireNonNullElse(host, "");
            port = requireNonNullElse(port, DEFAULT_PORT);
        }
    }

    /** Who logs in. */
    public record Credentials(
            @Required
            @JsonPropertyDescription(
                    "Secret in the monitor's namespace with the keys username and password. Also understood are user,"
                            + " host, port, dbname, uri and jdbc-uri, as other operators write them. It is read at"
                            + " every inspection, so that a changed password needs no restart.")
            SecretRef secretRef) {
        public Credentials {
            secretRef = requireNonNullElse(secretRef, SecretRef.UNNAMED);
        }
    }

    /** A Secret in the monitor's namespace. */
    @ValidationRule(
            value = "self.name.matches(r'" + Rules.OBJECT_NAME + "')",
            fieldPath = ".name",
            message = Rules.OBJECT_NAME_MESSAGE)
    public record SecretRef(
            @Required @JsonPropertyDescription("Name of the Secret.") @Size(max = Rules.OBJECT_NAME_MAX_LENGTH)
            String name) {
        static final SecretRef UNNAMED = new SecretRef("");

        public SecretRef {
            name = requireNonNullElse(name, "");
        }
    }

    /** Encryption of the connection, and proof that the server is the right one. */
    @ValidationRule(
            value = "!has(self.caSecretRef) || self.mode in ['verify-ca', 'verify-full']",
            fieldPath = ".caSecretRef",
            message = Rules.CA_MESSAGE)
    public record Tls(
            @JsonPropertyDescription(
                    "As sslmode of psql: disable, allow, prefer and require do not verify the server; verify-ca checks"
                            + " its certificate, verify-full its name too. Default prefer.")
            @Default("prefer")
            TlsMode mode,

            @JsonPropertyDescription(
                    "Secret in the monitor's namespace with the certificate authority of the server, for verify-ca and"
                            + " verify-full. Without it the server needs a publicly trusted certificate.")
            @Nullable
            CaSecretRef caSecretRef) {
        public static final Tls DEFAULT = new Tls(TlsMode.Prefer, null);

        public Tls {
            mode = requireNonNullElse(mode, TlsMode.Prefer);
        }
    }

    /** {@code sslmode} of libpq: manual, section 32.19. */
    public enum TlsMode {
        @JsonProperty("disable")
        Disable,
        @JsonProperty("allow")
        Allow,
        @JsonProperty("prefer")
        Prefer,
        @JsonProperty("require")
        Require,
        @JsonProperty("verify-ca")
        VerifyCa,
        @JsonProperty("verify-full")
        VerifyFull;

        public boolean verifiesTheServer() {
            return switch (this) {
                case Disable, Allow, Prefer, Require -> false;
                case VerifyCa, VerifyFull -> true;
            };
        }
    }

    /** PEM certificates under a key of a Secret in the monitor's namespace. */
    @ValidationRule(
            value = "self.name.matches(r'" + Rules.OBJECT_NAME + "')",
            fieldPath = ".name",
            message = Rules.OBJECT_NAME_MESSAGE)
    public record CaSecretRef(
            @Required @JsonPropertyDescription("Name of the Secret.") @Size(max = Rules.OBJECT_NAME_MAX_LENGTH)
            String name,

            @JsonPropertyDescription("Key under which the certificates stand, in PEM. Default " + DEFAULT_KEY + ".")
            @Default(DEFAULT_KEY)
            @Size(min = 1, max = Rules.OBJECT_NAME_MAX_LENGTH)
            String key) {
        public static final String DEFAULT_KEY = "ca.crt";

        public CaSecretRef {
            name = requireNonNullElse(name, "");
            key = requireNonNullElse(key, DEFAULT_KEY);
        }
    }
}
