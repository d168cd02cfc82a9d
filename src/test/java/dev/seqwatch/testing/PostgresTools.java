package dev.seqwatch.testing;

import dev.seqwatch.cluster.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * {@code pg_dump} and {@code psql} as {@code tools/build} found or fetched them: embedded servers bring neither.
 *
 * @param major of both
 */
public record PostgresTools(int major) {
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");
    private static final int NEWEST = PostgresServer.MAJORS.getLast();

    public static PostgresTools find() throws IOException {
        var process = new ProcessBuilder(Tools.find("pg_dump").toString(), "--version").start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var version = VERSION.matcher(text);
        if (!version.find()) {
            throw new IllegalStateException("pg_dump --version says " + text);
        }
        return new PostgresTools(Integer.parseInt(version.group(1)));
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

    /** What psql prints for these statements: rows alone, unaligned. */
    public static String query(Database database, String sql) throws IOException, InterruptedException {
        return run(List.of("psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-f", "-"), database, sql);
    }

    /**
     * What a run of psql left behind.
     *
     * @param messages errors, warnings and notices
     */
    public record PsqlResult(int exitCode, String messages) {}

    /** Runs a file as {@code psql -f} does, as this role, whatever the end. */
    public static PsqlResult psql(Database database, String role, Path file) throws IOException, InterruptedException {
        var command =
                List.of("psql", "-X", "-q", "-c", "SET SESSION AUTHORIZATION \"" + role + "\"", "-f", file.toString());
        var run = execute(command, database, "");
        return new PsqlResult(run.exitCode(), run.errors());
    }

    private record Run(int exitCode, String output, String errors) {}

    private static String run(List<String> command, Database database, String input)
            throws IOException, InterruptedException {
        var run = execute(command, database, input);
        if (run.exitCode() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed: " + run.errors());
        }
        return run.output();
    }

    private static Run execute(List<String> command, Database database, String input)
            throws IOException, InterruptedException {
        var arguments = new ArrayList<>(command);
        arguments.set(0, Tools.find(command.getFirst()).toString());
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
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException(String.join(" ", arguments) + " takes longer than two minutes");
            }
            return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            for (var file : List.of(in, out, err)) {
                Files.delete(file);
            }
        }
    }
}
