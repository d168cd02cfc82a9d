package dev.seqwatch.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * In a nested query, a table of the user whose name is an alias of the outer query takes its place. Aliases of scripts
 * therefore begin with the name of the program.
 */
class AliasesTest {
    /** Of a table or of a subquery; an alias of a column stands before a comma, FROM or OFFSET. */
    private static final Pattern ALIAS =
            Pattern.compile("(?:(?:FROM|JOIN|LATERAL) \\S+|\\)) AS (\\w+)\\b(?!\\s*(?:,|FROM|OFFSET))");

    @Test
    void no_table_can_take_the_place_of_an_alias() throws IOException {
        var aliases = new TreeSet<String>();
        try (var folders = Files.list(Path.of("src/test/resources/golden"))) {
            for (var folder : folders.toList()) {
                ALIAS.matcher(Files.readString(folder.resolve("remedies.sql")))
                        .results()
                        .forEach(match -> aliases.add(match.group(1)));
            }
        }

        assertThat(aliases).contains("seqwatch_table").allMatch(alias -> alias.startsWith("seqwatch_"));
    }
}
