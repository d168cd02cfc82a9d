package dev.seqwatch.postgres.connection;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is and how to get in.
 *
 * @param hosts tried in order, the primary preferred; never empty
 * @param maxConnections at once to this server, over all its databases
 * @param origin where each of these values was written, for messages
 */
public record Target(
        List<Host> hosts, Credentials credentials, Tls tls, int maxConnections, Timeouts timeouts, Origin origin) {
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

    /** The same server, for a login whose password a file may hold. */
    public Target with(PasswordFile passwords) {
        var login = new Credentials(credentials.user(), credentials.password(), passwords);
        return new Target(hosts, login, tls, maxConnections, timeouts, origin);
    }

    /**
     * A host that can be dialled, whatever wrote it.
     *
     * @param name a host name in lower case, an IP address in its shortest form without brackets, or the directory of a
     *     Unix-domain socket
     * @param isSocket whether it is such a directory: never by accident, because a user of the operator must not reach what
     *     listens in its container
     */
    public record Host(String name, int port, boolean isSocket) {
        public static final int DEFAULT_PORT = 5432;
        public static final int MAX_PORT = 65_535;

        /**
         * Holds name and port to one grammar.
         *
         * @throws IllegalArgumentException with a line that says what to write and does not repeat the value
         */
        public Host {
            name = isSocket ? HostGrammar.directory(name) : HostGrammar.canonical(name);
            if (port < 1 || port > MAX_PORT) {
                throw new IllegalArgumentException("write a port from 1 to " + MAX_PORT);
            }
        }

        /** A host that is reached by TCP. */
        public Host(String name, int port) {
            this(name, port, false);
        }

        /** As psql takes it: the directory of a Unix-domain socket where it starts with a slash. */
        public static Host orSocket(String name, int port) {
            return new Host(name, port, name.startsWith("/"));
        }

        public boolean isAddress() {
            return !isSocket && HostGrammar.isAddress(name);
        }

        /** Path of the socket, by the rule of the server: manual, {@code unix_socket_directories}. */
        public String socket() {
            return (name.equals("/") ? "" : name) + "/.s.PGSQL." + port;
        }

        @Override
        public String toString() {
            return isSocket ? socket() : (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
        }
    }

    /**
     * A role and how it proves itself.
     *
     * @param password null where the server asks for none, or the file has it
     * @param file asked where there is no password
     */
    public record Credentials(String user, @Nullable String password, PasswordFile file) {
        /**
         * A login.
         *
         * @throws IllegalArgumentException where a value holds the character NUL, which ends a value in PostgreSQL's
         *     protocol: what follows it would be read as another parameter
         */
        public Credentials {
            refuseNul(user);
            refuseNul(password == null ? "" : password);
        }

        public Credentials(String user, @Nullable String password) {
            this(user, password, PasswordFile.NONE);
        }

        Optional<String> password(Host host, String database) {
            return Optional.ofNullable(password).or(() -> file.password(host, database, user));
        }

        @Override
        public String toString() {
            return user;
        }

        private static void refuseNul(String text) {
            if (text.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("user and password must not contain the character NUL");
            }
        }
    }

    /**
     * How the connection is encrypted and the server proven.
     *
     * @param ca PEM text of the certificate authority; null for the default of libpq, or of the JVM where that is absent
     */
    public record Tls(Mode mode, @Nullable String ca) {
        public static final Tls PREFER = new Tls(Mode.Prefer, null);

        /** {@code sslmode} of libpq, from the weakest to the strongest: manual, "SSL Support". */
        public enum Mode {
            Disable("disable"),
            Allow("allow"),
            Prefer("prefer"),
            Require("require"),
            VerifyCa("verify-ca"),
            VerifyFull("verify-full");

            private final String spelling;

            Mode(String spelling) {
                this.spelling = spelling;
            }

            /** As psql writes it. */
            public String spelling() {
                return spelling;
            }

            /** The mode that psql writes like this. */
            public static Optional<Mode> of(String spelling) {
                return Arrays.stream(values())
                        .filter(mode -> mode.spelling.equals(spelling))
                        .findFirst();
            }

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

    /**
     * Where a user finds the values that a message is about, such as {@code spec.connection.host} or {@code key password of
     * Secret shop-db}.
     *
     * @param password where it is, or where it belongs
     * @param timeouts the field that holds the limits; empty where they cannot be set
     */
    public record Origin(String host, String user, String password, String tls, String ca, String timeouts) {}
}
