package dev.seqwatch.catalog;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is and how to get in.
 *
 * @param hosts tried in order, the primary preferred; never empty
 * @param maxConnections at once to this server, over all its databases
 */
public record Target(List<Host> hosts, Credentials credentials, Tls tls, int maxConnections, Timeouts timeouts) {
    public Target {
        hosts = List.copyOf(hosts);
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("a target needs a host");
        }
    }

    /** Address list without credentials: {@code a:5432,b:5432}. Targets with equal addresses share a server. */
    public String address() {
        return hosts.stream().map(Host::toString).collect(Collectors.joining(","));
    }

    public record Host(String name, int port) {
        public static final int DEFAULT_PORT = 5432;

        @Override
        public String toString() {
            return (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
        }
    }

    /**
     * A role and how it proves itself.
     *
     * @param password null where the server asks for none, or a password file has it
     */
    public record Credentials(String user, @Nullable String password) {
        @Override
        public String toString() {
            return user;
        }
    }

    /**
     * How the connection is encrypted and the server proven.
     *
     * @param ca PEM text of the certificate authority; null for the default of libpq, or of the JVM where that is absent
     */
    public record Tls(Mode mode, @Nullable String ca) {
        public static final Tls PREFER = new Tls(Mode.Prefer, null);

        /** {@code sslmode} of libpq: manual, section 32.19. */
        public enum Mode {
            Disable,
            Allow,
            Prefer,
            Require,
            VerifyCa,
            VerifyFull;

            boolean verifies() {
                return this == VerifyCa || this == VerifyFull;
            }
        }
    }

    /**
     * Limits on what the server may take.
     *
     * @param connect for one host to accept the connection and the login
     * @param socket longest silence of the server while a statement runs
     * @param statement statement_timeout
     * @param lock lock_timeout
     */
    public record Timeouts(Duration connect, Duration socket, Duration statement, Duration lock) {
        public static final Timeouts DEFAULT = new Timeouts(
                Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofMillis(100));
    }
}
