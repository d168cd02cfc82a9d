package dev.seqwatch.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipFile;

/** Servers from binaries that Maven brought into the build folder. */
public final class EmbeddedServers {
    /**
     * Ends a server and removes its data when its stdin closes, which happens however this JVM ends, by SIGKILL too.
     * The signals of a terminal are not for it. In a container without an init nobody reaps what has ended.
     */
    private static final String LEASH = "trap '' INT TERM HUP; read -r _; kill -QUIT \"$1\" 2>/dev/null; "
            + "while kill -0 \"$1\" 2>/dev/null && ! grep -qs ') Z ' \"/proc/$1/stat\"; do sleep 0.05; done; rm -rf \"$2\"";

    private static final Map<Integer, Process> LEASHES = new ConcurrentHashMap<>();

    private EmbeddedServers() {}

    /** Fails where the build did not bring the binaries. */
    public static PostgresServer start(int major) {
        return start(major, Map.of());
    }

    /** With settings of postgresql.conf beside those that all servers have. */
    static PostgresServer start(int major, Map<String, String> settings) {
        return start(major, data(major), settings);
    }

    /** A streaming standby of a server that {@link #start} gave. */
    public static PostgresServer standbyOf(PostgresServer primary) throws SQLException {
        var data = data(primary.major());
        BaseBackup.of(primary, data);
        return start(primary.major(), data, Map.of());
    }

    /** Makes the data, where the folder does not hold them yet. */
    private static PostgresServer start(int major, Path data, Map<String, String> settings) {
        var archive = binaries().resolve("postgres-" + major + ".jar");
        if (!Files.exists(archive)) {
            throw new IllegalStateException(
                    archive + " is missing: run ./mvnw generate-test-resources, which brings PostgreSQL's binaries");
        }
        var log =
                home().resolve("start-" + major + "-" + ProcessHandle.current().pid() + ".log");
        try {
            var builder = EmbeddedPostgres.builder()
                    .setPgBinaryResolver((_, _) -> binaries(archive))
                    .setOverrideWorkingDirectory(home().toFile())
                    .setCleanDataDirectory(false)
                    .setDataDirectory(data)
                    .setRegisterShutdownHook(false)
                    .setPGStartupWait(Duration.ofSeconds(30))
                    .setPort(FreePort.pick())
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("fsync", "off")
                    .setServerConfig("max_connections", "60")
                    .setServerConfig("shared_buffers", "32MB")
                    .setServerConfig("wal_level", "logical")
                    .setErrorRedirector(Redirect.appendTo(log.toFile()))
                    .setOutputRedirector(Redirect.DISCARD);
            settings.forEach(builder::setServerConfig);
            var server = builder.start();
            Files.deleteIfExists(log); // the server goes on writing to nowhere
            LEASHES.put(server.getPort(), leash(data));
            return new PostgresServer(major, "127.0.0.1", server.getPort(), "postgres", "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL %d did not start, see %s".formatted(major, log), e);
        }
    }

    /** Ends the server and removes its data before this returns; what is left running ends with the JVM. */
    public static void stop(PostgresServer server) {
        var leash = LEASHES.remove(server.port());
        if (leash != null) {
            try {
                leash.getOutputStream().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            leash.onExit().join();
        }
    }

    private static Process leash(Path data) throws IOException {
        var postmaster = Files.readAllLines(data.resolve("postmaster.pid")).getFirst();
        return new ProcessBuilder(List.of("/bin/sh", "-c", LEASH, "leash", postmaster, data.toString()))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
    }

    private static InputStream binaries(Path archive) throws IOException {
        try (var zip = new ZipFile(archive.toFile())) {
            var entry = zip.stream()
                    .filter(file -> file.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow(() -> new IOException(archive + " holds no .txz"));
            return new ByteArrayInputStream(zip.getInputStream(entry).readAllBytes());
        }
    }

    private static Path data(int major) {
        try {
            return Files.createTempDirectory(Files.createDirectories(home()), "data-" + major + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path home() {
        return binaries().resolve("run");
    }

    private static Path binaries() {
        return Path.of(System.getProperty("seqwatch.postgres.binaries", "target/postgres"))
                .toAbsolutePath();
    }
}
