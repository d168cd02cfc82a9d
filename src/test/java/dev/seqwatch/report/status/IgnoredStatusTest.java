package dev.seqwatch.report.status;

import static dev.seqwatch.report.Given.NOW;
import static dev.seqwatch.report.Given.finding;
import static dev.seqwatch.report.Given.ignoring;
import static dev.seqwatch.report.Given.read;
import static dev.seqwatch.report.Given.sequence;
import static dev.seqwatch.report.Given.unreachable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.api.v1alpha1.IgnoredStatus;
import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus;
import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus.FindingSeverity;
import dev.seqwatch.check.Finding;
import dev.seqwatch.check.Severity;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.report.text.Verdict;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a status says of findings that are ignored, and of declarations in vain. */
class IgnoredStatusTest {
    private static final Finding CRITICAL = finding(Severity.Critical, "SequenceExhaustion", "s");
    private static final Inspection FROZEN =
            ignoring(read("shop", List.of(sequence("s", 950))), "frozen", LocalDate.of(2027, 3, 31), CRITICAL);

    @Test
    void an_ignored_finding_counts_for_nothing_but_is_listed_with_its_reason() {
        var status = next(SequenceMonitorStatus.NONE, List.of(), FROZEN);
        assertThat(status.findings()).isEmpty();
        assertThat(status.summary()).isEqualTo(new SequenceMonitorStatus.Summary(1, 1, 0, 0, 0, 1, 0, 0, 0, 95, 0, 0));
        assertThat(status.ignored())
                .containsExactly(new IgnoredStatus(
                        "SequenceExhaustion",
                        FindingSeverity.Critical,
                        "shop",
                        "public",
                        "s",
                        null,
                        null,
                        null,
                        "frozen",
                        "2027-03-31"));
        assertThat(status.conditions().getLast().getStatus()).isEqualTo("True");
        assertThat(status.conditions().getLast().getMessage()).contains("Ignored: 1 finding.");
        assertThat(Verdict.of(List.of(FROZEN))).isEqualTo(Verdict.Healthy);
    }

    @Test
    void what_is_ignored_stays_listed_while_its_database_is_away() {
        var before = next(SequenceMonitorStatus.NONE, List.of(), FROZEN);
        assertThat(next(before, List.of(), unreachable("shop")).ignored()).isEqualTo(before.ignored());
        assertThat(next(before, List.of(), read("shop", List.of())).ignored()).isEmpty();
    }

    @Test
    void the_worst_twenty_are_listed() {
        var findings = IntStream.range(0, 30)
                .mapToObj(i -> finding(i == 29 ? Severity.Critical : Severity.Info, "X", "s" + i))
                .toArray(Finding[]::new);
        var status = next(SequenceMonitorStatus.NONE, List.of(), ignoring(read("a", List.of()), "r", null, findings));
        assertThat(status.ignored())
                .hasSize(20)
                .first()
                .extracting(IgnoredStatus::sequence)
                .isEqualTo("s29");
    }

    @Test
    void notices_are_bounded_and_a_reason_to_write() {
        var many = IntStream.range(0, 25).mapToObj(i -> "notice " + i).toList();
        var status = next(SequenceMonitorStatus.NONE, many, FROZEN);
        assertThat(status.warnings())
                .hasSize(20)
                .startsWith("notice 0")
                .endsWith("6 more: seqwatch check -f lists them all.");
        assertThat(StatusReport.worthWriting(status, next(status, List.of(), FROZEN)))
                .isTrue();
        assertThat(StatusReport.worthWriting(status, next(status, many, FROZEN)))
                .isFalse();
    }

    private static SequenceMonitorStatus next(
            SequenceMonitorStatus previous, List<String> warnings, Inspection inspection) {
        return StatusReport.next(
                previous, 1, new InspectionOutcome.Inspected(List.of(inspection), warnings, NOW, null), NOW);
    }
}
