package dev.seqwatch.testing;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code pg_dump} and {@code psql} of one installation: embedded servers bring neither.
 *
 * @param major of both
 */
public record PostgresTools(Path folder, int major) {
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");
    private static final int OLDEST = PostgresServer.MAJORS.getFirst();
    private static final int NEWEST = PostgresServer.MAJORS.getLast();

    /** The newest of PATH and of the places where packages put them. */
    public static PostgresTools newest() {
        var path = Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(Path::of);
        return Stream.concat(path, packaged().stream())
                .filter(folder ->
                        Files.isExecutable(folder.resolve("pg_dump")) && Files.isExecutable(folder.resolve("psql")))
                .flatMap(folder -> version(folder).map(major -> new PostgresTools(folder, major)).stream())
                .filter(tools -> tools.major >= OLDEST)
                .max(Comparator.comparingInt(PostgresTools::major))
                .orElseThrow(() -> new IllegalStateException(
                        "pg_dump and psql are missing: install the package postgresql-client (Debian), postgresql (Fedora) or libpq (Homebrew), version %d or later"
                                .formatted(OLDEST)));
    }

    /** The major version to dump from and restore to: what a newer psql says, an older server may not understand. */
    public int server() {
        return Math.min(major, NEWEST);
    }

    public String dump(Database database, String... options) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("pg_dump"));
        command.addAll(List.of(options));
        return run(command, database, "");
    }

    /** Stops at the first error. */
    public void restore(Database database, String dump) throws IOException, InterruptedException {
        run(List.of("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", "-"), database, dump);
    }

    private String run(List<String> command, Database database, String input) throws IOException, InterruptedException {
        var arguments = new ArrayList<>(command);
        arguments.set(0, folder.resolve(command.getFirst()).toString());
        var server = database.server();
        var builder = new ProcessBuilder(arguments);
        builder.environment().put("PGHOST", server.host());
        builder.environment().put("PGPORT", String.valueOf(server.port()));
        builder.environment().put("PGUSER", server.superuser());
        builder.environment().put("PGPASSWORD", server.password());
        builder.environment().put("PGDATABASE", database.name());
        var in = Files.createTempFile("seqwatch", ".in");
        var out = Files.createTempFile("seqwatch", ".out");
        var err = Files.createTempFile("seqwatch", ".err");
        try {
            Files.writeString(in, input);
            var process = builder.redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(String.join(" ", arguments) + " failed: " + Files.readString(err));
            }
            return Files.readString(out);
        } finally {
            for (var file : List.of(in, out, err)) {
                Files.delete(file);
            }
        }
    }

    private static List<Path> packaged() {
        var folders = new ArrayList<Path>();
        for (var root :
                List.of("/usr/lib/postgresql/%d/bin", "/usr/pgsql-%d/bin", "/opt/homebrew/opt/postgresql@%d/bin")) {
            PostgresServer.MAJORS.forEach(major -> folders.add(Path.of(root.formatted(major))));
        }
        return folders;
    }

    private static Optional<Integer> version(Path folder) {
        try {
            var process = new ProcessBuilder(folder.resolve("pg_dump").toString(), "--version").start();
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            var version = VERSION.matcher(text);
            return version.find() ? Optional.of(Integer.valueOf(version.group(1))) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
