package dev.seqwatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.cluster.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds of every file in git, whatever it says. */
final class SourcesIT {
    /** Homes and workspaces exist on one machine alone. */
    private static final Pattern MACHINE_PATH =
            Pattern.compile("(?<![\\w.$}~*-])/(home|Users|root|work|workspace|var/folders|private/var)/[\\w.]");

    @Test
    void noFileNamesAPathOfOneMachine() throws Exception {
        var named = files(file -> !isGenerated(file)).stream()
                .flatMap(file -> lines(file).stream()
                        .filter(line -> MACHINE_PATH.matcher(line).find())
                        .map(line -> file + ": " + line.strip()))
                .toList();

        assertThat(named)
                .as("lines with a path that exists on one machine alone")
                .isEmpty();
    }

    private static boolean isGenerated(String file) {
        return file.endsWith("/go.sum") || file.startsWith("crds/") || isBinary(file);
    }

    private static boolean isBinary(String file) {
        return Stream.of(".png", ".jar", ".gz").anyMatch(file::endsWith);
    }

    private static List<String> files(Predicate<String> wanted) throws Exception {
        var git = new ProcessBuilder("git", "-c", "safe.directory=*", "ls-files", "-z")
                .directory(Tools.project().toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var names = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\0");
        assertThat(git.waitFor()).as("exit code of git ls-files").isZero();
        return Stream.of(names)
                .filter(name -> Files.isRegularFile(path(name)))
                .filter(wanted)
                .toList();
    }

    private static List<String> lines(String file) {
        try {
            return Files.readString(path(file), StandardCharsets.ISO_8859_1)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path path(String file) {
        return Tools.project().resolve(file);
    }
}
