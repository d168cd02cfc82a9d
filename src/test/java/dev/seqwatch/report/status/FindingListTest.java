package dev.seqwatch.report.status;

import static dev.seqwatch.report.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus;
import dev.seqwatch.check.Finding;
import dev.seqwatch.check.Severity;
import dev.seqwatch.check.Subject;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.remedy.LazyText;
import dev.seqwatch.report.Given;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The beginning of findings that the status had no room for. */
class FindingListTest {
    private static final Instant LATER = NOW.plus(Duration.ofDays(1));

    @Test
    void who_moves_up_has_no_beginning_and_who_is_new_has_one() {
        var first = next(SequenceMonitorStatus.NONE, NOW, warnings(1, 25));
        assertThat(first.findingsOmitted()).isEqualTo(5);
        var shorter = next(
                first,
                LATER,
                Stream.concat(Stream.of(critical()), warnings(11, 25).stream()).toList());

        assertThat(shorter.findings()).hasSize(16);
        assertThat(shorter.findings().getFirst().since()).as("new").isEqualTo(LATER);
        assertThat(shorter.findings().subList(1, 11))
                .as("listed before")
                .allMatch(finding -> NOW.equals(finding.since()));
        assertThat(shorter.findings().subList(11, 16))
                .as("there before, nobody knows since when")
                .allMatch(finding -> finding.since() == null);

        var again = next(shorter, LATER.plusSeconds(3_600), warnings(10, 25));
        assertThat(again.findings().getFirst().since())
                .as("nothing was omitted")
                .isEqualTo(LATER.plusSeconds(3_600));
        assertThat(again.findings().getLast().since()).isNull();
    }

    /** A move into the list and out of it is no event. */
    @Test
    void who_moves_up_makes_no_event() {
        var first = next(SequenceMonitorStatus.NONE, NOW, warnings(1, 25));
        assertThat(MonitorEvents.of(first, List.of(inspection(warnings(2, 25)))))
                .extracting(MonitorEvents.Event::reason)
                .containsExactly(MonitorEvents.Reason.FindingResolved);
        var pushed =
                Stream.concat(Stream.of(critical()), warnings(1, 25).stream()).toList();
        assertThat(MonitorEvents.of(first, List.of(inspection(pushed))))
                .extracting(MonitorEvents.Event::reason)
                .containsExactly(MonitorEvents.Reason.FindingAppeared);
    }

    /** The remedy of one finding has some kilobytes, and a database may have a hundred thousand findings. */
    @Test
    void only_remedies_that_the_status_has_room_for_are_written() {
        var written = new AtomicInteger();
        var findings = IntStream.range(0, 100)
                .mapToObj(i -> new Finding(
                        "KeyNotBigint",
                        Severity.Warning,
                        new Subject("public", "s" + i, null, null, null),
                        "A message.",
                        new LazyText(() -> "-- " + written.incrementAndGet()),
                        null))
                .toList();

        assertThat(MonitorEvents.of(SequenceMonitorStatus.NONE, List.of(inspection(findings))))
                .isNotEmpty();
        assertThat(next(SequenceMonitorStatus.NONE, NOW, findings).findings())
                .hasSize(SequenceMonitorStatus.MAX_FINDINGS)
                .allMatch(finding -> finding.remedy() != null);
        assertThat(written).hasValue(SequenceMonitorStatus.MAX_FINDINGS);
    }

    private static SequenceMonitorStatus next(SequenceMonitorStatus previous, Instant now, List<Finding> findings) {
        return StatusReport.next(
                previous, 1, new InspectionOutcome.Inspected(List.of(inspection(findings)), List.of(), now, null), now);
    }

    private static Inspection inspection(List<Finding> findings) {
        return Given.read("shop", List.of(), findings.toArray(Finding[]::new));
    }

    private static Finding critical() {
        return Given.finding(Severity.Critical, "SequenceExhaustion", "orders_id_seq");
    }

    private static List<Finding> warnings(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(i -> Given.finding(Severity.Warning, "KeyNotUnique", "s%02d_id_seq".formatted(i)))
                .toList();
    }
}
