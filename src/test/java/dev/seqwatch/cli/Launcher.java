package dev.seqwatch.cli;

import static java.util.concurrent.CompletableFuture.supplyAsync;

import dev.seqwatch.cluster.Tools;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * {@code bin/seqwatch} as a user runs it, with the user's environment but for what psql and terminals read.
 *
 * @param variables added to it
 */
record Launcher(Map<String, String> variables) {
    private static final int PATIENCE_SECONDS = 60;

    /** What came of a run. */
    record Answer(int exitCode, String stdout, String stderr) {}

    Launcher {
        variables = Map.copyOf(variables);
    }

    /** Runs the jar of this build: it must not look older than its sources, or the launcher would build another. */
    static Launcher plain() throws IOException {
        Files.setLastModifiedTime(
                Tools.project().resolve("target/quarkus-app/quarkus-run.jar"), FileTime.from(Instant.now()));
        return new Launcher(Map.of());
    }

    Launcher with(String name, Object value) {
        var more = new HashMap<>(variables);
        more.put(name, value.toString());
        return new Launcher(more);
    }

    Answer run(String... arguments) throws Exception {
        return answer(start(arguments));
    }

    /** On a terminal of its own, which merges both streams into one; arguments without quotes. */
    Answer runOnTerminal(String... arguments) throws Exception {
        return answer(startOnTerminal("", arguments));
    }

    /** The same on a terminal that the shell prepares first. */
    Process startOnTerminal(String preparation, String... arguments) throws IOException {
        var line = Stream.concat(Stream.of(path()), Stream.of(arguments))
                .map(word -> "'" + word + "'")
                .toList();
        return start(List.of("script", "-qec", preparation + "exec " + String.join(" ", line), "/dev/null"));
    }

    /** With stdout on a device that is full. */
    Answer runOnAFullDevice(String... arguments) throws Exception {
        var words = Stream.concat(Stream.of("sh", "-c", "exec \"$@\" > /dev/full", "sh", path()), Stream.of(arguments));
        return answer(start(words.toList()));
    }

    Process start(String... arguments) throws IOException {
        return start(Stream.concat(Stream.of(path()), Stream.of(arguments)).toList());
    }

    private Process start(List<String> command) throws IOException {
        var builder = new ProcessBuilder(command);
        var environment = builder.environment();
        environment
                .keySet()
                .removeIf(name -> name.startsWith("PG") || name.equals("NO_COLOR") || name.equals("COLUMNS"));
        environment.put("TERM", "xterm");
        environment.putAll(variables);
        return builder.start();
    }

    static Answer answer(Process process) throws Exception {
        process.getOutputStream().close();
        var stdout = supplyAsync(() -> text(process.getInputStream()));
        var stderr = supplyAsync(() -> text(process.getErrorStream()));
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("no answer within " + PATIENCE_SECONDS + " s");
        }
        return new Answer(process.exitValue(), stdout.get(), stderr.get());
    }

    private static String text(InputStream stream) {
        try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String path() {
        return Tools.project().resolve("bin/seqwatch").toString();
    }
}
