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
        message = Rules.HOST_MESSAGE)
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
                "Connections to the server that are open at the same time, over all its databases. Each database is read over one short"
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
        Tls tls,

        @JsonPropertyDescription("How long Seqwatch waits for the server, as durations such as 100ms, 10s or 2m.")
        @Default("{}")
        Timeouts timeouts) {
    public static final int DEFAULT_PORT = 5432;
    public static final int DEFAULT_MAX_CONNECTIONS = 1;
    static final ConnectionSpec EMPTY = new ConnectionSpec(
            null, DEFAULT_PORT, List.of(), DEFAULT_MAX_CONNECTIONS, null, Tls.DEFAULT, Timeouts.DEFAULT);

    public ConnectionSpec {
        port = requireNonNullElse(port, DEFAULT_PORT);
        hosts = List.copyOf(requireNonNullElse(hosts, List.of()));
        maxConnections = requireNonNullElse(maxConnections, DEFAULT_MAX_CONNECTIONS);
        tls = requireNonNullElse(tls, Tls.DEFAULT);
        timeouts = requireNonNullElse(timeouts, Timeouts.DEFAULT);
    }

    /** One server, the login from a Secret, defaults everywhere else. */
    public static ConnectionSpec of(String host, int port, String secret) {
        return new ConnectionSpec(
                host,
                port,
                List.of(),
                DEFAULT_MAX_CONNECTIONS,
                new Credentials(new SecretRef(secret)),
                Tls.DEFAULT,
                Timeouts.DEFAULT);
    }

    /** One server of a failover group. */
    @ValidationRule(
            value = "self.host.matches(r'" + Rules.HOST + "')",
            fieldPath = ".host",
            message = Rules.HOST_MESSAGE)
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

    /**
     * Limits on what a server may take.
     *
     * @param socket null: twenty seconds more than statement
     * @param inspection null: two minutes, or the interval where that is longer
     */
    @ValidationRule(
            value = "!has(self.connect) || (self.connect.matches(r'" + Rules.TIMEOUT + "') && self.connect != ''"
                    + " && duration(self.connect) >= duration('" + Rules.CONNECT_MIN
                    + "') && duration(self.connect) <= duration('" + Rules.CONNECT_MAX + "'))",
            fieldPath = ".connect",
            message = Rules.CONNECT_MESSAGE,
            messageExpression = "'\"' + self.connect + '\": " + Rules.CONNECT_MESSAGE + "'")
    @ValidationRule(
            value = "!has(self.statement) || (self.statement.matches(r'" + Rules.TIMEOUT + "') && self.statement != ''"
                    + " && duration(self.statement) >= duration('" + Rules.STATEMENT_MIN
                    + "') && duration(self.statement) <= duration('" + Rules.STATEMENT_MAX + "'))",
            fieldPath = ".statement",
            message = Rules.STATEMENT_MESSAGE,
            messageExpression = "'\"' + self.statement + '\": " + Rules.STATEMENT_MESSAGE + "'")
    @ValidationRule(
            value = "!has(self.lock) || (self.lock.matches(r'" + Rules.TIMEOUT + "') && self.lock != ''"
                    + " && duration(self.lock) >= duration('" + Rules.LOCK_MIN
                    + "') && duration(self.lock) <= duration('" + Rules.LOCK_MAX + "'))",
            fieldPath = ".lock",
            message = Rules.LOCK_MESSAGE,
            messageExpression = "'\"' + self.lock + '\": " + Rules.LOCK_MESSAGE + "'")
    @ValidationRule(
            value = "!has(self.socket) || (self.socket.matches(r'" + Rules.TIMEOUT + "') && self.socket != ''"
                    + " && duration(self.socket) >= duration('" + Rules.SOCKET_MIN
                    + "') && duration(self.socket) <= duration('" + Rules.SOCKET_MAX + "'))",
            fieldPath = ".socket",
            message = Rules.SOCKET_MESSAGE,
            messageExpression = "'\"' + self.socket + '\": " + Rules.SOCKET_MESSAGE + "'")
    @ValidationRule(
            value = "!has(self.inspection) || (self.inspection.matches(r'" + Rules.TIMEOUT
                    + "') && self.inspection != ''"
                    + " && duration(self.inspection) >= duration('" + Rules.INSPECTION_MIN
                    + "') && duration(self.inspection) <= duration('" + Rules.INSPECTION_MAX + "'))",
            fieldPath = ".inspection",
            message = Rules.INSPECTION_MESSAGE,
            messageExpression = "'\"' + self.inspection + '\": " + Rules.INSPECTION_MESSAGE + "'")
    @ValidationRule(
            value = "!has(self.socket) || !has(self.statement) || !self.socket.matches(r'" + Rules.TIMEOUT
                    + "') || !self.statement.matches(r'" + Rules.TIMEOUT + "') || self.socket == ''"
                    + " || self.statement == '' || duration(self.socket) > duration(self.statement)",
            fieldPath = ".socket",
            message = Rules.SOCKET_LONGER_MESSAGE)
    public record Timeouts(
            @JsonPropertyDescription(
                    "Time in which one host must accept the connection and the login; each host of a list has its own."
                            + " A host that does not accept the TCP connection in half of this time is given up."
                            + " From " + Rules.CONNECT_MIN + " to " + Rules.CONNECT_MAX + ". Default " + DEFAULT_CONNECT
                            + ".")
            @Default(DEFAULT_CONNECT)
            @Size(max = Rules.TIMEOUT_MAX_LENGTH)
            String connect,

            @JsonPropertyDescription("statement_timeout of each query. From " + Rules.STATEMENT_MIN + " to "
                    + Rules.STATEMENT_MAX + ". Default " + DEFAULT_STATEMENT + ".")
            @Default(DEFAULT_STATEMENT)
            @Size(max = Rules.TIMEOUT_MAX_LENGTH)
            String statement,

            @JsonPropertyDescription(
                    "lock_timeout of each query: a table that stays locked longer is reported as locked. From "
                            + Rules.LOCK_MIN + " to " + Rules.LOCK_MAX + ". Default " + DEFAULT_LOCK + ".")
            @Default(DEFAULT_LOCK)
            @Size(max = Rules.TIMEOUT_MAX_LENGTH)
            String lock,

            @JsonPropertyDescription("Longest silence of the server while a query runs, longer than statement. From "
                    + Rules.SOCKET_MIN + " to " + Rules.SOCKET_MAX + ". Default 20s more than statement.")
            @Size(max = Rules.TIMEOUT_MAX_LENGTH)
            @Nullable
            String socket,

            @JsonPropertyDescription(
                    "Time for one inspection as a whole, over all databases; what was not read by then is reported as"
                            + " not read. From " + Rules.INSPECTION_MIN + " to " + Rules.INSPECTION_MAX
                            + ". Default 2m, or the interval where that is longer.")
            @Size(max = Rules.TIMEOUT_MAX_LENGTH)
            @Nullable
            String inspection) {
        public static final String DEFAULT_CONNECT = "10s";
        public static final String DEFAULT_STATEMENT = "10s";
        public static final String DEFAULT_LOCK = "100ms";
        public static final Timeouts DEFAULT =
                new Timeouts(DEFAULT_CONNECT, DEFAULT_STATEMENT, DEFAULT_LOCK, null, null);

        public Timeouts {
            connect = requireNonNullElse(connect, DEFAULT_CONNECT);
            statement = requireNonNullElse(statement, DEFAULT_STATEMENT);
            lock = requireNonNullElse(lock, DEFAULT_LOCK);
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

            @JsonPropertyDescription("Key of the certificates, in PEM. Default " + DEFAULT_KEY + ".")
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
