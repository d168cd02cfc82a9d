package dev.seqwatch.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.seqwatch.compare.Comparison;
import dev.seqwatch.compare.CutoverOptions;
import dev.seqwatch.compare.Cutovers;
import dev.seqwatch.inspection.CutoverResult;
import dev.seqwatch.model.Given;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.model.WatchedSequence;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One comparison in each form that a person or a program reads. */
final class ComparisonOutputTest {
    private static final CutoverResult GO = compare(10, 10);
    private static final CutoverResult BEHIND = compare(1_234, 10);
    private static final CutoverResult NOT_READ = new CutoverResult.NotRead(
            false,
            new ReadResult.Unreachable(
                    ReadResult.Reason.ConnectionFailed,
                    "db:5432 refuses the connection",
                    Instant.EPOCH,
                    Duration.ZERO));
    private static final String SETVAL = """
            SELECT pg_catalog.setval('public.s'::pg_catalog.regclass, 1234, true)
              FROM public.s AS seqwatch_sequence
             WHERE seqwatch_sequence.last_value::pg_catalog.numeric
                   + CASE WHEN seqwatch_sequence.is_called THEN 1 ELSE 0 END < 1235;
            """;

    @Test
    void the_table_ends_with_the_verdict() {
        assertThat(ComparisonTable.render(GO, InspectionTable.Options.PLAIN))
                .startsWith("Source  shop  PostgreSQL 18.6, primary\nTarget  shop  PostgreSQL 18.6, primary\n")
                .endsWith("\nGo  Applications can move to the target.\n");
        assertThat(ComparisonTable.render(BEHIND, InspectionTable.Options.PLAIN))
                .contains(
                        "\nNo        PositionBehind  public.s\n          The next value is 1,235 at the source and 11 ")
                .doesNotContain("setval");
        assertThat(ComparisonTable.render(BEHIND, new InspectionTable.Options(false, true, false, 100)))
                .contains(SETVAL.indent(12));
        assertThat(ComparisonTable.render(NOT_READ, InspectionTable.Options.PLAIN))
                .contains("The target could not be read: db:5432 refuses the connection.")
                .contains("\nCould not look  ");
    }

    @Test
    void one_line_has_the_worst_reason() {
        assertThat(ComparisonTable.line(GO))
                .isEqualTo(
                        "go              No client is connected to the source, and no sequence and no row changed within 5 s.");
        assertThat(ComparisonTable.line(BEHIND))
                .startsWith("no              PositionBehind public.s: The next value is ");
        assertThat(ComparisonTable.line(NOT_READ))
                .isEqualTo("could not look  The target could not be read: db:5432 refuses the connection.");
    }

    @Test
    void the_script_has_the_remedies_behind_a_limit_for_locks() {
        assertThat(ComparisonScript.render(BEHIND))
                .contains("\\set ON_ERROR_STOP on\n")
                .contains("SET lock_timeout = '900ms';\n")
                .endsWith(SETVAL);
        assertThat(ComparisonScript.render(GO)).doesNotContain("lock_timeout").endsWith("-- Nothing has to be done.\n");
    }

    @Test
    void markdown_folds_the_script() {
        assertThat(ComparisonMarkdown.render(BEHIND))
                .startsWith("## Cutover: no\n")
                .contains("| 🔴 No | PositionBehind | public.s | The next value is 1,235 ")
                .contains("<details><summary>Script for the target</summary>\n\n```sql\n")
                .contains(SETVAL);
        assertThat(ComparisonMarkdown.render(GO)).startsWith("## Cutover: go\n").doesNotContain("<details>");
    }

    @Test
    void json_says_why_nothing_could_be_compared() throws Exception {
        var behind = new ObjectMapper().readTree(ComparisonJson.render(BEHIND));
        assertThat(behind.path("verdict").asText()).isEqualTo("No");
        assertThat(behind.path("sourceTakesWrites").asBoolean(true)).isFalse();
        assertThat(behind.path("error").isNull()).isTrue();
        assertThat(behind.path("differences").path(0).path("kind").asText()).isEqualTo("PositionBehind");
        assertThat(behind.path("differences").path(0).path("remedy").asText()).isEqualTo(SETVAL.strip());

        var failed = new ObjectMapper().readTree(ComparisonJson.render(NOT_READ));
        assertThat(failed.path("verdict").asText()).isEqualTo("CouldNotLook");
        assertThat(failed.path("error").asText()).startsWith("The target could not be read: ");
    }

    private static CutoverResult compare(long source, long target) {
        return new CutoverResult.Compared(Comparison.of(
                Cutovers.state(Given.state(at(source)), Given.state(at(target))), CutoverOptions.DEFAULT, null));
    }

    private static WatchedSequence at(long value) {
        return Given.watched(
                Given.sequence("bigint"),
                new Position.At(BigInteger.valueOf(value)),
                List.of(Given.sequenceColumn("t", Given.BIGINT)),
                List.of());
    }
}
