package dev.seqwatch.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.seqwatch.catalog.ReadResult;
import dev.seqwatch.check.Finding;
import dev.seqwatch.check.UnjudgedCheck;
import dev.seqwatch.inspection.Ignored;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.inspection.ServerInspection;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Headroom;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.WatchedSequence;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
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
        var root = MAPPER.createObjectNode();
        var list = root.putArray("inspections");
        server.inspections().forEach(inspection -> add(list.addObject(), inspection));
        var setAside = root.putArray("databasesSetAside");
        server.setAside()
                .forEach(each ->
                        setAside.addObject().put("database", each.database()).put("reason", each.reason()));
        var said = root.putArray("warnings");
        warnings.forEach(said::add);
        try {
            return MAPPER.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values always prints", e);
        }
    }

    private static void add(ObjectNode node, Inspection inspection) {
        node.put("database", inspection.database());
        switch (inspection.reading()) {
            case ReadResult.Success(var state) -> {
                node.put("serverVersion", state.server().version());
                node.put("role", state.server().role().name());
                node.put("durationMillis", state.took().toMillis());
                addSequences(node.putArray("sequences"), state);
                addFindings(node.putArray("findings"), inspection.findings());
                addIgnored(node.putArray("ignored"), inspection.ignored());
                addNotChecked(node.putArray("notChecked"), state);
                addUnjudged(node.putArray("notJudged"), inspection.unjudged());
                node.putNull("error");
            }
            case ReadResult.Unreachable unreachable -> {
                node.putNull("serverVersion");
                node.putNull("role");
                node.put("durationMillis", unreachable.took().toMillis());
                node.putArray("sequences");
                node.putArray("findings");
                node.putArray("ignored");
                node.putArray("notChecked");
                node.putArray("notJudged");
                node.put("error", unreachable.message());
            }
        }
    }

    private static void addSequences(ArrayNode nodes, DatabaseState state) {
        for (var sequence : state.sequences()) {
            var node = nodes.addObject();
            node.put("schema", sequence.name().schema());
            node.put("sequence", sequence.name().name());
            node.put("position", sequence.position().getClass().getSimpleName());
            node.put("lastValue", lastValue(sequence.position()));
            node.put("limit", sequence.limit().value().toString());
            node.put("limitKind", sequence.limit().kind().name());
            node.put("limitedBy", sequence.limit().setBy());
            addHeadroom(node, sequence);
        }
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

    private static void addFindings(ArrayNode nodes, List<Finding> findings) {
        findings.forEach(finding -> addFinding(nodes.addObject(), finding));
    }

    private static void addIgnored(ArrayNode nodes, List<Ignored> ignored) {
        for (var each : ignored) {
            var node = nodes.addObject();
            addFinding(node, each.finding());
            node.put("reason", each.reason());
            node.put("until", each.until() == null ? null : each.until().toString());
        }
    }

    private static void addFinding(ObjectNode node, Finding finding) {
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
    }

    private static void addUnjudged(ArrayNode nodes, List<UnjudgedCheck> unjudged) {
        for (var each : unjudged) {
            var node = nodes.addObject();
            node.put("check", each.check());
            node.put("fact", each.cause().fact().name());
            node.put("reason", each.cause().reason().name());
            node.put(
                    "detail",
                    each.cause().detail().isEmpty() ? null : each.cause().detail());
        }
    }

    private static void addNotChecked(ArrayNode nodes, DatabaseState state) {
        for (var column : UncheckedColumn.of(state)) {
            var node = nodes.addObject();
            var table = column.table();
            node.put("schema", table == null ? null : table.schema());
            node.put("table", table == null ? null : table.name());
            node.put("column", column.column());
            node.put("reason", column.reason().name());
            if (column.caller() != null) {
                node.put("caller", column.caller());
            }
        }
    }
}
