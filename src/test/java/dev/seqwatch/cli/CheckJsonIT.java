package dev.seqwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.seqwatch.testing.PostgresServer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON of {@code bin/seqwatch check}: a contract with programs. */
final class CheckJsonIT {
    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void jsonHasTheFieldsThatProgramsRelyOn(int major) throws Exception {
        try (var database = PostgresServer.of(major).database()) {
            database.execute("""
                    CREATE TABLE w (id serial PRIMARY KEY);
                    SELECT setval('w_id_seq', 1700000000);
                    CREATE SEQUENCE lonely;
                    CREATE TABLE loaded (id serial, note text);
                    INSERT INTO loaded SELECT n FROM generate_series(1, 100000) AS n;
                    ANALYZE loaded;
                    """);

            var answer = Launcher.plain().run("check", "--output", "json", CheckIT.uri(database));

            assertThat(answer.stderr()).isEmpty();
            var root = new ObjectMapper().readTree(answer.stdout());
            assertThat(fields(root)).containsExactly("inspections", "databasesSetAside", "warnings");
            var inspection = root.path("inspections").path(0);
            assertThat(fields(inspection))
                    .containsExactly(
                            "database",
                            "serverVersion",
                            "role",
                            "durationMillis",
                            "sequences",
                            "findings",
                            "ignored",
                            "notChecked",
                            "notJudged",
                            "integerColumnsNotRead",
                            "error");
            assertThat(inspection.path("database").textValue()).isEqualTo(database.name());
            assertThat(inspection.path("serverVersion").textValue()).startsWith(major + ".");
            assertThat(inspection.path("role").textValue()).isEqualTo("Primary");
            assertThat(inspection.path("durationMillis").isIntegralNumber()).isTrue();
            assertThat(inspection.path("error").isNull()).isTrue();
            assertThat(of(inspection.path("sequences"), "sequence", "w_id_seq")).hasToString(one("""
                    {"schema":"public","sequence":"w_id_seq","position":"At","lastValue":"1700000000","limit":"2147483647",
                    "limitKind":"Sequence","limitedBy":"MAXVALUE 2147483647 of public.w_id_seq","usedRatio":0.7916,
                    "remaining":"447483647"}"""));
            assertThat(of(inspection.path("sequences"), "sequence", "lonely")
                            .path("position")
                            .textValue())
                    .isEqualTo("NeverCalled");
            var finding = of(inspection.path("findings"), "sequence", "w_id_seq");
            assertThat(fields(finding))
                    .containsExactly(
                            "check", "severity", "schema", "sequence", "table", "column", "role", "message", "remedy");
            assertThat(finding.path("severity").textValue()).isEqualTo("Warning");
            assertThat(finding.path("table").textValue()).isEqualTo("public.w");
            assertThat(finding.path("role").isNull()).isTrue();
            assertThat(inspection.path("notChecked")).hasToString(one("""
                    [{"schema":"public","table":"loaded","column":"id","reason":"NoUsableIndex"}]"""));
        }
    }

    private static List<String> fields(JsonNode node) {
        return node.propertyStream().map(property -> property.getKey()).toList();
    }

    private static JsonNode of(JsonNode list, String field, String value) {
        return list.valueStream()
                .filter(node -> value.equals(node.path(field).textValue()))
                .findFirst()
                .orElseThrow();
    }

    private static String one(String lines) {
        return lines.replace("\n", "");
    }
}
