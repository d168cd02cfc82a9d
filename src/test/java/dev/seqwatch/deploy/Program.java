package dev.seqwatch.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.cluster.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program of {@code tools/}, run in the project's folder. */
record Program(String name) {
    static final Program KUBECTL = new Program("kubectl");
    static final Program HELM = new Program("helm");
    static final Program PROMTOOL = new Program("promtool");

    /**
     * What a run left behind.
     *
     * @param output of both streams, as they came
     */
    record InspectionOutcome(int exitCode, String output) {}

    InspectionOutcome run(List<String> arguments) {
        var command = new ArrayList<>(List.of(Tools.find(name).toString()));
        command.addAll(arguments);
        return run(command, Tools.project());
    }

    /** Runs what must succeed; returns what it printed. */
    String expect(String... arguments) {
        return expect(List.of(arguments));
    }

    String expect(List<String> arguments) {
        var outcome = run(arguments);
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        return outcome.output();
    }

    static InspectionOutcome run(List<String> command, Path folder) {
        try {
            var output = Files.createTempFile("seqwatch", ".out"); // a pipe that nobody reads blocks the writer
            try {
                var builder = new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
                builder.environment()
                        .put("HOME", Tools.project().resolve("target/home").toString()); // caches go there
                var code = builder.start().waitFor();
                return new InspectionOutcome(code, Files.readString(output, UTF_8));
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + command.getFirst() + " ran", e);
        }
    }
}
