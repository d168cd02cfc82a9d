package dev.seqwatch.report.status;

import static dev.seqwatch.report.Given.NOW;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus;
import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus.FindingStatus;
import dev.seqwatch.check.Finding;
import dev.seqwatch.check.Severity;
import dev.seqwatch.check.Subject;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.remedy.LazyText;
import dev.seqwatch.report.Given;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    @Test
    void many_findings_of_one_check_leave_room_for_the_other_checks() {
        var findings = new ArrayList<>(warnings(1, 40));
        findings.addAll(some("ColumnNarrowerThanSequence", 40));
        findings.addAll(some("SequenceExhaustion", 3));
        findings.addAll(some("UnloggedSequence", 1));
        var listed = next(SequenceMonitorStatus.NONE, NOW, findings);

        assertThat(listed.findings().stream().collect(groupingBy(FindingStatus::check, counting())))
                .isEqualTo(Map.of(
                        "KeyNotUnique",
                        8L,
                        "ColumnNarrowerThanSequence",
                        8L,
                        "SequenceExhaustion",
                        3L,
                        "UnloggedSequence",
                        1L));
        assertThat(listed.findingsOmitted()).isEqualTo(64);
    }

    @Test
    void a_milder_finding_takes_no_place_of_a_worse_one() {
        var findings = new ArrayList<>(some("OtherCheck", 1));
        IntStream.range(0, 30)
                .forEach(i ->
                        findings.add(Given.finding(Severity.Critical, "InsertWithoutUsage", "s%02d".formatted(i))));

        assertThat(next(SequenceMonitorStatus.NONE, NOW, findings).findings())
                .extracting(FindingStatus::check)
                .containsOnly("InsertWithoutUsage");
    }

    @Test
    void what_breaks_first_is_listed_first() {
        var findings = new ArrayList<Finding>();
        IntStream.range(0, 30)
                .forEach(i -> findings.add(Given.finding(Severity.Critical, "SequenceExhaustion", "s%02d".formatted(i))
                        .withRemaining(0.05)));
        findings.add(
                Given.finding(Severity.Critical, "ExhaustionForecast", "soon").withRemaining(0.02));
        findings.add(
                Given.finding(Severity.Critical, "SequenceExhaustion", "z_full").withRemaining(0));
        findings.add(Given.finding(Severity.Warning, "ColumnNearLimit", "later").withRemaining(0.01));

        assertThat(next(SequenceMonitorStatus.NONE, NOW, findings).findings())
                .extracting(FindingStatus::sequence)
                .hasSize(SequenceMonitorStatus.MAX_FINDINGS)
                .startsWith("z_full", "soon", "s00", "s01")
                .doesNotContain("later");
    }

    /** Nobody knows whether one more of a check that fills the list was there before; of another check it is known. */
    @Test
    void who_is_new_beside_a_full_list_is_told_where_the_list_would_have_shown_it() {
        var first = next(SequenceMonitorStatus.NONE, NOW, warnings(1, 25));
        var more = Stream.of(warnings(1, 26), some("UnloggedSequence", 1))
                .flatMap(List::stream)
                .toList();

        assertThat(MonitorEvents.of(first, List.of(inspection(more))))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.reason()).isEqualTo(MonitorEvents.Reason.FindingAppeared);
                    assertThat(event.note()).contains("UnloggedSequence");
                });
    }

    @Test
    void another_order_below_the_worst_is_no_reason_to_write() {
        var full =
                Given.finding(Severity.Critical, "SequenceExhaustion", "full").withRemaining(0);
        var one = Given.finding(Severity.Critical, "SequenceExhaustion", "one");
        var two = Given.finding(Severity.Critical, "SequenceExhaustion", "two");
        var before =
                next(SequenceMonitorStatus.NONE, NOW, List.of(full, one.withRemaining(0.02), two.withRemaining(0.01)));
        var after = next(before, NOW.plusSeconds(10), List.of(full, one.withRemaining(0.02), two.withRemaining(0.03)));

        assertThat(before.findings()).extracting(FindingStatus::sequence).containsExactly("full", "two", "one");
        assertThat(after.findings()).extracting(FindingStatus::sequence).containsExactly("full", "one", "two");
        assertThat(StatusReport.worthWriting(before, after)).isFalse();
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

    private static List<Finding> some(String check, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Given.finding(Severity.Warning, check, "a%02d_id_seq".formatted(i)))
                .toList();
    }

    private static List<Finding> warnings(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(i -> Given.finding(Severity.Warning, "KeyNotUnique", "s%02d_id_seq".formatted(i)))
                .toList();
    }
}
