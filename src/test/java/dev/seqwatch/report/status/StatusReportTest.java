package dev.seqwatch.report.status;

import static dev.seqwatch.report.Given.NOW;
import static dev.seqwatch.report.Given.finding;
import static dev.seqwatch.report.Given.read;
import static dev.seqwatch.report.Given.sequence;
import static dev.seqwatch.report.Given.unjudged;
import static dev.seqwatch.report.Given.unreachable;
import static dev.seqwatch.report.Given.unreadable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus;
import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus.FindingStatus;
import dev.seqwatch.check.CheckPolicy;
import dev.seqwatch.check.Finding;
import dev.seqwatch.check.Severity;
import dev.seqwatch.check.Subject;
import dev.seqwatch.config.Ignore;
import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.inspection.EarlierFinding;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.inspection.ServerInspection;
import dev.seqwatch.inspection.SetAside;
import dev.seqwatch.model.NotCheckedReason;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.UnreadableReason;
import dev.seqwatch.report.Given;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StatusReportTest {
    private static final Instant LATER = NOW.plus(Duration.ofMinutes(5));
    private static final Inspection HEALTHY = read("shop", List.of(sequence("s", 10)));
    private static final Inspection WARNING =
            read("shop", List.of(sequence("s", 800)), finding(Severity.Warning, "SequenceExhaustion", "s"));
    private static final Inspection CRITICAL =
            read("shop", List.of(sequence("s", 950)), finding(Severity.Critical, "SequenceExhaustion", "s"));

    static Stream<Arguments> conditions() {
        var blind = unreadable("s", UnreadableReason.Locked);
        return Stream.of(
                arguments(inspected(HEALTHY), "True DatabasesRead", "True NothingFound"),
                arguments(inspected(read("empty", List.of())), "True DatabasesRead", "Unknown NothingInspected"),
                arguments(inspected(WARNING), "True DatabasesRead", "False WarningFindings"),
                arguments(inspected(CRITICAL), "True DatabasesRead", "False CriticalFindings"),
                arguments(inspected(unreachable("a")), "False ConnectionFailed", "Unknown DatabaseUnread"),
                arguments(inspected(HEALTHY, unreachable("a")), "False ConnectionFailed", "Unknown DatabaseUnread"),
                arguments(inspected(CRITICAL, unreachable("a")), "False ConnectionFailed", "False CriticalFindings"),
                arguments(inspected(read("a", List.of(blind))), "True DatabasesRead", "Unknown PositionsUnread"),
                arguments(inspected(unjudged(HEALTHY)), "True DatabasesRead", "Unknown ChecksNotJudged"),
                arguments(inspected(unjudged(WARNING)), "True DatabasesRead", "False WarningFindings"),
                arguments(inspected(), "False NoDatabase", "Unknown NotInspected"),
                arguments(
                        new InspectionOutcome.NotInspected("SecretNotFound", "create it"),
                        "False SecretNotFound",
                        "Unknown NotInspected"),
                arguments(new InspectionOutcome.Suspended(), "Unknown Suspended", "Unknown Suspended"));
    }

    @ParameterizedTest
    @MethodSource("conditions")
    void conditions_say_whether_it_works_and_whether_it_is_well(
            InspectionOutcome outcome, String ready, String healthy) {
        var status = StatusReport.next(SequenceMonitorStatus.NONE, 3, outcome, NOW);
        assertThat(status.observedGeneration()).isEqualTo(3);
        assertThat(status.conditions())
                .extracting(
                        condition -> condition.getType() + " " + condition.getStatus() + " " + condition.getReason())
                .containsExactly("Ready " + ready, "Healthy " + healthy);
        var notTrue = Stream.of(ready, healthy)
                .filter(each -> !each.startsWith("True"))
                .findFirst();
        assertThat(status.problem())
                .isEqualTo(notTrue.map(each -> each.substring(each.indexOf(' ') + 1))
                        .orElse(null));
        assertThat(status.conditions()).allSatisfy(condition -> {
            assertThat(condition.getMessage()).isNotBlank();
            assertThat(condition.getObservedGeneration()).isEqualTo(3);
        });
    }

    @Test
    void columns_not_checked_are_counted_beside_health() {
        var inspection = read("shop", List.of(Given.notChecked("s", 1, NotCheckedReason.NoUsableIndex)));
        assertThat(condition(next(SequenceMonitorStatus.NONE, NOW, inspection), "Healthy")
                        .getMessage())
                .contains("The ids of 1 column were not compared.");
    }

    @Test
    void checks_that_could_not_be_judged_are_named_and_counted() {
        var status = next(SequenceMonitorStatus.NONE, NOW, unjudged(HEALTHY));
        assertThat(status.summary())
                .isNotNull()
                .satisfies(summary -> assertThat(summary.notJudged()).isEqualTo(1));
        assertThat(condition(status, "Healthy").getMessage())
                .isEqualTo("No Warning or Critical was found, but InsertWithoutUsage could not be judged, because this"
                        + " could not be read: roles that may insert but may not call the sequence: the statement timed out;"
                        + " views that rows can be inserted through: the server failed to answer: disk full.");
    }

    @Test
    void a_transition_time_moves_when_the_status_flips_and_not_otherwise() {
        var first = next(SequenceMonitorStatus.NONE, NOW, WARNING);
        var worse = next(first, LATER, CRITICAL);
        var well = next(worse, LATER, HEALTHY);
        assertThat(condition(worse, "Healthy").getLastTransitionTime()).isEqualTo(NOW.toString());
        assertThat(condition(well, "Healthy").getLastTransitionTime()).isEqualTo(LATER.toString());
        assertThat(condition(well, "Ready").getLastTransitionTime()).isEqualTo(NOW.toString());
    }

    @Test
    void a_finding_keeps_its_beginning_while_it_gets_worse_or_cannot_be_seen() {
        var first = next(SequenceMonitorStatus.NONE, NOW, WARNING);
        var worse = next(first, LATER, CRITICAL);
        var unseen = next(worse, LATER, unreachable(CRITICAL));
        assertThat(unseen.findings().getFirst().staleSince()).isEqualTo(NOW);
        assertThat(condition(unseen, "Healthy").getReason()).isEqualTo("CriticalFindings");
        assertThat(condition(unseen, "Healthy").getMessage())
                .startsWith("1 Critical, 0 Warning. The last inspection could not judge 1 finding of an earlier one.");
        var back = next(unseen, LATER, CRITICAL);
        assertThat(back.findings().getFirst().staleSince()).isNull();
        assertThat(Stream.of(first, worse, unseen, back))
                .extracting(status -> status.findings().getFirst().since())
                .containsOnly(NOW);
        var gone = next(back, LATER, HEALTHY);
        assertThat(gone.findings()).isEmpty();
        assertThat(next(gone, LATER, WARNING).findings().getFirst().since()).isEqualTo(LATER);
    }

    @Test
    void a_database_that_went_away_keeps_what_was_read_last_beside_its_error() {
        var status = next(next(SequenceMonitorStatus.NONE, NOW, CRITICAL), LATER, unreachable(CRITICAL));
        assertThat(status.databases()).singleElement().satisfies(database -> {
            assertThat(database.error()).isEqualTo("ConnectionFailed: no answer from db:5432; is it running?");
            assertThat(database.serverVersion()).isEqualTo("18.6");
            assertThat(database.critical()).isEqualTo(1);
            assertThat(database.lastInspectionTime()).isEqualTo(NOW);
        });
        assertThat(status.summary()).isEqualTo(new SequenceMonitorStatus.Summary(1, 1, 1, 0, 0, 0, 0, 0, 0, 95, 1, 0));
        assertThat(status.lastInspectionTime()).isEqualTo(LATER);
    }

    @Test
    void an_unread_database_keeps_all_its_counts_in_the_summary() {
        var before = Given.ignoring(
                read(
                        "shop",
                        List.of(
                                Given.notChecked("a", 1, NotCheckedReason.NoPrivilege),
                                unreadable("b", UnreadableReason.NoPrivilege)),
                        finding(Severity.Info, "OrphanSequence", "a"),
                        finding(Severity.Warning, "KeyNotUnique", "a")),
                "frozen",
                null,
                finding(Severity.Warning, "KeyNotUnique", "b"));
        var ignore = new Ignore(List.of("shop.public.b"), List.of("*"), "frozen", null);
        var status = next(next(SequenceMonitorStatus.NONE, NOW, before), LATER, unreachable(before, ignore));
        assertThat(status.summary()).isEqualTo(new SequenceMonitorStatus.Summary(1, 2, 0, 1, 1, 1, 1, 1, 0, 0, 2, 0));
    }

    @Test
    void findings_that_nobody_judges_are_stale_and_stay() {
        var before = next(SequenceMonitorStatus.NONE, NOW, CRITICAL);
        var status =
                StatusReport.next(before, 1, new InspectionOutcome.NotInspected("SecretNotFound", "create it"), LATER);
        assertThat(condition(status, "Healthy").getReason()).isEqualTo("CriticalFindings");
        assertThat(condition(status, "Healthy").getMessage())
                .contains("The last inspection is old: see the condition Ready.");
        assertThat(status.findings().getFirst().staleSince()).isEqualTo(LATER);
        var later = LATER.plusSeconds(60);
        assertThat(StatusReport.next(
                                status, 1, new InspectionOutcome.NotInspected("SecretNotFound", "create it"), later)
                        .findings()
                        .getFirst()
                        .staleSince())
                .isEqualTo(LATER);
    }

    @Test
    void findings_come_back_from_a_status_after_a_restart() {
        var before = next(SequenceMonitorStatus.NONE, NOW, CRITICAL);
        var restored = PersistedHistory.read(before).findings("shop");
        assertThat(restored).extracting(EarlierFinding::finding).isEqualTo(CRITICAL.findings());
        var unread = Inspection.of(
                "shop",
                unreachable("shop").reading(),
                CheckPolicy.DEFAULT,
                List.of(),
                _ -> true,
                DatabaseHistory.NONE,
                restored);
        var after = next(before, LATER, unread);
        assertThat(after.findings().getFirst().since()).isEqualTo(NOW);
        assertThat(condition(after, "Healthy").getReason()).isEqualTo("CriticalFindings");
    }

    @Test
    void a_database_that_is_set_aside_is_listed_and_counted_and_no_problem() {
        var aside = List.of(new SetAside("rdsadmin", "Role \"app\" has no CONNECT privilege on it."));
        var outcome = new InspectionOutcome.Inspected(
                new ServerInspection(List.of(HEALTHY), aside, Set.of()), List.of(), NOW, null);
        var status = StatusReport.next(SequenceMonitorStatus.NONE, 1, outcome, NOW);
        assertThat(status.databases())
                .extracting(SequenceMonitorStatus.DatabaseStatus::name)
                .containsExactly("shop");
        assertThat(status.databasesSetAside())
                .containsExactly(new SequenceMonitorStatus.SetAsideStatus(
                        "rdsadmin", "Role \"app\" has no CONNECT privilege on it."));
        assertThat(status.summary())
                .isNotNull()
                .extracting(summary -> summary.databasesSetAside())
                .isEqualTo(1);
        assertThat(condition(status, "Ready").getStatus()).isEqualTo("True");
        assertThat(condition(status, "Ready").getMessage())
                .isEqualTo(
                        "Read 1 sequence in 1 database. 1 database set aside (rdsadmin): see status.databasesSetAside.");
        assertThat(condition(status, "Healthy").getStatus()).isEqualTo("True");
    }

    @Test
    void a_monitor_without_a_database_says_whether_it_matches_none_or_may_read_none() {
        var none = next(SequenceMonitorStatus.NONE, NOW);
        assertThat(condition(none, "Ready").getMessage())
                .isEqualTo("No database on the server matches spec.databases.");
        var aside = List.of(new SetAside("a", "no"), new SetAside("b", "no"));
        var refused = StatusReport.next(
                SequenceMonitorStatus.NONE,
                1,
                new InspectionOutcome.Inspected(new ServerInspection(List.of(), aside, Set.of()), List.of(), NOW, null),
                NOW);
        assertThat(condition(refused, "Ready").getReason()).isEqualTo("NoDatabase");
        assertThat(condition(refused, "Ready").getMessage())
                .isEqualTo("This role can read none of the databases that match spec.databases."
                        + " 2 databases set aside (a, b): see status.databasesSetAside.");
    }

    @Test
    void a_message_about_several_databases_is_made_of_sentences() {
        var message = condition(next(SequenceMonitorStatus.NONE, NOW, unreachable("a"), unreachable("b")), "Ready")
                .getMessage();
        assertThat(message)
                .isEqualTo("Database \"a\" could not be read: no answer from db:5432; is it running?"
                        + " 1 more database could not be read.");
    }

    @Test
    void the_reasons_why_positions_are_not_known_are_told() {
        var status = next(
                SequenceMonitorStatus.NONE,
                NOW,
                read(
                        "shop",
                        List.of(
                                unreadable("a", UnreadableReason.Locked),
                                unreadable("b", UnreadableReason.NoPrivilege),
                                unreadable("c", UnreadableReason.NoPrivilege))));
        assertThat(condition(status, "Healthy").getMessage())
                .isEqualTo("The position of 3 sequences could not be read"
                        + " (1: locked by another session; 2: no privilege to read it).");
    }

    @Test
    void the_summary_adds_up_all_databases() {
        var status = next(
                SequenceMonitorStatus.NONE,
                NOW,
                CRITICAL,
                read(
                        "crm",
                        List.of(
                                Given.notChecked("a", 1, NotCheckedReason.NoPrivilege),
                                unreadable("b", UnreadableReason.NoPrivilege)),
                        finding(Severity.Info, "OrphanSequence", "a")));
        assertThat(status.summary()).isEqualTo(new SequenceMonitorStatus.Summary(2, 3, 1, 0, 1, 0, 1, 1, 0, 95, 0, 0));
        assertThat(status.databases()).extracting(database -> database.name()).containsExactly("crm", "shop");
    }

    @Test
    void the_worst_twenty_findings_are_listed_and_the_rest_is_counted() {
        var findings = new ArrayList<Finding>();
        IntStream.range(0, 30).forEach(i -> findings.add(finding(Severity.Info, "OrphanSequence", "info" + i)));
        findings.add(finding(Severity.Critical, "SequenceBehind", "worst"));
        var status = next(SequenceMonitorStatus.NONE, NOW, read("shop", List.of(), findings.toArray(Finding[]::new)));
        assertThat(status.findings())
                .hasSize(20)
                .first()
                .extracting(FindingStatus::sequence)
                .isEqualTo("worst");
        assertThat(status.findingsOmitted()).isEqualTo(11);
    }

    @Test
    void what_was_found_stays_while_nobody_looks() {
        var before = next(SequenceMonitorStatus.NONE, NOW, CRITICAL);
        for (var outcome : List.of(
                new InspectionOutcome.Suspended(), new InspectionOutcome.NotInspected("SecretNotFound", "create it"))) {
            var status = StatusReport.next(before, 4, outcome, LATER);
            assertThat(status.findings())
                    .usingRecursiveComparison()
                    .ignoringFields("staleSince", "staleReason")
                    .isEqualTo(before.findings());
            assertThat(status.databases()).isEqualTo(before.databases());
            assertThat(status.lastInspectionTime()).isEqualTo(NOW);
            assertThat(status.observedGeneration()).isEqualTo(4);
        }
    }

    @Test
    void a_longer_wait_than_the_interval_is_told() {
        var outcome = new InspectionOutcome.Inspected(List.of(HEALTHY), List.of(), NOW, NOW.plusSeconds(410));
        assertThat(condition(StatusReport.next(SequenceMonitorStatus.NONE, 1, outcome, NOW), "Ready")
                        .getMessage())
                .isEqualTo(
                        "Read 1 sequence in 1 database. The databases worked for 41 s, so the next inspection waits ten times as"
                                + " long, 410 s, instead of spec.interval: raise spec.interval, or let spec.schemas take fewer schemas.");
    }

    @Test
    void a_rest_is_kept_for_the_next_process() {
        var resting = new InspectionOutcome.Inspected(List.of(HEALTHY), List.of(), NOW, NOW.plusSeconds(410));
        var first = StatusReport.next(SequenceMonitorStatus.NONE, 1, resting, NOW);
        assertThat(first.nextInspectionTime()).isEqualTo(NOW.plusSeconds(410));
        var soon = NOW.plusSeconds(20);
        var longer = StatusReport.next(
                first,
                1,
                new InspectionOutcome.Inspected(List.of(HEALTHY), List.of(), soon, soon.plusSeconds(500)),
                soon);
        assertThat(StatusReport.worthWriting(first, longer)).as("a long one").isTrue();
        var shorter = StatusReport.next(
                first,
                1,
                new InspectionOutcome.Inspected(List.of(HEALTHY), List.of(), soon, soon.plusSeconds(20)),
                soon);
        assertThat(StatusReport.worthWriting(first, shorter))
                .as("one that the next write of figures comes before")
                .isFalse();
        assertThat(next(longer, LATER, HEALTHY).nextInspectionTime()).isNull();
    }

    @Test
    void figures_and_times_alone_are_written_once_a_minute() {
        var busy = IntStream.rangeClosed(0, 20)
                .mapToObj(i -> read(
                        "shop",
                        List.of(sequence("s", 950 + i), sequence("t", 1)),
                        new Finding(
                                "SequenceExhaustion",
                                Severity.Critical,
                                Subject.of(new RelationName("public", "s")),
                                String.format(
                                        Locale.ROOT,
                                        "%d.0 %% of public.s is used: %,d values left",
                                        95 + i / 10,
                                        50_000 - i),
                                "SELECT setval('public.s', %d);".formatted(i))))
                .toList();
        var written = next(SequenceMonitorStatus.NONE, NOW, busy.getFirst());
        var writes = 0;
        for (var i = 1; i < busy.size(); i++) {
            var next = next(written, NOW.plusSeconds(10L * i), busy.get(i));
            if (StatusReport.worthWriting(written, next)) {
                writes++;
                written = next;
            }
            assertThat(Duration.between(written.lastInspectionTime(), next.lastInspectionTime()))
                    .isLessThan(Duration.ofMinutes(1));
        }
        assertThat(writes).as("in 200 s at an interval of 10 s").isEqualTo(4);
        assertThat(written.findings().getFirst().message()).isEqualTo("97.0 % of public.s is used: 49,980 values left");
    }

    @Test
    void at_a_longer_interval_each_inspection_is_written() {
        var before = next(SequenceMonitorStatus.NONE, NOW, WARNING);
        for (var seconds : List.of(54, 270, 3_240)) {
            var now = NOW.plusSeconds(seconds);
            assertThat(StatusReport.worthWriting(before, next(before, now, WARNING)))
                    .isTrue();
        }
    }

    @Test
    void a_lock_that_comes_and_goes_is_no_reason_to_write() {
        var before = next(SequenceMonitorStatus.NONE, NOW, WARNING);
        var soon = NOW.plusSeconds(10);
        var gap = read(
                "shop",
                List.of(Given.notChecked("s", 800, NotCheckedReason.Locked)),
                finding(Severity.Warning, "SequenceExhaustion", "s"));
        assertThat(StatusReport.worthWriting(before, next(before, soon, gap))).isFalse();
        assertThat(StatusReport.worthWriting(before, next(before, soon, unreachable(WARNING))))
                .isTrue();
    }

    @Test
    void a_message_that_says_something_else_with_the_same_severity_is_written_at_once() {
        var critical = next(SequenceMonitorStatus.NONE, NOW, CRITICAL);
        var usedUp = read(
                "shop",
                List.of(sequence("s", 1000)),
                new Finding(
                        "SequenceExhaustion",
                        Severity.Critical,
                        Subject.of(new RelationName("public", "s")),
                        "public.s is used up",
                        null));
        assertThat(StatusReport.worthWriting(critical, next(critical, NOW.plusSeconds(10), usedUp)))
                .isTrue();
    }

    @Test
    void a_status_that_says_something_new_is_written_at_once() {
        var before = next(SequenceMonitorStatus.NONE, NOW, WARNING);
        for (var inspection : List.of(CRITICAL, HEALTHY, unreachable(WARNING))) {
            assertThat(StatusReport.worthWriting(before, next(before, LATER, inspection)))
                    .isTrue();
        }
        var edited = StatusReport.next(
                before, 2, new InspectionOutcome.Inspected(List.of(WARNING), List.of(), LATER, null), LATER);
        assertThat(StatusReport.worthWriting(before, edited)).isTrue();
        assertThat(StatusReport.worthWriting(SequenceMonitorStatus.NONE, before))
                .isTrue();
    }

    @Test
    void a_suspended_monitor_is_written_once() {
        var before = StatusReport.next(SequenceMonitorStatus.NONE, 1, new InspectionOutcome.Suspended(), NOW);
        var muchLater = NOW.plus(Duration.ofDays(1));
        var next = StatusReport.next(before, 1, new InspectionOutcome.Suspended(), muchLater);
        assertThat(StatusReport.worthWriting(before, next)).isFalse();
    }

    @Test
    void conditions_of_other_writers_are_neither_copied_nor_a_reason_to_write() {
        var own = next(SequenceMonitorStatus.NONE, NOW, WARNING);
        var conditions = new ArrayList<>(own.conditions());
        conditions.add(
                new ConditionBuilder().withType("Approved").withStatus("True").build());
        var before = new SequenceMonitorStatus(
                own.observedGeneration(),
                own.lastInspectionTime(),
                own.nextInspectionTime(),
                own.problem(),
                own.summary(),
                own.databases(),
                own.databasesOmitted(),
                own.databasesSetAside(),
                own.findings(),
                own.findingsOmitted(),
                own.ignored(),
                own.warnings(),
                own.samples(),
                conditions);
        var next = next(before, NOW.plusSeconds(10), WARNING);
        assertThat(next.conditions()).extracting(Condition::getType).containsExactly("Ready", "Healthy");
        assertThat(StatusReport.worthWriting(before, next)).isFalse();
    }

    private static InspectionOutcome inspected(Inspection... inspections) {
        return new InspectionOutcome.Inspected(List.of(inspections), List.of(), NOW, null);
    }

    private static SequenceMonitorStatus next(SequenceMonitorStatus previous, Instant now, Inspection... inspections) {
        return StatusReport.next(
                previous, 1, new InspectionOutcome.Inspected(List.of(inspections), List.of(), now, null), now);
    }

    private static Condition condition(SequenceMonitorStatus status, String type) {
        return status.conditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst()
                .orElseThrow();
    }
}
