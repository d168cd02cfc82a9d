package dev.seqwatch.picture;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.Comparator.nullsFirst;

import com.fasterxml.jackson.databind.JsonNode;
import dev.seqwatch.deploy.Dashboard;
import dev.seqwatch.picture.Svg.Anchor;
import dev.seqwatch.picture.Svg.Box;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A table: what its queries give, merged by the labels that they share, with columns named and ordered. */
final class Rows {
    private static final double LINE = 26;

    private Rows() {}

    /** A number or a text. */
    private record Cell(@Nullable Double number, String text) {}

    static void draw(Svg svg, Box box, JsonNode panel, Shown shown) {
        var rows = sorted(merged(shown.series(panel)), panel);
        if (rows.isEmpty()) {
            Numbers.nothing(svg, box, panel);
            return;
        }
        var columns = columns(panel);
        var fixed = columns.stream().mapToDouble(column -> width(panel, column)).sum();
        var free = columns.stream().filter(column -> width(panel, column) == 0).count();
        var x = box.x();
        for (var column : columns) {
            var own = width(panel, column);
            var width = own > 0 ? own : (box.width() - fixed) / free;
            column(svg, new Box(x, box.y(), width, box.height()), panel, column, rows);
            x += width;
        }
        for (var y = box.y() + LINE; y <= box.y() + LINE * (rows.size() + 1); y += LINE) {
            svg.line(box.x(), y, box.right(), y, Theme.GRID);
        }
    }

    private static void column(Svg svg, Box box, JsonNode panel, String column, List<Map<String, Cell>> rows) {
        var key = key(panel, column);
        var field = new Field(panel, column);
        var number = rows.stream()
                .anyMatch(row -> row.containsKey(key) && row.get(key).number() != null);
        var text = Svg.fitted(column, 12, box.width());
        var x = number ? box.right() - 10 : box.x() + 4;
        var anchor = number ? Anchor.End : Anchor.Start;
        svg.text(x, box.y() + 17, 12, Theme.LINK, anchor, "500", text);
        var y = box.y() + LINE;
        for (var row : rows) {
            if (y + LINE > box.bottom() + 2) {
                break; // Grafana scrolls
            }
            var cell = row.getOrDefault(key, new Cell(null, ""));
            svg.text(x, y + 17, 12, colour(field, cell), anchor, Svg.fitted(shown(field, cell), 12, box.width() - 16));
            y += LINE;
        }
    }

    private static String shown(Field field, Cell cell) {
        return cell.number() == null ? field.shown(cell.text()) : field.shown(cell.number());
    }

    private static String colour(Field field, Cell cell) {
        if (field.property("links").isArray()) {
            return Theme.LINK;
        }
        if (!field.property("custom.cellOptions").path("type").asText().equals("color-text")) {
            return Theme.TEXT;
        }
        return cell.number() == null ? field.colour(cell.text()) : field.colour(cell.number());
    }

    private static List<Map<String, Cell>> merged(List<Shown.Series> series) {
        var queries = series.stream().map(Shown.Series::query).distinct().toList();
        var shared = series.stream()
                .map(each -> each.labels().keySet())
                .reduce((some, others) -> some.stream().filter(others::contains).collect(Collectors.toSet()))
                .orElseGet(Set::of);
        var rows = new LinkedHashMap<Map<String, String>, Map<String, Cell>>();
        for (var each : series) {
            var key = new HashMap<>(each.labels());
            key.keySet().retainAll(shared);
            var row = rows.computeIfAbsent(key, _ -> new HashMap<>());
            each.labels().forEach((label, value) -> row.put(label, new Cell(null, value)));
            var name = queries.size() == 1 ? "Value" : "Value #" + each.query();
            row.put(name, new Cell(each.last(), ""));
        }
        return List.copyOf(rows.values());
    }

    private static List<Map<String, Cell>> sorted(List<Map<String, Cell>> rows, JsonNode panel) {
        var sorted = new ArrayList<>(rows);
        var order = Dashboard.stream(panel.at("/options/sortBy")).toList();
        for (var by : order.reversed()) {
            var key = key(panel, by.path("displayName").asText());
            Comparator<Map<String, Cell>> comparison = comparing(
                    row -> row.get(key),
                    nullsFirst(comparing(Cell::number, nullsFirst(Comparator.<Double>naturalOrder()))
                            .thenComparing(Cell::text)));
            sorted.sort(by.path("desc").asBoolean() ? comparison.reversed() : comparison);
        }
        return sorted;
    }

    /** Names of the columns that are shown, in their order. */
    private static List<String> columns(JsonNode panel) {
        var organized = organized(panel);
        var hidden = organized.path("excludeByName");
        return organized
                .path("indexByName")
                .propertyStream()
                .sorted(comparingInt(column -> column.getValue().asInt()))
                .map(Map.Entry::getKey)
                .filter(key -> !hidden.path(key).asBoolean())
                .map(key -> organized.path("renameByName").path(key).asText(key))
                .toList();
    }

    private static String key(JsonNode panel, String column) {
        return organized(panel)
                .path("renameByName")
                .propertyStream()
                .filter(renamed -> renamed.getValue().asText().equals(column))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(column);
    }

    private static JsonNode organized(JsonNode panel) {
        return Dashboard.stream(panel.path("transformations"))
                .filter(transformation -> transformation.path("id").asText().equals("organize"))
                .map(transformation -> transformation.path("options"))
                .findFirst()
                .orElseThrow();
    }

    private static double width(JsonNode panel, String column) {
        return new Field(panel, column).property("custom.width").asDouble();
    }
}
