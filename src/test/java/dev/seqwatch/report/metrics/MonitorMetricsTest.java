package dev.seqwatch.report.metrics;

import static dev.seqwatch.report.Given.finding;
import static dev.seqwatch.report.Given.read;
import static dev.seqwatch.report.Given.sequence;
import static dev.seqwatch.report.Given.unreachable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.api.v1alpha1.SequenceMonitorSpec.SequenceSeries;
import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus;
import dev.seqwatch.check.CheckPolicy;
import dev.seqwatch.check.Checks;
import dev.seqwatch.check.Severity;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.model.UnreadableReason;
import dev.seqwatch.report.Given;
import dev.seqwatch.report.status.InspectionOutcome;
import dev.seqwatch.report.status.StatusReport;
import dev.seqwatch.testing.StrictRegistry;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MonitorMetricsTest {
    private static final MonitorName SHOP = new MonitorName("ns", "shop");
    private static final String LABELS = "database=\"shop\",monitor=\"shop\",namespace=\"ns\",";
    private static final String OF_S =
            "database=\"shop\",monitor=\"shop\",namespace=\"ns\",schema=\"public\",sequence=\"s\",}";

    private static final String OF_SHOP = "monitor=\"shop\",namespace=\"ns\",";

    private final StrictRegistry registry = new StrictRegistry();
    private final MonitorMetrics metrics = new MonitorMetrics(registry.meters());

    @Test
    void a_sequence_at_risk_has_all_its_series() {
        publish(
                SequenceSeries.AtRisk,
                read(
                        "shop",
                        List.of(Given.colliding("s", 800, 811)),
                        finding(Severity.Critical, "SequenceBehind", "s")));
        assertThat(lines())
                .contains(
                        "seqwatch_sequence_used_ratio{" + OF_S + " 0.8",
                        "seqwatch_sequence_remaining{" + OF_S + " 200.0",
                        "seqwatch_sequence_last_value{" + OF_S + " 800.0",
                        "seqwatch_sequence_limit{" + OF_S + " 1000.0",
                        "seqwatch_sequence_collision_distance{" + OF_S + " 11.0",
                        "seqwatch_sequence_info{column=\"public.s.id\",data_type=\"bigint\",database=\"shop\","
                                + "limit_kind=\"Sequence\",limited_by=\"MAXVALUE 1000 of public.s\",monitor=\"shop\",namespace=\"ns\",schema=\"public\","
                                + "sequence=\"s\",} 1.0",
                        "seqwatch_finding_info{check=\"SequenceBehind\"," + LABELS
                                + "schema=\"public\",sequence=\"s\",severity=\"Critical\",subject=\"public.s\",} 1.0",
                        "seqwatch_findings{check=\"SequenceBehind\"," + LABELS + "severity=\"Critical\",} 1.0",
                        "seqwatch_findings{check=\"SequenceBehind\"," + LABELS + "severity=\"Warning\",} 0.0",
                        "seqwatch_sequences{" + LABELS + "state=\"readable\",} 1.0",
                        "seqwatch_sequences{" + LABELS + "state=\"unreadable\",} 0.0",
                        "seqwatch_columns_not_checked{" + LABELS + "} 0.0",
                        "seqwatch_checks_not_judged{" + LABELS + "} 0.0",
                        "seqwatch_highest_used_ratio{" + LABELS + "} 0.8",
                        "seqwatch_database_up{" + LABELS + "} 1.0",
                        "seqwatch_inspection_duration_seconds{" + LABELS + "} 0.041",
                        "seqwatch_last_inspection_timestamp_seconds{" + LABELS + "} 1.772366400041E9",
                        "seqwatch_inspection_interval_seconds{" + LABELS + "} 300.0",
                        "seqwatch_exhaustion_threshold_ratio{" + LABELS + "severity=\"Warning\",} 0.75",
                        "seqwatch_exhaustion_threshold_ratio{" + LABELS + "severity=\"Critical\",} 0.9",
                        "seqwatch_series_omitted{" + LABELS + "} 0.0");
        assertThat(lines().filter(line -> line.startsWith("seqwatch_findings{")))
                .hasSize(Checks.ALL.size() * Severity.values().length);
    }

    @Test
    void checks_that_could_not_be_judged_are_counted_each_once() {
        publish(SequenceSeries.AtRisk, Given.unjudged(read("shop", List.of(sequence("s", 1)))));
        assertThat(lines()).contains("seqwatch_checks_not_judged{" + LABELS + "} 1.0");
    }

    @Test
    void membership_at_risk_ends_five_points_below_the_threshold_alone() {
        for (var step : List.of(
                List.of(740, 0), List.of(750, 1), List.of(745, 1), List.of(701, 1), List.of(699, 0), List.of(745, 0))) {
            publish(SequenceSeries.AtRisk, read("shop", List.of(sequence("s", step.getFirst()))));
            assertThat(lines().filter(line -> line.startsWith("seqwatch_sequence_used_ratio{")))
                    .as("at %s", step.getFirst())
                    .hasSize(step.getLast());
        }
    }

    @Test
    void all_at_risk_or_none() {
        var inspection = read("shop", List.of(sequence("s", 800), sequence("t", 1)));
        publish(SequenceSeries.All, inspection);
        assertThat(count("seqwatch_sequence_limit")).isEqualTo(2);
        publish(SequenceSeries.AtRisk, inspection);
        assertThat(count("seqwatch_sequence_limit")).isEqualTo(1);
        publish(SequenceSeries.None, inspection);
        assertThat(count("seqwatch_sequence_limit")).isZero();
        assertThat(count("seqwatch_highest_used_ratio")).isEqualTo(1);
    }

    @Test
    void the_worst_have_series_where_there_are_too_many() {
        metrics.publish(
                SHOP,
                List.of(read(
                        "shop",
                        List.of(sequence("a", 800), sequence("s", 990), sequence("z", 760)),
                        finding(Severity.Warning, "SequenceExhaustion", "a"),
                        finding(Severity.Critical, "SequenceExhaustion", "s"))),
                policy(SequenceSeries.AtRisk, 1));
        assertThat(lines().filter(line -> line.startsWith("seqwatch_sequence_used_ratio{")))
                .containsExactly("seqwatch_sequence_used_ratio{" + OF_S + " 0.99");
        assertThat(lines()).contains("seqwatch_series_omitted{" + LABELS + "} 3.0");
    }

    @Test
    void what_vanishes_from_a_database_vanishes_from_the_metrics() {
        publish(SequenceSeries.All, read("shop", List.of(sequence("s", 800))), read("crm", List.of(sequence("t", 1))));
        publish(SequenceSeries.All, read("shop", List.of()));
        assertThat(lines()).noneMatch(line -> line.contains("crm") || line.contains("sequence=\"s\""));
    }

    @Test
    void a_position_that_is_not_known_has_no_value() {
        publish(SequenceSeries.All, read("shop", List.of(Given.unreadable("s", UnreadableReason.NoPrivilege))));
        assertThat(count("seqwatch_sequence_used_ratio")).isZero();
        assertThat(count("seqwatch_sequence_last_value")).isZero();
        assertThat(count("seqwatch_highest_used_ratio")).isZero();
        assertThat(lines()).contains("seqwatch_sequences{" + LABELS + "state=\"unreadable\",} 1.0");
    }

    @Test
    void an_ignored_finding_is_counted_as_such_alone() {
        publish(
                SequenceSeries.AtRisk,
                Given.ignoring(
                        read("shop", List.of(sequence("s", 10))),
                        "frozen",
                        null,
                        finding(Severity.Critical, "SequenceBehind", "s")));
        assertThat(lines())
                .contains(
                        "seqwatch_ignored_findings{" + LABELS + "} 1.0",
                        "seqwatch_ignored_finding_info{check=\"SequenceBehind\"," + LABELS
                                + "schema=\"public\",sequence=\"s\",severity=\"Critical\",subject=\"public.s\",} 1.0");
        assertThat(count("seqwatch_finding_info")).isZero();
        publish(SequenceSeries.AtRisk, read("shop", List.of(sequence("s", 10))));
        assertThat(lines()).contains("seqwatch_ignored_findings{" + LABELS + "} 0.0");
    }

    @Test
    void findings_stay_while_the_database_is_away() {
        var before = read("shop", List.of(sequence("s", 950)), finding(Severity.Critical, "SequenceExhaustion", "s"));
        publish(SequenceSeries.AtRisk, before);
        publish(SequenceSeries.AtRisk, unreachable(before));
        assertThat(lines())
                .contains(
                        "seqwatch_database_up{" + LABELS + "} 0.0",
                        "seqwatch_inspection_duration_seconds{" + LABELS + "} 5.0",
                        "seqwatch_sequence_used_ratio{" + OF_S + " 0.95",
                        "seqwatch_findings{check=\"SequenceExhaustion\"," + LABELS + "severity=\"Critical\",} 1.0",
                        "seqwatch_stale_findings{" + LABELS + "} 1.0");
        assertThat(count("seqwatch_finding_info")).isEqualTo(1);
        assertThat(count("seqwatch_stale_finding_info")).isEqualTo(1);
        publish(SequenceSeries.AtRisk, read("shop", List.of(sequence("s", 10))));
        assertThat(count("seqwatch_finding_info")).isZero();
        assertThat(lines()).contains("seqwatch_database_up{" + LABELS + "} 1.0");
    }

    @Test
    void a_finding_that_cannot_be_judged_keeps_its_series_and_its_numbers() {
        var before = Given.after(
                read("shop", List.of()),
                read("shop", List.of(sequence("s", 950))).reading());
        publish(SequenceSeries.AtRisk, before);
        var numbers = lines().filter(
                        line -> line.startsWith("seqwatch_sequence_") || line.startsWith("seqwatch_finding"))
                .toList();
        var locked = Given.unreadable("s", UnreadableReason.Locked);
        publish(
                SequenceSeries.AtRisk,
                Given.after(before, read("shop", List.of(locked)).reading()));
        assertThat(lines()).containsAll(numbers);
        assertThat(lines())
                .contains(
                        "seqwatch_stale_finding_info{check=\"SequenceExhaustion\"," + LABELS
                                + "schema=\"public\",sequence=\"s\",severity=\"Critical\",subject=\"public.s public.s.id\",} 1.0",
                        "seqwatch_sequences{" + LABELS + "state=\"unreadable\",} 1.0");
        publish(SequenceSeries.AtRisk, before);
        assertThat(lines()).contains("seqwatch_stale_findings{" + LABELS + "} 0.0");
        assertThat(count("seqwatch_stale_finding_info")).isZero();
    }

    @Test
    void what_the_status_knows_is_there_before_the_first_inspection_of_a_process() {
        var before = Given.after(
                read("shop", List.of()),
                read("shop", List.of(sequence("s", 950))).reading());
        var status = StatusReport.next(
                SequenceMonitorStatus.NONE,
                1,
                new InspectionOutcome.Inspected(List.of(before), List.of(), Given.NOW, null),
                Given.NOW);
        metrics.expect(SHOP, status, CheckPolicy.Thresholds.DEFAULT);
        var restored = List.of(
                "seqwatch_finding_info{check=\"SequenceExhaustion\"," + LABELS
                        + "schema=\"public\",sequence=\"s\",severity=\"Critical\",subject=\"public.s public.s.id\",} 1.0",
                "seqwatch_findings{check=\"SequenceExhaustion\"," + LABELS + "severity=\"Critical\",} 1.0",
                "seqwatch_sequence_used_ratio{" + OF_S + " 0.95",
                "seqwatch_exhaustion_threshold_ratio{" + LABELS + "severity=\"Critical\",} 0.9");
        assertThat(lines()).containsAll(restored);
        assertThat(count("seqwatch_database_up")).as("not known yet").isZero();
        metrics.down(SHOP);
        assertThat(lines()).containsAll(restored).contains("seqwatch_database_up{" + LABELS + "} 0.0");
        publish(SequenceSeries.AtRisk, unreachable(before));
        assertThat(lines()).containsAll(restored);
    }

    @Test
    void while_its_databases_rest_a_monitor_has_what_its_status_knows() {
        var status = StatusReport.next(
                SequenceMonitorStatus.NONE,
                1,
                new InspectionOutcome.Inspected(
                        List.of(read("shop", List.of(sequence("s", 950)))),
                        List.of(),
                        Given.NOW,
                        Given.NOW.plusSeconds(410)),
                Given.NOW);
        metrics.rest(
                SHOP,
                status,
                new MetricSettings(SequenceSeries.AtRisk, 10, Duration.ofSeconds(410), CheckPolicy.Thresholds.DEFAULT));
        assertThat(lines())
                .contains(
                        "seqwatch_monitor_ready{" + OF_SHOP + "} 1.0",
                        "seqwatch_database_up{" + LABELS + "} 1.0",
                        "seqwatch_inspection_interval_seconds{" + LABELS + "} 410.0")
                .anyMatch(line -> line.startsWith("seqwatch_last_inspection_timestamp_seconds{"));
    }

    @Test
    void a_monitor_that_cannot_be_inspected_is_down() {
        metrics.down(SHOP);
        assertThat(lines())
                .containsExactlyInAnyOrder(
                        "seqwatch_database_up{database=\"\",monitor=\"shop\",namespace=\"ns\",} 0.0",
                        "seqwatch_monitor_ready{" + OF_SHOP + "} 0.0",
                        "seqwatch_monitor_status_written{" + OF_SHOP + "} 1.0",
                        "seqwatch_monitor_suspended{" + OF_SHOP + "} 0.0");
        publish(SequenceSeries.AtRisk, read("shop", List.of(sequence("s", 950))));
        metrics.down(SHOP);
        assertThat(lines())
                .contains("seqwatch_database_up{" + LABELS + "} 0.0", "seqwatch_sequence_used_ratio{" + OF_S + " 0.95")
                .noneMatch(line -> line.contains("database=\"\""));
    }

    @Test
    void a_status_that_was_refused_is_said_until_one_is_written() {
        metrics.statusWritten(SHOP, false);
        assertThat(lines()).as("a monitor that is not known").isEmpty();
        publish(SequenceSeries.AtRisk, read("shop", List.of(sequence("s", 950))));
        metrics.statusWritten(SHOP, false);
        assertThat(lines()).contains("seqwatch_monitor_status_written{" + OF_SHOP + "} 0.0");
        publish(SequenceSeries.AtRisk, read("shop", List.of(sequence("s", 951))));
        assertThat(lines()).contains("seqwatch_monitor_status_written{" + OF_SHOP + "} 0.0");
        metrics.statusWritten(SHOP, true);
        assertThat(lines())
                .contains(
                        "seqwatch_monitor_status_written{" + OF_SHOP + "} 1.0",
                        "seqwatch_database_up{" + LABELS + "} 1.0");
        metrics.forget(SHOP);
        assertThat(lines()).isEmpty();
    }

    @Test
    void a_monitor_is_ready_when_all_its_databases_were_read() {
        metrics.expect(SHOP, null, CheckPolicy.Thresholds.DEFAULT);
        assertThat(lines()).contains("seqwatch_monitor_ready{" + OF_SHOP + "} 0.0");
        publish(SequenceSeries.AtRisk, read("shop", List.of()), read("crm", List.of()));
        assertThat(lines()).contains("seqwatch_monitor_ready{" + OF_SHOP + "} 1.0");
        metrics.expect(SHOP, null, CheckPolicy.Thresholds.DEFAULT);
        assertThat(lines()).contains("seqwatch_monitor_ready{" + OF_SHOP + "} 1.0");
        publish(SequenceSeries.AtRisk, read("shop", List.of()), unreachable("crm"));
        assertThat(lines()).contains("seqwatch_monitor_ready{" + OF_SHOP + "} 0.0");
        publish(SequenceSeries.AtRisk);
        assertThat(lines()).contains("seqwatch_monitor_ready{" + OF_SHOP + "} 0.0");
    }

    @Test
    void a_suspended_monitor_says_so_and_nothing_else() {
        publish(SequenceSeries.All, read("shop", List.of(sequence("s", 800))));
        metrics.suspended(SHOP);
        assertThat(lines())
                .containsExactlyInAnyOrder(
                        "seqwatch_monitor_status_written{" + OF_SHOP + "} 1.0",
                        "seqwatch_monitor_suspended{" + OF_SHOP + "} 1.0");
        publish(SequenceSeries.All, read("shop", List.of(sequence("s", 800))));
        assertThat(lines())
                .contains(
                        "seqwatch_monitor_suspended{" + OF_SHOP + "} 0.0",
                        "seqwatch_monitor_ready{" + OF_SHOP + "} 1.0");
    }

    @Test
    void a_forgotten_monitor_leaves_nothing_and_takes_nothing_along() {
        var other = new MonitorName("ns", "other");
        publish(SequenceSeries.All, read("shop", List.of(sequence("s", 800))));
        metrics.publish(other, List.of(read("shop", List.of(sequence("s", 800)))), policy(SequenceSeries.All, 200));
        metrics.forget(SHOP);
        assertThat(lines()).isNotEmpty().noneMatch(line -> line.contains("monitor=\"shop\""));
        metrics.forget(other);
        assertThat(lines()).isEmpty();
    }

    private void publish(SequenceSeries sequences, Inspection... inspections) {
        metrics.publish(SHOP, List.of(inspections), policy(sequences, 200));
    }

    private static MetricSettings policy(SequenceSeries sequences, int max) {
        return new MetricSettings(sequences, max, Duration.ofMinutes(5), CheckPolicy.Thresholds.DEFAULT);
    }

    private long count(String metric) {
        return lines().filter(line -> line.startsWith(metric + "{")).count();
    }

    private Stream<String> lines() {
        return registry.scrape().stream();
    }
}
