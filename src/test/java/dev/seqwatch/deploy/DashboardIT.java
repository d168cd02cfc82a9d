package dev.seqwatch.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.seqwatch.cluster.Tools;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Grafana's dashboard linter checks, but for what {@code grafana/.lint} excludes, and what whoever is on call needs. */
class DashboardIT {
    private static final String DATASOURCE = "${datasource}";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([a-z]+)(?![a-z_])");
    private static final Pattern COUNTER = Pattern.compile("[a-z_]+_total");
    private static final Pattern GROUPED = Pattern.compile("\\b(?:sum|max|min|count)\\b(?: by \\(([a-z_, ]+)\\))?");
    private static final Pattern WINDOW = Pattern.compile("\\[([^]]+)]");
    private static final Set<String> TYPES = Set.of("stat", "table", "timeseries", "bargauge");
    private static final Set<String> UNITS = Set.of("none", "percentunit", "s", "ops", "locale");

    static Stream<Dashboard> dashboards() {
        return Dashboard.all();
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void it_has_a_name_and_cannot_be_edited_by_accident(Dashboard dashboard) {
        assertThat(dashboard.root().path("uid").asText()).isEqualTo("seqwatch-" + dashboard.name());
        assertThat(dashboard.root().path("title").asText()).startsWith("Seqwatch / ");
        assertThat(dashboard.root().path("description").asText()).isNotEmpty();
        assertThat(dashboard.root().path("editable").asBoolean(true)).isFalse();
        assertThat(dashboard.root().has("id")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void variables_choose_the_data_and_follow_the_time(Dashboard dashboard) {
        var variables = dashboard.variables().toList();
        assertThat(variables)
                .extracting(variable -> variable.path("name").asText())
                .startsWith("datasource", "namespace", "monitor", "database");
        var datasource = variables.getFirst();
        assertThat(datasource.path("type").asText()).isEqualTo("datasource");
        assertThat(datasource.path("query").asText()).isEqualTo("prometheus");
        assertThat(datasource.path("label").asText()).isEqualTo("Data source");
        assertThat(variables.subList(1, variables.size())).allSatisfy(variable -> {
            assertThat(variable.at("/datasource/uid").asText()).isEqualTo(DATASOURCE);
            assertThat(variable.path("refresh").asInt()).isEqualTo(2); // on change of the time range
            assertThat(variable.at("/query/query").asText()).matches("label_values\\(.+, [a-z]+\\)");
            assertThat(variable.path("label").asText()).isNotEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void promtool_understands_what_variables_ask_for(Dashboard dashboard) {
        assertThat(dashboard.queryVariables()).isNotEmpty().allSatisfy(variable -> {
            var selector = variable.query().replaceAll("label_values\\((.+), [a-z]+\\)", "$1");
            Program.PROMTOOL.expect("promql", "format", "--experimental", selector);
        });
    }

    @Test
    void the_linter_is_told_why_a_rule_is_not_for_these_dashboards() throws IOException {
        var exclusions =
                new YAMLMapper().readTree(Manifest.text("grafana/.lint")).path("exclusions");
        assertThat(exclusions.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "template-job-rule", "template-instance-rule", "target-job-rule", "target-instance-rule");
        assertThat(exclusions)
                .allSatisfy(rule -> assertThat(rule.path("reason").asText()).endsWith("."));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void every_panel_says_what_it_shows_and_in_which_unit(Dashboard dashboard) {
        assertThat(dashboard.panels()).isNotEmpty().allSatisfy(panel -> {
            assertThat(panel.path("type").asText()).isIn(TYPES);
            assertThat(panel.path("title").asText()).isNotEmpty();
            assertThat(panel.path("description").asText()).endsWith(".");
            assertThat(panel.at("/fieldConfig/defaults/unit").asText()).isIn(UNITS);
            assertThat(panel.at("/fieldConfig/defaults/thresholds/steps")).isNotEmpty();
            assertThat(panel.at("/datasource/uid").asText()).isEqualTo(DATASOURCE);
            assertThat(panel.path("targets")).isNotEmpty().allSatisfy(target -> {
                assertThat(target.at("/datasource/uid").asText()).isEqualTo(DATASOURCE);
                assertThat(target.path("expr").asText()).isNotEmpty();
            });
        });
    }

    /** Grafana colours a missing number as the lowest threshold, which is green, and vector(0) would be a green 0. */
    @ParameterizedTest
    @MethodSource("dashboards")
    void a_number_without_data_is_not_a_good_one(Dashboard dashboard) {
        assertThat(dashboard
                        .panels()
                        .filter(panel -> panel.path("type").asText().equals("stat")))
                .isNotEmpty()
                .allSatisfy(panel -> {
                    assertThat(Dashboard.stream(panel.at("/fieldConfig/defaults/mappings"))
                                    .filter(mapping -> mapping.at("/options/match")
                                            .asText()
                                            .equals("null+nan"))
                                    .map(mapping ->
                                            mapping.at("/options/result/color").asText()))
                            .as(panel.path("title").asText())
                            .hasSize(1)
                            .doesNotContain("green", "");
                    assertThat(panel.path("targets"))
                            .allSatisfy(target ->
                                    assertThat(target.path("expr").asText()).doesNotContain("or vector("));
                });
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void every_text_uses_the_variables_that_there_are(Dashboard dashboard) {
        assertThat(dashboard.texts()).allSatisfy(panel -> {
            assertThat(panel.path("title").asText()).isNotEmpty();
            assertThat(panel.path("description").asText()).endsWith(".");
            assertThat(known(dashboard))
                    .containsAll(used(panel.at("/options/content").asText()));
        });
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void panels_neither_overlap_nor_share_an_id(Dashboard dashboard) {
        var cells = new HashSet<List<Integer>>();
        var ids = new HashSet<Integer>();
        Dashboard.stream(dashboard.root().path("panels")).forEach(panel -> {
            assertThat(ids.add(panel.path("id").asInt()))
                    .as(panel.path("title").asText())
                    .isTrue();
            cells(panel)
                    .forEach(cell -> assertThat(cells.add(cell))
                            .as("%s at %s", panel.path("title").asText(), cell)
                            .isTrue());
        });
        assertThat(cells).allMatch(cell -> cell.getFirst() < 24);
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void every_query_uses_the_variables_that_there_are_and_aggregates_over_replicas(Dashboard dashboard) {
        assertThat(dashboard.queries()).allSatisfy(query -> {
            var used = used(query.expression());
            assertThat(known(dashboard)).containsAll(used);
            if (query.expression().contains("seqwatch_")) {
                assertThat(used).contains("namespace", "monitor");
                assertThat(query.expression()).containsPattern("\\b(max|min)\\b ?(by \\([a-z_, ]+\\) )?\\(");
            }
            if (!query.expression().contains("seqwatch_monitor_")) {
                assertThat(used.contains("database"))
                        .as(query.toString())
                        .isEqualTo(query.expression().contains("seqwatch_"));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void no_two_series_of_a_panel_have_the_same_name(Dashboard dashboard) {
        assertThat(dashboard.queries()).allSatisfy(query -> {
            var grouped = GROUPED.matcher(query.expression());
            if (grouped.find() && grouped.group(1) != null && !query.legend().equals("__auto")) {
                assertThat(query.legend())
                        .contains(Stream.of(grouped.group(1).split(", ", -1))
                                .map("{{%s}}"::formatted)
                                .toList());
            }
        });
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void windows_follow_the_resolution_and_counters_are_rated(Dashboard dashboard) {
        assertThat(dashboard.queries()).allSatisfy(query -> {
            WINDOW.matcher(query.expression())
                    .results()
                    .forEach(window -> assertThat(window.group(1)).isIn("$__rate_interval", "$__range"));
            COUNTER.matcher(query.expression())
                    .results()
                    .forEach(counter ->
                            assertThat(query.expression()).containsPattern("(rate|increase)\\(" + counter.group()));
        });
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void promtool_understands_every_query(Dashboard dashboard) {
        assertThat(dashboard.queries())
                .allSatisfy(query -> Program.PROMTOOL.expect(
                        "promql",
                        "format",
                        "--experimental",
                        query.with(Map.of("__rate_interval", "5m", "__range", "1h"))));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void links_lead_to_the_other_dashboard_and_to_runbooks_that_exist(Dashboard dashboard) {
        var uids = Dashboard.all().map(each -> each.root().path("uid").asText()).toList();
        var targets = new HashMap<String, JsonNode>();
        dashboard.root().findValues("url").forEach(url -> targets.put(url.asText(), url));
        assertThat(targets.keySet())
                .anyMatch(url -> url.endsWith("docs/runbooks"))
                .allSatisfy(url -> {
                    if (url.startsWith("/d/")) {
                        assertThat(url.substring(3).split("\\?", 2)[0]).isIn(uids);
                    }
                });
        assertThat(targets.keySet()).anyMatch(url -> url.startsWith("/d/"));
        dashboard
                .queries()
                .flatMap(query -> Pattern.compile("\"runbook\", \"(\\w+)\"")
                        .matcher(query.expression())
                        .results())
                .forEach(runbook -> assertThat(Tools.project().resolve("docs/runbooks/" + runbook.group(1) + ".md"))
                        .exists());
    }

    private static List<String> known(Dashboard dashboard) {
        return dashboard
                .variables()
                .map(variable -> variable.path("name").asText())
                .toList();
    }

    private static Set<String> used(String text) {
        return VARIABLE.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toSet());
    }

    private static Stream<List<Integer>> cells(JsonNode panel) {
        var at = panel.path("gridPos");
        return Stream.iterate(
                        at.path("x").asInt(),
                        x -> x < at.path("x").asInt() + at.path("w").asInt(),
                        x -> x + 1)
                .flatMap(x -> Stream.iterate(
                                at.path("y").asInt(),
                                y -> y < at.path("y").asInt() + at.path("h").asInt(),
                                y -> y + 1)
                        .map(y -> List.of(x, y)));
    }
}
