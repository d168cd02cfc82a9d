package dev.seqwatch.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.seqwatch.check.Severity;
import dev.seqwatch.model.NotCheckedReason;
import dev.seqwatch.model.UnreadableReason;
import dev.seqwatch.report.Given;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class InspectionJsonTest {
    @Test
    void a_database_that_was_read() throws Exception {
        var inspection = Given.read(
                "shop",
                List.of(
                        Given.sequence("orders_id_seq", 978),
                        Given.neverCalled("items_id_seq", 1000),
                        Given.unreadable("hidden_id_seq", UnreadableReason.NoPrivilege),
                        Given.notChecked("events_id_seq", 5, NotCheckedReason.NoUsableIndex)),
                Given.finding(Severity.Critical, "SequenceExhaustion", "orders_id_seq"));
        assertThat(parse(InspectionJson.render(List.of(inspection), List.of()))).isEqualTo(parse("""
                {"inspections": [{
                  "database": "shop", "serverVersion": "18.6", "role": "Primary", "durationMillis": 41,
                  "sequences": [
                    {"schema": "public", "sequence": "orders_id_seq", "position": "At", "lastValue": "978",
                     "limit": "1000", "limitKind": "Sequence",
                     "limitedBy": "MAXVALUE 1000 of public.orders_id_seq", "usedRatio": 0.978, "remaining": "22"},
                    {"schema": "public", "sequence": "items_id_seq", "position": "NeverCalled", "lastValue": null,
                     "limit": "1000", "limitKind": "Sequence",
                     "limitedBy": "MAXVALUE 1000 of public.items_id_seq", "usedRatio": 0.999, "remaining": "1"},
                    {"schema": "public", "sequence": "hidden_id_seq", "position": "Unreadable", "lastValue": null,
                     "limit": "1000", "limitKind": "Sequence",
                     "limitedBy": "MAXVALUE 1000 of public.hidden_id_seq", "usedRatio": null, "remaining": null},
                    {"schema": "public", "sequence": "events_id_seq", "position": "At", "lastValue": "5",
                     "limit": "1000", "limitKind": "Sequence",
                     "limitedBy": "MAXVALUE 1000 of public.events_id_seq", "usedRatio": 0.005, "remaining": "995"}],
                  "findings": [
                    {"check": "SequenceExhaustion", "severity": "Critical", "schema": "public",
                     "sequence": "orders_id_seq", "table": null, "column": null, "role": null,
                     "message": "SequenceExhaustion of orders_id_seq is Critical",
                     "remedy": "ALTER SEQUENCE public.orders_id_seq AS bigint;"}],
                  "ignored": [],
                  "notChecked": [
                    {"schema": "public", "table": "events", "column": "id", "reason": "NoUsableIndex"}],
                  "notJudged": [],
                  "integerColumnsNotRead": 0,
                  "error": null}], "databasesSetAside": [], "warnings": []}
                """));
    }

    @Test
    void a_database_that_was_not() throws Exception {
        assertThat(parse(InspectionJson.render(List.of(Given.unreachable("shop")), List.of())))
                .isEqualTo(parse("""
                {"inspections": [{
                  "database": "shop", "serverVersion": null, "role": null, "durationMillis": 5000,
                  "sequences": [], "findings": [], "ignored": [], "notChecked": [], "notJudged": [],
                  "integerColumnsNotRead": null,
                  "error": "no answer from db:5432; is it running?"}], "databasesSetAside": [], "warnings": []}
                """));
    }

    @Test
    void checks_that_could_not_be_judged_have_a_list() throws Exception {
        var json = parse(InspectionJson.render(List.of(Given.unjudged(Given.read("shop", List.of()))), List.of()));
        assertThat(json.at("/inspections/0/notJudged")).isEqualTo(parse("""
                [{"check": "InsertWithoutUsage", "fact": "InsertGrants", "reason": "TimedOut", "detail": null},
                 {"check": "InsertWithoutUsage", "fact": "InsertableViews", "reason": "ServerError", "detail": "disk full"}]
                """));
    }

    @Test
    void ignored_findings_and_notices_have_their_own_lists() throws Exception {
        var finding = Given.finding(Severity.Critical, "SequenceExhaustion", "s", null);
        var inspection = Given.ignoring(Given.read("shop", List.of()), "frozen", LocalDate.of(2027, 3, 31), finding);
        var json = parse(InspectionJson.render(List.of(inspection), List.of("spec.links[0]: a slip.")));
        assertThat(json.at("/warnings")).isEqualTo(parse("[\"spec.links[0]: a slip.\"]"));
        assertThat(json.at("/inspections/0/findings")).isEmpty();
        assertThat(json.at("/inspections/0/ignored")).isEqualTo(parse("""
                [{"check": "SequenceExhaustion", "severity": "Critical", "schema": "public", "sequence": "s",
                  "table": null, "column": null, "role": null, "message": "SequenceExhaustion of s is Critical",
                  "remedy": null, "reason": "frozen", "until": "2027-03-31"}]
                """));
    }

    @Test
    void fields_come_in_the_order_of_the_documentation() {
        assertThat(InspectionJson.render(List.of(Given.read("shop", List.of(Given.sequence("s", 1)))), List.of()))
                .containsSubsequence(
                        "database",
                        "serverVersion",
                        "role",
                        "durationMillis",
                        "sequences",
                        "schema",
                        "sequence",
                        "position",
                        "lastValue",
                        "limit",
                        "limitKind",
                        "limitedBy",
                        "usedRatio",
                        "remaining",
                        "findings",
                        "ignored",
                        "notChecked",
                        "notJudged",
                        "integerColumnsNotRead",
                        "error",
                        "warnings");
    }

    private static JsonNode parse(String json) throws Exception {
        return new ObjectMapper().readTree(json);
    }
}
