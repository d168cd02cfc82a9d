package dev.seqwatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.check.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemedyScriptTest {
    @Test
    void one_database_needs_no_connect() {
        var script = RemedyScript.render(List.of(Given.read(
                "shop",
                List.of(),
                Given.finding(Severity.Critical, "SequenceExhaustion", "s"),
                Given.finding(Severity.Warning, "Undecided", "s", null))));
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
        var script = RemedyScript.render(List.of(
                Given.read("it's \"odd\" = \\", List.of(), finding),
                Given.read("line\nbreak; DROP TABLE t; --", List.of(), finding),
                Given.read("fine", List.of()),
                Given.unreachable("down")));
        assertThat(script)
                .contains("\\connect -reuse-previous=on \"dbname='it\\'s \"\"odd\"\" = \\\\'\"\n")
                .contains("-- Nothing was found.")
                .contains("-- It could not be read: no answer from db:5432; is it running?")
                .doesNotContainPattern("(?m)^(break|DROP)")
                .contains("-- ALTER SEQUENCE public.s AS bigint;");
    }

    @Test
    void a_remedy_that_two_findings_share_stands_once() {
        var script = RemedyScript.render(List.of(Given.read(
                "shop",
                List.of(),
                Given.finding(Severity.Critical, "A", "s"),
                Given.finding(Severity.Warning, "B", "s"))));
        assertThat(script).containsOnlyOnce("ALTER SEQUENCE").contains("-- The same remedy as above.");
    }
}
