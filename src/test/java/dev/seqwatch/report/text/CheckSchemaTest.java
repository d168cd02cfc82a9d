package dev.seqwatch.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.seqwatch.api.v1alpha1.CheckSetting.CheckName;
import dev.seqwatch.check.Severity;
import dev.seqwatch.cluster.Tools;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.inspection.ServerInspection;
import dev.seqwatch.inspection.SetAside;
import dev.seqwatch.model.Fact;
import dev.seqwatch.model.Limit;
import dev.seqwatch.model.NotCheckedReason;
import dev.seqwatch.model.UnknownFact;
import dev.seqwatch.model.UnreadableReason;
import dev.seqwatch.report.Given;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/reference/check.schema.json} describes what {@code check --output json} prints, no less and no more. */
class CheckSchemaTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Path FILE = Tools.project().resolve("docs/reference/check.schema.json");

    static Stream<Path> goldenOutputs() throws IOException {
        try (var files = Files.walk(Tools.project().resolve("src/test/resources/golden"))) {
            return files.filter(file -> file.endsWith("check.json")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("goldenOutputs")
    void the_outputs_of_all_failures_are_valid(Path file) throws IOException {
        assertThat(problems(Files.readString(file))).isEmpty();
    }

    static Stream<Arguments> results() {
        var read = Given.read(
                "shop",
                List.of(
                        Given.sequence("a_id_seq", 978),
                        Given.neverCalled("b_id_seq", 1000),
                        Given.unreadable("c_id_seq", UnreadableReason.NoPrivilege),
                        Given.notChecked("d_id_seq", 5, NotCheckedReason.NoUsableIndex)),
                Given.finding(Severity.Critical, "SequenceExhaustion", "a_id_seq"));
        return Stream.of(
                Arguments.of("read", List.of(read)),
                Arguments.of("empty", List.of(Given.read("shop", List.of()))),
                Arguments.of("unreachable", List.of(Given.unreachable("shop"))),
                Arguments.of("both", List.of(read, Given.unreachable("crm"))),
                Arguments.of("not judged", List.of(Given.unjudged(read))),
                Arguments.of(
                        "ignored",
                        List.of(Given.ignoring(
                                read,
                                "frozen",
                                LocalDate.of(2027, 3, 31),
                                Given.finding(Severity.Info, "OrphanSequence", "a_id_seq", null)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("results")
    void other_results_are_valid(String name, List<Inspection> inspections) {
        assertThat(problems(InspectionJson.render(inspections, List.of("spec.links[0]: a slip."))))
                .as(name)
                .isEmpty();
    }

    @Test
    void no_database_at_all_is_valid() {
        var setAside = new ServerInspection(
                List.of(), List.of(new SetAside("rdsadmin", "The server never lets the role in.")), Set.of());

        assertThat(problems(InspectionJson.render(setAside, List.of()))).isEmpty();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("a field that is not described", root -> first(root).put("more", 1)),
                fault("a missing field", root -> first(root).remove("error")),
                fault("a list beside an error", root -> first(root).put("error", "down")),
                fault("a number that loses digits", root -> sequence(root).put("limit", 9007199254740993L)),
                fault("a ratio of percent", root -> sequence(root).put("usedRatio", 97.8)),
                fault("a position that is none", root -> sequence(root).put("position", "Full")),
                fault("a position without its value", root -> sequence(root).putNull("lastValue")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void what_no_version_prints_is_invalid(String name, Consumer<JsonNode> fault) throws IOException {
        var output = MAPPER.readTree(InspectionJson.render(
                List.of(Given.read("shop", List.of(Given.sequence("s", 978)))), List.of()));
        fault.accept(output);

        assertThat(problems(output.toString())).as(name).isNotEmpty();
    }

    @Test
    void every_name_of_the_code_is_listed() throws IOException {
        var definitions = MAPPER.readTree(FILE.toFile()).at("/$defs");

        assertListed(definitions.at("/check/enum"), CheckName.values());
        assertListed(definitions.at("/finding/properties/severity/enum"), Severity.values());
        assertListed(definitions.at("/sequence/properties/limitKind/enum"), Limit.Kind.values());
        assertListed(definitions.at("/notChecked/properties/reason/enum"), NotCheckedReason.values());
        assertListed(definitions.at("/notJudged/properties/fact/enum"), Fact.values());
        assertListed(definitions.at("/notJudged/properties/reason/enum"), UnknownFact.Reason.values());
    }

    private static void assertListed(JsonNode names, Enum<?>[] values) {
        assertThat(names)
                .extracting(JsonNode::asText)
                .containsExactlyElementsOf(Stream.of(values).map(Enum::name).toList());
    }

    private static Arguments fault(String name, Consumer<JsonNode> fault) {
        return Arguments.of(name, fault);
    }

    private static ObjectNode first(JsonNode root) {
        return (ObjectNode) root.at("/inspections/0");
    }

    private static ObjectNode sequence(JsonNode root) {
        return (ObjectNode) root.at("/inspections/0/sequences/0");
    }

    private static Set<ValidationMessage> problems(String output) {
        return schema().validate(
                        output,
                        InputFormat.JSON,
                        run -> run.getExecutionConfig().setFormatAssertionsEnabled(true));
    }

    private static JsonSchema schema() {
        try {
            return JsonSchemaFactory.getInstance(VersionFlag.V202012)
                    .getSchema(Files.readString(FILE), InputFormat.JSON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
