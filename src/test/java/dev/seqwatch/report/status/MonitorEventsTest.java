package dev.seqwatch.report.status;

import static dev.seqwatch.report.Given.NOW;
import static dev.seqwatch.report.Given.finding;
import static dev.seqwatch.report.Given.read;
import static dev.seqwatch.report.Given.sequence;
import static dev.seqwatch.report.Given.unreachable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus;
import dev.seqwatch.check.Finding;
import dev.seqwatch.check.Severity;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.inspection.ServerInspection;
import dev.seqwatch.report.Given;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MonitorEventsTest {
    static Stream<Arguments> changes() {
        var well = read("shop", List.of(sequence("s", 1)));
        var info = read("shop", List.of(sequence("s", 1)), finding(Severity.Info, "X", "s"));
        var warning = read("shop", List.of(sequence("s", 1)), finding(Severity.Warning, "X", "s"));
        var critical = read("shop", List.of(sequence("s", 1)), finding(Severity.Critical, "X", "s"));
        var lost = unreachable("shop");
        return Stream.of(
                arguments(well, well, List.of()),
                arguments(well, info, List.of()),
                arguments(well, warning, List.of("FindingAppeared")),
                arguments(warning, warning, List.of()),
                arguments(warning, critical, List.of("FindingWorsened")),
                arguments(critical, warning, List.of()),
                arguments(critical, well, List.of("FindingResolved")),
                arguments(well, lost, List.of("DatabaseUnreachable")),
                arguments(lost, lost, List.of()),
                arguments(lost, well, List.of("DatabaseBack")),
                arguments(lost, critical, List.of("DatabaseBack", "FindingAppeared")),
                arguments(critical, unreachable(critical), List.of("DatabaseUnreachable")));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void a_change_is_an_event_and_nothing_else_is(Inspection before, Inspection after, List<String> reasons) {
        var previous = status(SequenceMonitorStatus.NONE, before);
        assertThat(MonitorEvents.of(previous, List.of(after)))
                .extracting(event -> event.reason().name())
                .isEqualTo(reasons);
    }

    @Test
    void a_database_that_is_back_with_its_old_findings_tells_them_no_second_time() {
        var critical = read("shop", List.of(), finding(Severity.Critical, "X", "s"));
        var lost = status(status(SequenceMonitorStatus.NONE, critical), unreachable(critical));
        assertThat(MonitorEvents.of(lost, List.of(critical)))
                .extracting(MonitorEvents.Event::reason)
                .containsExactly(MonitorEvents.Reason.DatabaseBack);
    }

    @Test
    void a_finding_that_is_ignored_from_now_on_is_not_gone_and_one_that_is_not_any_more_appears() {
        var well = read("shop", List.of());
        var finding = finding(Severity.Critical, "X", "s");
        var critical = read("shop", List.of(), finding);
        var ignored = Given.ignoring(well, "frozen", null, finding);
        assertThat(MonitorEvents.of(status(SequenceMonitorStatus.NONE, critical), List.of(ignored)))
                .isEmpty();
        assertThat(MonitorEvents.of(status(SequenceMonitorStatus.NONE, ignored), List.of(critical)))
                .extracting(MonitorEvents.Event::reason)
                .containsExactly(MonitorEvents.Reason.FindingAppeared);
    }

    @Test
    void a_dropped_database_is_one_event_and_its_findings_are_none() {
        var critical = read("shop", List.of(), finding(Severity.Critical, "X", "s"));
        var previous = status(SequenceMonitorStatus.NONE, critical);
        var dropped = new ServerInspection(List.of(read("crm", List.of())), List.of(), Set.of("shop"));
        assertThat(MonitorEvents.of(previous, dropped))
                .containsExactly(new MonitorEvents.Event(
                        MonitorEvents.Type.Normal,
                        MonitorEvents.Reason.DatabaseDropped,
                        "Database shop no longer exists; its findings went with it."));
        assertThat(MonitorEvents.of(previous, List.of(read("crm", List.of()))))
                .as("no longer among those that the monitor takes")
                .isEmpty();
    }

    @Test
    void a_burst_is_bounded_and_the_worst_comes_first() {
        var findings = Stream.concat(
                IntStream.range(0, 30).mapToObj(i -> finding(Severity.Warning, "X", "s" + i)),
                Stream.of(finding(Severity.Critical, "Y", "worst")));
        var events = MonitorEvents.of(
                SequenceMonitorStatus.NONE, List.of(read("shop", List.of(), findings.toArray(Finding[]::new))));
        assertThat(events).hasSize(11);
        assertThat(events.getFirst().note()).startsWith("Critical Y in shop public.worst: ");
        assertThat(events.getLast())
                .isEqualTo(new MonitorEvents.Event(
                        MonitorEvents.Type.Warning,
                        MonitorEvents.Reason.MoreChanges,
                        "21 more changes in this inspection; see the status of the monitor."));
    }

    @Test
    void what_the_status_had_no_room_for_is_no_news_after_a_restart() {
        var findings = IntStream.range(0, 30)
                .mapToObj(i -> finding(Severity.Warning, "X", "s" + i))
                .toArray(Finding[]::new);
        var inspection = read("shop", List.of(), findings);
        var previous = status(SequenceMonitorStatus.NONE, inspection);
        assertThat(MonitorEvents.of(previous, List.of(inspection))).isEmpty();
    }

    @Test
    void a_note_fits_into_what_the_api_takes() {
        var long_ = new Finding(
                "X",
                Severity.Critical,
                finding(Severity.Critical, "X", "s").subject(),
                "\uD83D\uDE00".repeat(2000),
                null);
        var events = MonitorEvents.of(SequenceMonitorStatus.NONE, List.of(read("shop", List.of(), long_)));
        assertThat(events.getFirst().note().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(1024);
    }

    private static SequenceMonitorStatus status(SequenceMonitorStatus previous, Inspection inspection) {
        return StatusReport.next(
                previous, 1, new InspectionOutcome.Inspected(List.of(inspection), List.of(), NOW, null), NOW);
    }
}
