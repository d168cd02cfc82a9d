package dev.seqwatch.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of one major version, shared by all tests of the JVM.
 *
 * @param superuser connects without a password
 */
public record PostgresServer(int major, String host, int port, String superuser, String password) {
    /** The majors that the tests run on; {@code -Dseqwatch.majors=13,18} restricts them for a quick run. */
    public static final List<Integer> MAJORS = Stream.of(
                    System.getProperty("seqwatch.majors", "13,14,15,16,17,18").split(","))
            .map(Integer::valueOf)
            .toList();

    private static final Map<Integer, PostgresServer> SHARED = new ConcurrentHashMap<>();
    private static final AtomicInteger DATABASES = new AtomicInteger();

    /** Starts it on the first call; {@code -Dseqwatch.postgres=containers} takes the official images. */
    public static PostgresServer of(int major) {
        return SHARED.computeIfAbsent(major, PostgresServer::start);
    }

    /** All supported majors, for parameterised tests. */
    public static Stream<PostgresServer> all() {
        return MAJORS.parallelStream().map(PostgresServer::of).toList().stream();
    }

    /** For slow tests of what no major does differently. */
    public static Stream<PostgresServer> oldestAndNewest() {
        return Stream.of(MAJORS.getFirst(), MAJORS.getLast()).distinct().map(PostgresServer::of);
    }

    /** A new, empty database; drop it by closing it. */
    public Database database() throws SQLException {
        return database("test_" + DATABASES.incrementAndGet());
    }

    /** The same under a name of the caller's, for outputs that show it. */
    public Database database(String name) throws SQLException {
        try (var connection = connect("postgres", superuser);
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return new Database(this, name);
    }

    public Connection connect(String database, String user) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%d/%s?preferQueryMode=simple".formatted(host, port, database), user, password);
    }

    /** A server of a test's own, whose settings it may change. */
    public static PostgresServer own(int major) {
        return start(major);
    }

    /** The same with settings that are read when it starts. */
    public static PostgresServer own(int major, Map<String, String> settings) {
        return start(major, settings);
    }

    private static PostgresServer start(int major) {
        return start(major, Map.of());
    }

    private static PostgresServer start(int major, Map<String, String> settings) {
        var source = System.getProperty("seqwatch.postgres", "embedded");
        return switch (source) {
            case "embedded" -> EmbeddedServers.start(major, settings);
            case "containers" -> ContainerServers.start(major, settings);
            default -> throw new IllegalStateException("POSTGRES=" + source + " is not known: embedded or containers");
        };
    }

    @Override
    public String toString() {
        return "PostgreSQL " + major;
    }
}
