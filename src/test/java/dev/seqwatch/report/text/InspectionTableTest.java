package dev.seqwatch.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.check.Finding;
import dev.seqwatch.check.Severity;
import dev.seqwatch.check.Subject;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.model.NotCheckedReason;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.UnreadableReason;
import dev.seqwatch.report.Given;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InspectionTableTest {
    private static final Inspection SHOP = Given.read(
            "shop",
            List.of(
                    Given.sequence("orders_id_seq", 978),
                    Given.unreadable("hidden_id_seq", UnreadableReason.NoPrivilege),
                    Given.notChecked("events_id_seq", 5, NotCheckedReason.NoUsableIndex)),
            Given.finding(Severity.Critical, "SequenceExhaustion", "orders_id_seq"),
            Given.finding(Severity.Info, "OrphanSequence", "hidden_id_seq"));

    @Test
    void what_is_wrong_and_how_much_was_read() {
        assertThat(InspectionTable.render(
                        List.of(SHOP, Given.unreachable("crm")), List.of(), InspectionTable.Options.PLAIN))
                .isEqualTo("""
                shop  PostgreSQL 18.6, primary

                Critical  SequenceExhaustion  public.orders_id_seq
                          SequenceExhaustion of orders_id_seq is Critical

                Info      1 OrphanSequence (--all shows them)

                Read: 2 of 3 sequences in 41 ms; the fullest, public.orders_id_seq, is 97.8 % used.
                Not read: 1 position (no privilege to read it).
                Not compared: ids of 1 column (no valid, full btree index leads on the column, and the table is too
                large to scan). (--all lists them)

                crm

                Not read  ConnectionFailed
                          no answer from db:5432; is it running?

                A page explains each check, and how to ignore a finding: docs/checks/SequenceExhaustion.md and so
                on.

                UNKNOWN  2 databases, 1 of them not read: 1 Critical, 0 Warning, 1 Info
                """);
    }

    @Test
    void a_narrow_terminal_has_room_for_every_line() {
        assertThat(InspectionTable.render(
                        List.of(SHOP, Given.unreachable("crm")),
                        List.of(),
                        new InspectionTable.Options(true, false, false, 40)))
                .startsWith("""
                shop  PostgreSQL 18.6, primary

                Critical  SequenceExhaustion
                  public.orders_id_seq
                  SequenceExhaustion of orders_id_seq is
                  Critical
                """)
                .endsWith("""
                UNKNOWN  2 databases, 1 of them not
                         read: 1 Critical, 0 Warning, 1
                         Info
                """)
                .satisfies(text -> assertThat(text.lines())
                        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(40)));
    }

    @Test
    void what_could_not_be_judged_is_said() {
        assertThat(InspectionTable.render(List.of(Given.unjudged(SHOP)), List.of(), InspectionTable.Options.PLAIN))
                .contains("""
                Not known: roles that may insert but may not call the sequence (the statement timed out). Not
                judged: InsertWithoutUsage.
                Not known: views that rows can be inserted through (the server failed to answer: disk full). Not
                judged: InsertWithoutUsage.
                Not known: objects that keep the type of a column from being changed (the time for the inspection
                was used up).
                """);
    }

    @Test
    void many_findings_of_one_kind_are_three_and_a_line_with_their_number() {
        var findings = new ArrayList<Finding>();
        for (var i = 1; i <= 25; i++) {
            findings.add(Given.finding(Severity.Warning, "KeyNotUnique", "s%02d".formatted(i)));
        }
        for (var i = 1; i <= 5; i++) {
            findings.add(Given.finding(Severity.Critical, "SequenceExhaustion", "full" + i));
        }
        var inspection = Given.read("shop", List.of(), findings.toArray(Finding[]::new));

        assertThat(InspectionTable.render(List.of(inspection), List.of(), InspectionTable.Options.PLAIN))
                .contains("KeyNotUnique  public.s03", "SequenceExhaustion  public.full5")
                .doesNotContain("KeyNotUnique of s04")
                .contains("""
                        Warning   KeyNotUnique  22 more
                                  public.s04, public.s05, public.s06, public.s07, public.s08, public.s09, public.s10,
                                  public.s11, public.s12, public.s13, public.s14, public.s15, public.s16, public.s17,
                                  public.s18, public.s19, public.s20, public.s21, public.s22, public.s23 and 2 more. (--all
                                  shows each)
                        """)
                .contains("5 Critical, 25 Warning");
        assertThat(InspectionTable.render(
                        List.of(inspection), List.of(), new InspectionTable.Options(true, false, false, 100)))
                .contains("KeyNotUnique  public.s25")
                .doesNotContain("more");
    }

    @Test
    void roles_are_of_different_kinds() {
        var findings = IntStream.rangeClosed(1, 8)
                .mapToObj(i -> new Finding(
                        "InsertWithoutUsage",
                        Severity.Critical,
                        Subject.of(new RelationName("public", "s" + i)).role(i <= 4 ? "app" : "job"),
                        "A message.",
                        "-- a remedy"))
                .toArray(Finding[]::new);

        assertThat(InspectionTable.render(
                        List.of(Given.read("shop", List.of(), findings)), List.of(), InspectionTable.Options.PLAIN))
                .contains("public.s4 app", "public.s8 job")
                .doesNotContain("more");
    }

    @Test
    void all_and_remedies() {
        assertThat(InspectionTable.render(
                        List.of(SHOP), List.of(), new InspectionTable.Options(true, true, false, 100)))
                .contains("Info      OrphanSequence  public.hidden_id_seq")
                .contains("  public.events.id  NoUsableIndex")
                .contains("            ALTER SEQUENCE public.orders_id_seq AS bigint;")
                .doesNotContain("--all");
    }

    @Test
    void what_is_ignored_is_counted_by_reason_and_listed_with_all() {
        var orphan = Given.finding(Severity.Info, "OrphanSequence", "old_seq");
        var frozen = Given.ignoring(SHOP, "frozen", LocalDate.of(2027, 3, 31), orphan, orphan);
        assertThat(InspectionTable.render(
                        List.of(frozen), List.of("spec.links[0]: a slip."), InspectionTable.Options.PLAIN))
                .contains("Ignored   2: frozen, until 2027-03-31 (--all shows them)\n")
                .contains("\nWarning: spec.links[0]: a slip.\n")
                .contains("1 Critical, 0 Warning, 1 Info, 2 ignored\n")
                .doesNotContain("old_seq");
        assertThat(InspectionTable.render(
                        List.of(frozen), List.of(), new InspectionTable.Options(true, false, false, 100)))
                .contains("Ignored   2: frozen, until 2027-03-31\n          Info OrphanSequence  public.old_seq\n");
    }

    @Test
    void colour_is_there_when_asked_for_alone() {
        assertThat(InspectionTable.render(List.of(SHOP), List.of(), InspectionTable.Options.PLAIN))
                .doesNotContain("\u001b");
        assertThat(InspectionTable.render(
                        List.of(SHOP), List.of(), new InspectionTable.Options(false, false, true, 100)))
                .contains("\u001b[1;31mCritical\u001b[0m");
    }

    @Test
    void a_name_cannot_talk_to_the_terminal() {
        var odd = Given.read(
                "x\u001b[2J\ny",
                List.of(Given.sequence("a\u001b[31m\u202eb", 999)),
                Given.finding(Severity.Critical, "X", "a\u001b[31m\u202eb"));
        assertThat(InspectionTable.render(List.of(odd), List.of(), new InspectionTable.Options(true, true, false, 100)))
                .doesNotContain("\u001b")
                .doesNotContain("\u202e")
                .contains("x\\u001b[2J\\ny");
    }
}
