package dev.seqwatch.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.seqwatch.cluster.Tools;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The alerts, by promtool's own judgement, and what each must bring. */
class AlertRulesIT {
    private static final String RUNBOOKS = "https://github.com/seqwatch/seqwatch/blob/main/";

    @Test
    void they_are_those_that_people_rely_on() {
        assertThat(alerts().map(AlertRulesIT::name))
                .containsExactlyInAnyOrder(
                        "SequenceExhaustionCritical",
                        "SequenceExhaustionWarning",
                        "SequenceExhaustionForecastCritical",
                        "SequenceExhaustionForecastWarning",
                        "SequenceBehindCritical",
                        "SequenceBehindWarning",
                        "InsertWithoutUsageCritical",
                        "InsertWithoutUsageWarning",
                        "SequenceFindingCritical",
                        "SequenceFindingWarning",
                        "InsufficientPrivileges",
                        "DatabaseUnreachable",
                        "InspectionStale",
                        "SequenceMonitorNotReady",
                        "SequenceMonitorStatusNotWritten",
                        "SeqwatchDown",
                        "SeqwatchCrashLooping",
                        "SeqwatchNoLeader");
    }

    @Test
    void promtool_accepts_the_rules() {
        assertThat(Program.PROMTOOL.expect("check", "rules", "--lint=all", "--lint-fatal", "deploy/alerts/rules.yaml"))
                .contains("18 rules found");
    }

    @Test
    void they_fire_and_keep_quiet_as_their_tests_say() {
        var arguments = new ArrayList<>(List.of("test", "rules"));
        Manifest.files("deploy/alerts/tests", ".yaml").forEach(file -> arguments.add(file.toString()));
        Program.PROMTOOL.expect(arguments);
    }

    @ParameterizedTest
    @MethodSource("names")
    void each_has_a_runbook_with_all_its_parts(String alert) {
        var rule = alerts().filter(each -> name(each).equals(alert)).findFirst().orElseThrow();
        var url = rule.at("/annotations/runbook_url").asText();
        var runbook = url.replace(RUNBOOKS + "docs/runbooks/", "").replace(".md", "");
        assertThat(runbook)
                .as("the alert's name, or what its two severities share")
                .isIn(alert, alert.replaceFirst("(Critical|Warning)$", ""));
        assertThat(Manifest.text(url.substring(RUNBOOKS.length())).lines())
                .contains("# " + runbook)
                .filteredOn(line -> line.startsWith("## "))
                .containsExactly(
                        "## What is broken",
                        "## Is it failing now?",
                        "## First three commands",
                        "## Stop the bleeding",
                        "## Fix",
                        "## Check that it is fixed",
                        "## Who else is affected");
    }

    @ParameterizedTest
    @MethodSource("names")
    void each_says_what_to_type_and_is_not_doubled_by_two_replicas(String alert) {
        var rule = alerts().filter(each -> name(each).equals(alert)).findFirst().orElseThrow();
        assertThat(rule.at("/annotations/summary").asText()).isNotEmpty();
        assertThat(rule.at("/annotations/description").asText())
                .contains("kubectl ")
                .as("somebody has to type it")
                .doesNotContain("jsonpath");
        assertThat(rule.path("for").asText()).isNotEmpty();
        assertThat(rule.path("expr").asText()).contains("max").doesNotContain("pod", "instance");
    }

    /**
     * Alertmanager's usual inhibition lets a critical alert mute every warning of the same name and namespace: those of
     * other sequences, databases and monitors too.
     */
    @Test
    void a_name_has_one_severity() {
        assertThat(alerts().map(AlertRulesIT::name)).doesNotHaveDuplicates();
        assertThat(alerts())
                .allSatisfy(rule -> assertThat(rule.at("/labels/severity").asText())
                        .isIn("critical", "warning")
                        .satisfies(severity -> {
                            var suffix = name(rule).replaceFirst("^.*(?=Critical$|Warning$)", "");
                            assertThat(suffix).isIn(name(rule), suffixOf(severity));
                        }));
    }

    /** Where one Prometheus has several clusters, equal names in two of them are two things. */
    @ParameterizedTest
    @MethodSource("names")
    void each_keeps_clusters_apart(String alert) {
        var rule = alerts().filter(each -> name(each).equals(alert)).findFirst().orElseThrow();
        var lists = Pattern.compile("(?:by|on) \\(([^)]+)\\)")
                .matcher(rule.path("expr").asText())
                .results()
                .map(list -> list.group(1))
                .toList();
        assertThat(lists).isNotEmpty().allMatch(list -> list.startsWith("cluster"));
    }

    /** A missed scrape ends a series for a moment, and with it the wait of `for`. */
    @ParameterizedTest
    @MethodSource("names")
    void each_bridges_missed_scrapes(String alert) {
        var rule = alerts().filter(each -> name(each).equals(alert)).findFirst().orElseThrow();
        var expression = rule.path("expr").asText();
        assertThat(Pattern.compile("\\bseqwatch_\\w+")
                        .matcher(expression)
                        .results()
                        .count())
                .isEqualTo(Pattern.compile("last_over_time\\(\\s*seqwatch_\\w+(\\{[^}]*})?\\[5m]")
                        .matcher(expression)
                        .results()
                        .count());
    }

    private static String suffixOf(String severity) {
        return severity.equals("critical") ? "Critical" : "Warning";
    }

    /** Of what Prometheus does not remember, Alertmanager forgets the alert after four minutes. */
    @ParameterizedTest
    @MethodSource("names")
    void none_flaps_when_prometheus_restarts(String alert) {
        var rule = alerts().filter(each -> name(each).equals(alert)).findFirst().orElseThrow();
        var patience = rule.path("for").asText();
        assertThat(patience).matches("\\d+m");
        assertThat(Integer.parseInt(patience.substring(0, patience.length() - 1)))
                .matches(minutes -> minutes <= 3 || minutes >= 10);
    }

    @ParameterizedTest
    @MethodSource("names")
    void each_has_a_test_of_its_words(String alert) {
        assertThat(Manifest.text("deploy/alerts/tests/texts.yaml")).contains("alertname: " + alert + "\n");
    }

    @Test
    void links_between_runbooks_lead_somewhere() {
        var link = Pattern.compile("\\]\\(([^):#]+)\\)");
        Manifest.files("docs/runbooks", ".md").forEach(file -> {
            var matcher =
                    link.matcher(Manifest.text(Tools.project().relativize(file).toString()));
            while (matcher.find()) {
                assertThat(file.resolveSibling(matcher.group(1))).exists();
            }
        });
    }

    static Stream<String> names() {
        return alerts().map(AlertRulesIT::name);
    }

    private static String name(JsonNode rule) {
        return rule.path("alert").asText();
    }

    private static Stream<JsonNode> alerts() {
        var groups = Manifest.file("deploy/alerts/rules.yaml").getFirst().at("/groups");
        return StreamSupport.stream(groups.spliterator(), false)
                .flatMap(group -> StreamSupport.stream(group.path("rules").spliterator(), false));
    }
}
