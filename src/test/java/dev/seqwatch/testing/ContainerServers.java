package dev.seqwatch.testing;

import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** Servers from the official images, for people with Docker: {@code make test POSTGRES=containers}. */
final class ContainerServers {
    private ContainerServers() {}

    static PostgresServer start(int major) {
        @SuppressWarnings("resource") // lives as long as the JVM; Testcontainers removes it
        var container = new PostgreSQLContainer(
                        DockerImageName.parse("postgres:" + major).asCompatibleSubstituteFor("postgres"))
                .withUsername("postgres")
                .withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=60", "-c", "wal_level=logical");
        container.start();
        return new PostgresServer(
                major,
                container.getHost(),
                container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                container.getUsername(),
                container.getPassword());
    }
}
