package dev.seqwatch.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The real kubectl, with one kubeconfig. */
public record Kubectl(Path program, Path kubeconfig) {
    /** What a command left behind. */
    public record InspectionOutcome(int exitCode, String output, String error) {
        public boolean succeeded() {
            return exitCode == 0;
        }
    }

    /** Runs a command, e.g. {@code get seqmon -A}, whatever its end. */
    public InspectionOutcome run(String... arguments) {
        return runWith("", arguments);
    }

    /** Runs a command that must succeed; returns what it printed. */
    public String expect(String... arguments) {
        return succeeded(run(arguments), arguments);
    }

    /** Applies a file or a folder, strictly. */
    public String apply(Path manifests) {
        return expect("apply", "--validate=strict", "-f", manifests.toString());
    }

    /** Applies a text, strictly, whatever the end. */
    public InspectionOutcome tryApply(String manifests) {
        return runWith(manifests, "apply", "--validate=strict", "-f", "-");
    }

    /** Applies a text, strictly. */
    public String apply(String manifests) {
        return succeeded(tryApply(manifests), "apply", "-f", "-");
    }

    private static String succeeded(InspectionOutcome outcome, String... arguments) {
        if (!outcome.succeeded()) {
            throw new ClusterFailure("kubectl " + String.join(" ", arguments) + ": "
                    + outcome.error().strip());
        }
        return outcome.output();
    }

    private InspectionOutcome runWith(String input, String... arguments) {
        var command = new ArrayList<>(List.of(program.toString(), "--kubeconfig=" + kubeconfig));
        command.addAll(List.of(arguments));
        var folder = requireNonNull(kubeconfig.toAbsolutePath().getParent());
        try {
            // files, since a pipe that nobody reads blocks the writer
            var in = Files.createTempFile(folder, "kubectl", ".in");
            var out = Files.createTempFile(folder, "kubectl", ".out");
            var err = Files.createTempFile(folder, "kubectl", ".err");
            try {
                Files.writeString(in, input);
                var builder = new ProcessBuilder(command)
                        .redirectInput(in.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
                builder.environment().put("HOME", folder.toString()); // its discovery cache goes there
                var code = builder.start().waitFor();
                return new InspectionOutcome(code, Files.readString(out, UTF_8), Files.readString(err, UTF_8));
            } finally {
                for (var file : List.of(in, out, err)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new ClusterFailure("kubectl can't be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterFailure("interrupted while kubectl ran", e);
        }
    }
}
