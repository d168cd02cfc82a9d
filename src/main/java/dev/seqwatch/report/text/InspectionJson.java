package dev.seqwatch.report.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.seqwatch.check.Finding;
import dev.seqwatch.check.UnjudgedCheck;
import dev.seqwatch.inspection.Ignored;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.inspection.ServerInspection;
import dev.seqwatch.inspection.SetAside;
import dev.seqwatch.model.Headroom;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.model.WatchedSequence;
import dev.seqwatch.report.UncheckedColumn;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Inspections as JSON for programs. Names stand as the catalog holds them, unquoted; whole numbers of a sequence are
 * strings, because JSON numbers end at 2^53; what is not known is null.
 */
public final class InspectionJson {
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(com.fasterxml.jackson.core.JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);

    private InspectionJson() {}

    /** Where no database is set aside. */
    public static String render(List<Inspection> inspections, List<String> warnings) {
        return render(ServerInspection.of(inspections), warnings);
    }

    public static String render(ServerInspection server, List<String> warnings) {
        var text = new StringBuilder();
        print(server, warnings, text::append);
        return text.toString();
    }

    /** In pieces of one sequence or finding each: the whole text may be larger than the heap. */
    public static void print(ServerInspection server, List<String> warnings, Consumer<String> out) {
        out.accept("{\n  \"inspections\" : ");
        array(server.inspections(), inspection -> print(inspection, out), out);
        out.accept(",\n  \"databasesSetAside\" : ");
        array(server.setAside(), each -> out.accept(text(setAside(each)).replace("\n", "\n  ")), out);
        out.accept(",\n  \"warnings\" : ");
        array(warnings, warning -> out.accept(text(warning)), out);
        out.accept("\n}");
    }

    private static void print(Inspection inspection, Consumer<String> out) {
        var server = MAPPER.createObjectNode();
        server.put("database", inspection.database());
        switch (inspection.reading()) {
            case ReadResult.Success(var state) -> {
                server.put("serverVersion", state.server().version());
                server.put("role", state.server().role().name());
                server.put("durationMillis", state.took().toMillis());
                print(server, out);
                list("sequences", state.sequences(), InspectionJson::sequence, out);
                list("findings", inspection.findings(), InspectionJson::finding, out);
                list("ignored", inspection.ignored(), InspectionJson::ignored, out);
                list("notChecked", UncheckedColumn.of(state), InspectionJson::notChecked, out);
                list("notJudged", inspection.unjudged(), InspectionJson::unjudged, out);
                out.accept(",\n    \"integerColumnsNotRead\" : "
                        + state.integerColumns().unread().count());
                out.accept(",\n    \"error\" : null\n  }");
            }
            case ReadResult.Unreachable unreachable -> {
                server.putNull("serverVersion");
                server.putNull("role");
                server.put("durationMillis", unreachable.took().toMillis());
                print(server, out);
                List.of("sequences", "findings", "ignored", "notChecked", "notJudged")
                        .forEach(name -> list(name, List.<Finding>of(), InspectionJson::finding, out));
                out.accept(",\n    \"integerColumnsNotRead\" : null");
                out.accept(",\n    \"error\" : " + text(unreachable.message()) + "\n  }");
            }
        }
    }

    /** Without its end, so that lists can follow. */
    private static void print(ObjectNode fields, Consumer<String> out) {
        var text = text(fields);
        out.accept(text.substring(0, text.length() - "\n}".length()).replace("\n", "\n  "));
    }

    private static <T> void list(String name, List<T> all, Function<T, ObjectNode> node, Consumer<String> out) {
        out.accept(",\n    \"" + name + "\" : ");
        array(all, each -> out.accept(text(node.apply(each)).replace("\n", "\n    ")), out);
    }

    private static <T> void array(List<T> all, Consumer<T> element, Consumer<String> out) {
        out.accept("[ ");
        for (var i = 0; i < all.size(); i++) {
            if (i > 0) {
                out.accept(", ");
            }
            element.accept(all.get(i));
        }
        out.accept(all.isEmpty() ? "]" : " ]");
    }

    private static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values always prints", e);
        }
    }

    private static ObjectNode sequence(WatchedSequence sequence) {
        var node = MAPPER.createObjectNode();
        node.put("schema", sequence.name().schema());
        node.put("sequence", sequence.name().name());
        node.put("position", sequence.position().getClass().getSimpleName());
        node.put("lastValue", lastValue(sequence.position()));
        node.put("limit", sequence.limit().value().toString());
        node.put("limitKind", sequence.limit().kind().name());
        node.put("limitedBy", sequence.limit().setBy());
        addHeadroom(node, sequence);
        return node;
    }

    private static @Nullable String lastValue(Position position) {
        return switch (position) {
            case Position.At(BigInteger lastValue) -> lastValue.toString();
            case Position.NeverCalled _, Position.Unreadable _ -> null;
        };
    }

    private static void addHeadroom(ObjectNode node, WatchedSequence sequence) {
        switch (sequence.headroom()) {
            case Headroom.Finite finite -> {
                node.put("usedRatio", shortRatio(finite));
                node.put("remaining", finite.remaining().toString());
            }
            case Headroom.Endless _, Headroom.Unknown _ -> {
                node.putNull("usedRatio");
                node.putNull("remaining");
            }
        }
    }

    /** Four places, and 1 only where nothing remains. */
    private static BigDecimal shortRatio(Headroom.Finite headroom) {
        var rounded = BigDecimal.valueOf(headroom.usedRatio()).setScale(4, RoundingMode.HALF_UP);
        var full =
                rounded.compareTo(BigDecimal.ONE) >= 0 && headroom.remaining().signum() > 0;
        return (full ? new BigDecimal("0.9999") : rounded).stripTrailingZeros();
    }

    private static ObjectNode ignored(Ignored ignored) {
        var node = finding(ignored.finding());
        node.put("reason", ignored.reason());
        node.put("until", ignored.until() == null ? null : ignored.until().toString());
        return node;
    }

    private static ObjectNode finding(Finding finding) {
        var node = MAPPER.createObjectNode();
        var subject = finding.subject();
        node.put("check", finding.check());
        node.put("severity", finding.severity().name());
        node.put("schema", subject.schema());
        node.put("sequence", subject.sequence());
        node.put("table", subject.table() == null ? null : Objects.toString(subject.table()));
        node.put("column", subject.column());
        node.put("role", subject.role());
        node.put("message", finding.message());
        node.put("remedy", finding.remedy());
        return node;
    }

    private static ObjectNode unjudged(UnjudgedCheck unjudged) {
        var node = MAPPER.createObjectNode();
        var cause = unjudged.cause();
        node.put("check", unjudged.check());
        node.put("fact", cause.fact().name());
        node.put("reason", cause.reason().name());
        node.put("detail", cause.detail().isEmpty() ? null : cause.detail());
        return node;
    }

    private static ObjectNode setAside(SetAside database) {
        return MAPPER.createObjectNode().put("database", database.database()).put("reason", database.reason());
    }

    private static ObjectNode notChecked(UncheckedColumn column) {
        var node = MAPPER.createObjectNode();
        var table = column.table();
        node.put("schema", table == null ? null : table.schema());
        node.put("table", table == null ? null : table.name());
        node.put("column", column.column());
        node.put("reason", column.reason().name());
        if (column.caller() != null) {
            node.put("caller", column.caller());
        }
        return node;
    }
}
