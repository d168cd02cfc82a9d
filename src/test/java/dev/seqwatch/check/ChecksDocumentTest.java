package dev.seqwatch.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.cluster.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The list of checks, the resource's enum, the page and the README name the same checks in the same order. */
class ChecksDocumentTest {
    private static final List<String> NAMES =
            Checks.ALL.stream().map(Check::name).toList();

    @Test
    void thePageHasARowForEachCheck() throws IOException {
        assertThat(rows("docs/checks.md")).containsExactlyElementsOf(NAMES);
    }

    @Test
    void theReadmeNamesEachCheck() throws IOException {
        assertThat(rows("README.md").stream().filter(NAMES::contains)).containsExactlyElementsOf(NAMES);
    }

    @Test
    void theResourceTakesEachCheck() throws IOException {
        var crd = Files.readString(Tools.project().resolve("crds/sequencemonitors.seqwatch.dev-v1.yaml"));
        var list = Pattern.compile("enum:\\s((?:\\s*- \"?\\w+\"?\\s)+)")
                .matcher(crd)
                .results()
                .map(match -> match.group(1).replaceAll("[-\"]", " ").strip())
                .filter(values -> values.contains("OrphanSequence"))
                .findFirst()
                .orElseThrow();
        assertThat(list.split("\\s+")).containsExactlyInAnyOrderElementsOf(NAMES);
    }

    private static List<String> rows(String page) throws IOException {
        return Pattern.compile("(?m)^\\| \\[?`(\\w+)`(?:\\]\\([^)]*\\))? \\|")
                .matcher(Files.readString(Tools.project().resolve(page)))
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
