package dev.seqwatch.testing;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** Servers from the official images, for people with Docker: {@code make test POSTGRES=containers}. */
final class ContainerServers {
    private ContainerServers() {}

    static PostgresServer start(int major, Map<String, String> settings) {
        @SuppressWarnings("resource") // lives as long as the JVM; Testcontainers removes it
        var container = new PostgreSQLContainer(
                        DockerImageName.parse("postgres:" + major).asCompatibleSubstituteFor("postgres"))
                .withUsername("postgres")
                .withCommand(command(settings));
        container.start();
        return new PostgresServer(
                major,
                container.getHost(),
                container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                container.getUsername(),
                container.getPassword());
    }

    private static String[] command(Map<String, String> settings) {
        var all = new TreeMap<>(Map.of("fsync", "off", "max_connections", "60", "wal_level", "logical"));
        all.putAll(settings);
        return Stream.concat(
                        Stream.of("postgres"),
                        all.entrySet().stream()
                                .flatMap(setting -> Stream.of("-c", setting.getKey() + "=" + setting.getValue())))
                .toArray(String[]::new);
    }
}
