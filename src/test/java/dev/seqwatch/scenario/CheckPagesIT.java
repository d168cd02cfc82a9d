package dev.seqwatch.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.check.Check;
import dev.seqwatch.check.Checks;
import dev.seqwatch.cluster.Tools;
import dev.seqwatch.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each check has a page; its example makes the finding, and its query shows the problem in psql. */
class CheckPagesIT {
    private static final Path PAGES = Tools.project().resolve("docs/checks");

    /** Findings that need another role than the superuser, time, or counters that the server writes late. */
    private static final Set<String> WITHOUT_FINDING = Set.of("InsufficientPrivileges", "ExhaustionForecast", "IdBurn");

    private static final Pattern SQL = Pattern.compile("## (\\w[\\w ]*)\n\n```sql\n(.*?)```", Pattern.DOTALL);

    static Stream<String> checks() {
        return Checks.ALL.stream().map(Check::name);
    }

    @Test
    void every_check_has_a_page_and_every_page_a_check() throws IOException {
        try (var files = Files.list(PAGES)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".md", "")))
                    .containsExactlyInAnyOrderElementsOf(checks().toList());
        }
    }

    @ParameterizedTest
    @MethodSource("checks")
    void the_example_of_a_page_makes_the_finding_and_the_query_shows_it(String check) throws Exception {
        var example = block(check, "Example");
        var query = block(check, "See it in psql");
        try (var database = PostgresServer.of(18).database()) {
            database.execute(example.replaceAll("\\bpage_(?=\\w+)", database.name() + "_page_"));
            database.analyze();
            if (!WITHOUT_FINDING.contains(check)) {
                assertThat(Inspect.of(database, check)).isNotEmpty();
            }
            if (!query.isEmpty()) {
                assertThat(database.value("SELECT count(*) > 0 FROM (%s) AS shown"
                                .formatted(withoutSemicolon(query, database.name()))))
                        .isEqualTo(example.isEmpty() ? "f" : "t");
            }
        }
    }

    private static String withoutSemicolon(String query, String database) {
        return query.strip().replaceAll(";$", "").replaceAll("\\bpage_(?=\\w+)", database + "_page_");
    }

    private static String block(String check, String heading) throws IOException {
        return SQL.matcher(Files.readString(PAGES.resolve(check + ".md")))
                .results()
                .filter(match -> match.group(1).equals(heading))
                .map(match -> match.group(2))
                .findFirst()
                .orElse("");
    }

    /** The remaining sections of a page, in their order. */
    @ParameterizedTest
    @MethodSource("checks")
    void every_page_has_the_same_sections(String check) throws IOException {
        var headings = Pattern.compile("(?m)^## (.*)$")
                .matcher(Files.readString(PAGES.resolve(check + ".md")))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(headings).startsWith("Why it matters").endsWith("Fix", "When it is not a problem");
        assertThat(List.of(
                        "Why it matters",
                        "When Seqwatch reports it",
                        "Example",
                        "See it in psql",
                        "Fix",
                        "When it is not a problem"))
                .containsAll(headings);
    }
}
