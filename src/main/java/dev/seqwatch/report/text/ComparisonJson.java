package dev.seqwatch.report.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.seqwatch.compare.Comparison;
import dev.seqwatch.inspection.CutoverResult;
import dev.seqwatch.model.DatabaseState;

/** A comparison as JSON for programs; what is not known is null. */
public final class ComparisonJson {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ComparisonJson() {}

    public static String render(CutoverResult result) {
        var json = MAPPER.createObjectNode();
        json.put("verdict", result.verdict().name());
        switch (result) {
            case CutoverResult.Compared(var comparison) -> {
                database(json.putObject("source"), comparison.state().source());
                database(json.putObject("target"), comparison.state().target());
                compared(json, comparison);
                json.putNull("error");
            }
            case CutoverResult.NotRead notRead -> {
                json.putNull("source");
                json.putNull("target");
                json.putNull("sourceTakesWrites");
                json.putArray("differences");
                json.put("error", notRead.sentence());
            }
        }
        try {
            return MAPPER.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values always prints", e);
        }
    }

    private static void database(ObjectNode json, DatabaseState state) {
        json.put("database", state.database());
        json.put("serverVersion", state.server().version());
        json.put("role", state.server().role().name());
        json.put("sequences", state.sequences().size());
    }

    private static void compared(ObjectNode json, Comparison comparison) {
        json.put("sourceTakesWrites", !comparison.writes().stopped());
        var differences = json.putArray("differences");
        comparison
                .differences()
                .forEach(difference -> differences
                        .addObject()
                        .put("kind", difference.kind().name())
                        .put("effect", difference.effect().name())
                        .put("subject", difference.subject())
                        .put("message", difference.message())
                        .put("remedy", difference.remedy()));
    }
}
