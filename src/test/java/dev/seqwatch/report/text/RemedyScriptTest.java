package dev.seqwatch.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.check.Severity;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.report.Given;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemedyScriptTest {
    private static final List<Inspection> MIXED = List.of(Given.read(
            "shop",
            List.of(),
            Given.finding(Severity.Warning, "Widen", "s"),
            Given.finding(Severity.Info, "Convert", "t", "BEGIN;\nDROP SEQUENCE t;\nCOMMIT;\n"),
            Given.finding(Severity.Info, "Undecided", "u", null)));

    @Test
    void one_database_needs_no_connect() {
        var script = RemedyScript.render(
                List.of(Given.read(
                        "shop",
                        List.of(),
                        Given.finding(Severity.Critical, "SequenceExhaustion", "s"),
                        Given.finding(Severity.Warning, "Undecided", "s", null))),
                false);
        assertThat(script).isEqualTo("""
                -- Remedies for what Seqwatch found. Read them first; run them with psql as the owner of the objects.
                \\set ON_ERROR_STOP on

                -- Database shop

                -- Critical: SequenceExhaustion public.s
                -- SequenceExhaustion of s is Critical
                ALTER SEQUENCE public.s AS bigint;

                -- Warning: Undecided public.s
                -- Undecided of s is Warning
                -- No script can decide this.
                """);
    }

    @Test
    void several_databases_are_connected_to_whatever_their_names() {
        var finding = Given.finding(Severity.Critical, "X", "s");
        var script = RemedyScript.render(
                List.of(
                        Given.read("it's \"odd\" = \\", List.of(), finding),
                        Given.read("line\nbreak; DROP TABLE t; --", List.of(), finding),
                        Given.read("fine", List.of()),
                        Given.unreachable("down")),
                false);
        assertThat(script)
                .contains("\\connect -reuse-previous=on \"dbname='it\\'s \"\"odd\"\" = \\\\'\"\n")
                .contains("-- Nothing was found.")
                .contains("-- It could not be read: no answer from db:5432; is it running?")
                .doesNotContainPattern("(?m)^(break|DROP)")
                .contains("-- ALTER SEQUENCE public.s AS bigint;");
    }

    @Test
    void a_remedy_that_two_findings_share_stands_once() {
        var script = RemedyScript.render(
                List.of(Given.read(
                        "shop",
                        List.of(),
                        Given.finding(Severity.Critical, "A", "s"),
                        Given.finding(Severity.Warning, "B", "s"))),
                false);
        assertThat(script).containsOnlyOnce("ALTER SEQUENCE").contains("-- The same remedy as above.");
    }

    @Test
    void remedies_of_info_findings_are_left_out_and_counted() {
        var script = RemedyScript.render(MIXED, false);
        assertThat(script).isEqualTo("""
                -- Remedies for what Seqwatch found. Read them first; run them with psql as the owner of the objects.
                \\set ON_ERROR_STOP on

                -- Database shop

                -- Warning: Widen public.s
                -- Widen of s is Warning
                ALTER SEQUENCE public.s AS bigint;

                -- 2 Info findings are not in this script. The option --all adds the remedies of Info findings as comments.
                """);
    }

    @Test
    void remedies_of_info_findings_are_comments_on_demand() {
        var script = RemedyScript.render(MIXED, true);
        assertThat(script).contains("-- Info: Convert public.t", "-- BEGIN;\n-- DROP SEQUENCE t;\n-- COMMIT;\n");
        assertThat(script.lines().filter(line -> !line.startsWith("--") && !line.isBlank()))
                .containsExactly("\\set ON_ERROR_STOP on", "ALTER SEQUENCE public.s AS bigint;");
    }

    @Test
    void a_database_with_info_findings_only_gets_no_statement() {
        var script = RemedyScript.render(
                List.of(
                        Given.read("shop", List.of(), Given.finding(Severity.Info, "Convert", "t", "DROP TABLE t;")),
                        Given.read("fine", List.of())),
                false);
        assertThat(script)
                .contains("-- Database shop\n-- 1 Info finding is not in this script.")
                .doesNotContain("\\connect", "DROP");
    }
}
