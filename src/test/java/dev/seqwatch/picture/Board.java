package dev.seqwatch.picture;

import com.fasterxml.jackson.databind.JsonNode;
import dev.seqwatch.deploy.Dashboard;
import dev.seqwatch.picture.Svg.Anchor;
import dev.seqwatch.picture.Svg.Box;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** A dashboard as Grafana lays it out: 24 columns, its variables above. */
public final class Board {
    private static final double COLUMN = 50;
    private static final double ROW = 30;
    private static final double GAP = 8;
    private static final double WIDTH = 24 * COLUMN + GAP;
    private static final double TOP = 92;
    private static final double TITLE = 26;
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);

    private final Svg svg = new Svg();
    private final Shown shown;

    private Board(Shown shown) {
        this.shown = shown;
    }

    /** The whole dashboard as an SVG, for which each of its queries is asked. */
    public static String drawn(Dashboard dashboard, Shown shown) {
        var board = new Board(shown);
        var panels = dashboard.root().path("panels");
        var rows = Dashboard.stream(panels)
                .map(panel -> panel.path("gridPos"))
                .mapToInt(at -> at.path("y").asInt() + at.path("h").asInt())
                .max()
                .orElseThrow();
        var height = TOP + rows * ROW + GAP;
        board.svg.box(new Box(0, 0, WIDTH, height), Theme.CANVAS, "none", 6);
        board.header(dashboard);
        panels.forEach(board::panel);
        return board.svg.document(
                dashboard.root().path("title").asText() + ", drawn from its panels and queries", WIDTH, height);
    }

    private void header(Dashboard dashboard) {
        svg.text(
                GAP,
                26,
                15,
                Theme.TEXT,
                Anchor.Start,
                "500",
                "Dashboards  ›  " + dashboard.root().path("title").asText());
        var time = "%s to %s UTC"
                .formatted(
                        MINUTE.format(shown.from()), MINUTE.format(shown.to()).substring(11));
        svg.text(WIDTH - GAP, 26, 13, Theme.FAINT, Anchor.End, time);
        svg.line(0, 40, WIDTH, 40, Theme.BORDER);
        var x = GAP;
        for (var variable : dashboard.variables().toList()) {
            x = chip(x, variable.path("label").asText(), value(variable));
        }
        x = WIDTH - GAP;
        for (var link : dashboard.root().path("links")) {
            var title = link.path("title").asText();
            svg.text(x, 70, 13, Theme.LINK, Anchor.End, title);
            x -= Svg.widthOf(title, 13) + 20;
        }
    }

    private double chip(double x, String label, String value) {
        var split = Svg.widthOf(label, 12) + 16;
        var width = split + Svg.widthOf(value, 12) + 16;
        svg.box(new Box(x, 52, width, 28), Theme.CANVAS, Theme.BORDER, 2);
        svg.box(new Box(x, 52, split, 28), "#22252b", Theme.BORDER, 2);
        svg.text(x + 8, 70, 12, Theme.TEXT, Anchor.Start, "500", label);
        svg.text(x + split + 8, 70, 12, Theme.TEXT, Anchor.Start, value);
        return x + width + GAP;
    }

    private String value(JsonNode variable) {
        if (variable.path("type").asText().equals("datasource")) {
            return "Prometheus";
        }
        var value = shown.variables().getOrDefault(variable.path("name").asText(), "");
        return variable.path("includeAll").asBoolean() ? "All" : value;
    }

    private void panel(JsonNode panel) {
        var at = panel.path("gridPos");
        var box = new Box(
                at.path("x").asDouble() * COLUMN + GAP,
                at.path("y").asDouble() * ROW + TOP,
                at.path("w").asDouble() * COLUMN - GAP,
                at.path("h").asDouble() * ROW - GAP);
        var title = panel.path("title").asText();
        var type = panel.path("type").asText();
        if (type.equals("row")) {
            svg.text(box.x(), box.y() + 16, 14, Theme.TEXT, Anchor.Start, "500", "⌄  " + title);
            return;
        }
        svg.box(box, Theme.PANEL, Theme.BORDER, 2);
        svg.text(
                box.x() + 8,
                box.y() + 18,
                13,
                Theme.TEXT,
                Anchor.Start,
                "500",
                Svg.fitted(title, 13, box.width() - 10));
        var inner = box.inset(8, TITLE, 8, 8);
        switch (type) {
            case "stat" -> Numbers.stat(svg, inner, panel, shown);
            case "bargauge" -> Numbers.bars(svg, inner, panel, shown);
            case "table" -> Rows.draw(svg, inner, panel, shown);
            case "timeseries" -> new Chart(svg, inner, panel, shown).draw();
            case "text" -> text(inner, panel);
            default -> throw new IllegalStateException("how Grafana draws " + type + " is not known here");
        }
    }

    private void text(Box box, JsonNode panel) {
        var y = box.y() + 14;
        var lines = shown.text(panel.at("/options/content").asText()).lines();
        for (var line : lines.filter(each -> !each.isEmpty()).toList()) {
            svg.text(box.x(), y, 12, Theme.TEXT, Anchor.Start, Svg.fitted(line.replace("`", ""), 12, box.width()));
            y += 20;
        }
    }
}
