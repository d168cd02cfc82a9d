package dev.seqwatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SeqwatchIT {
    @TempDir
    Path directory;

    @Test
    void the_version_names_the_versions_of_postgresql_and_java() {
        assertThat(output("--version").lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("seqwatch "),
                        line -> assertThat(line).isEqualTo("Tested with PostgreSQL 13 to 18"),
                        line -> assertThat(line).startsWith("Java " + Runtime.version()));
    }

    @Test
    void bash_completes_commands_and_options() throws IOException, InterruptedException {
        var script = Files.writeString(directory.resolve("completion"), output("generate-completion"));
        assertThat(completed(script, "seqwatch ch")).isEqualTo("check");
        assertThat(completed(script, "seqwatch check --all-d")).isEqualTo("--all-databases");
        assertThat(completed(script, "seqwatch check --output m")).isEqualTo("markdown");
    }

    private static String output(String... arguments) {
        var text = new StringWriter();
        var exitCode = new CommandLine(new Seqwatch.Root())
                .setOut(new PrintWriter(text))
                .execute(arguments);
        assertThat(exitCode).isZero();
        return text.toString();
    }

    /** The candidates of bash for the last word of a command line. */
    private static String completed(Path script, String line) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        "bash",
                        "-c",
                        "source \"$1\"; COMP_WORDS=($2); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _complete_seqwatch; echo \"${COMPREPLY[*]}\"",
                        "bash",
                        script.toString(),
                        line)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var answer = process.inputReader()) {
            var text = String.join("\n", answer.readAllLines());
            process.waitFor();
            return text.strip();
        }
    }
}
