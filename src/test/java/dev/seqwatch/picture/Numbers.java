package dev.seqwatch.picture;

import com.fasterxml.jackson.databind.JsonNode;
import dev.seqwatch.picture.Svg.Anchor;
import dev.seqwatch.picture.Svg.Box;

/** Panels that show last values: one big number, or bars. */
public final class Numbers {
    private static final double THICKEST = 26;
    private static final double SPACE = 6;

    private Numbers() {}

    static void stat(Svg svg, Box box, JsonNode panel, Shown shown) {
        var field = new Field(panel, panel.path("title").asText());
        var series = shown.series(panel);
        var text = series.isEmpty()
                ? noValue(panel)
                : field.shown(series.getFirst().last());
        var colour = series.isEmpty()
                ? field.colour(0)
                : field.colour(series.getFirst().last());
        var size = Math.min(34, box.width() / (text.length() * 0.58));
        svg.text(
                box.x() + box.width() / 2,
                box.y() + box.height() / 2 + size * 0.3,
                size,
                series.isEmpty() ? Theme.TEXT : colour,
                Anchor.Middle,
                "500",
                text);
    }

    static void bars(Svg svg, Box box, JsonNode panel, Shown shown) {
        var series = shown.series(panel);
        if (series.isEmpty()) {
            nothing(svg, box, panel);
            return;
        }
        var names = series.stream()
                .mapToDouble(each -> Svg.widthOf(each.name(), 12))
                .max()
                .orElseThrow();
        var left = Math.min(names, box.width() / 2) + 10;
        var most = series.stream().mapToDouble(Shown.Series::last).max().orElseThrow();
        var thickness = Math.min(THICKEST, box.height() / series.size() - SPACE);
        var y = box.y() + 4;
        for (var each : series) {
            var field = new Field(panel, each.name());
            var value = each.last();
            var full = box.width() - left - 66;
            var part = Math.clamp(value / field.property("max").asDouble(most), 0, 1);
            var middle = y + thickness / 2 + 4;
            svg.text(box.x() + left - 10, middle, 12, Theme.TEXT, Anchor.End, Svg.fitted(each.name(), 12, left - 10));
            svg.bar(new Box(box.x() + left, y, full, thickness), "#22252b");
            svg.bar(new Box(box.x() + left, y, Math.max(2, full * part), thickness), field.colour(value));
            svg.text(box.right(), middle, 14, field.colour(value), Anchor.End, "500", field.shown(value));
            y += thickness + SPACE;
        }
    }

    static void nothing(Svg svg, Box box, JsonNode panel) {
        svg.text(box.x() + box.width() / 2, box.y() + box.height() / 2, 13, Theme.FAINT, Anchor.Middle, noValue(panel));
    }

    private static String noValue(JsonNode panel) {
        return panel.at("/fieldConfig/defaults/noValue").asText("No data");
    }
}
