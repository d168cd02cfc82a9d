package dev.seqwatch.picture;

import com.fasterxml.jackson.databind.JsonNode;
import dev.seqwatch.picture.Svg.Anchor;
import dev.seqwatch.picture.Svg.Box;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Lines over time, with axes and a legend. */
final class Chart {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final List<Long> TIME_STEPS = List.of(30L, 60L, 120L, 300L, 600L, 900L, 1800L, 3600L);
    private static final double LINE_OF_LEGEND = 17;

    private final Svg svg;
    private final Box box;
    private final JsonNode panel;
    private final Shown shown;
    private final Field field;

    Chart(Svg svg, Box box, JsonNode panel, Shown shown) {
        this.svg = svg;
        this.box = box;
        this.panel = panel;
        this.shown = shown;
        this.field = new Field(panel, "");
    }

    void draw() {
        var series = shown.series(panel);
        if (series.isEmpty()) {
            Numbers.nothing(svg, box, panel);
            return;
        }
        var scale = scale(series);
        var labels = scale.ticks().stream().map(tick -> label(tick, scale)).toList();
        var left =
                labels.stream().mapToDouble(each -> Svg.widthOf(each, 11)).max().orElseThrow() + 8;
        var plot = box.inset(left, 6, 6, 20 + legend(series));
        for (var i = 0; i < labels.size(); i++) {
            var y = y(plot, scale, scale.ticks().get(i));
            svg.line(plot.x(), y, plot.right(), y, Theme.GRID);
            svg.text(plot.x() - 6, y + 4, 11, Theme.FAINT, Anchor.End, labels.get(i));
        }
        times(plot);
        thresholds(plot, scale);
        for (var i = 0; i < series.size(); i++) {
            line(plot, scale, series.get(i), i);
        }
    }

    private Scale scale(List<Shown.Series> series) {
        var values = series.stream()
                .flatMap(each -> each.points().stream())
                .mapToDouble(Shown.Point::value)
                .summaryStatistics();
        return Scale.of(
                field.property("min").asDouble(values.getMin()),
                Math.max(values.getMax(), field.property("max").asDouble(values.getMax())),
                (int) (box.height() / 45));
    }

    private String label(double tick, Scale scale) {
        var unit = field.property("unit").asText();
        return Unit.shown(unit, tick, Unit.decimals(unit, scale.step()));
    }

    private void times(Box plot) {
        var seconds = Duration.between(shown.from(), shown.to()).toSeconds();
        var most = (long) (plot.width() / 60);
        var step = TIME_STEPS.stream()
                .filter(each -> seconds / each <= most)
                .findFirst()
                .orElse(seconds);
        var first = (shown.from().getEpochSecond() / step + 1) * step;
        for (var at = first; at < shown.to().getEpochSecond(); at += step) {
            var x = x(plot, (double) at);
            svg.line(x, plot.y(), x, plot.bottom(), Theme.GRID);
            if (x > plot.x() + 14 && x < plot.right() - 10) {
                svg.text(
                        x,
                        plot.bottom() + 14,
                        11,
                        Theme.FAINT,
                        Anchor.Middle,
                        (step < 60 ? SECONDS : CLOCK).format(Instant.ofEpochSecond(at)));
            }
        }
    }

    private void thresholds(Box plot, Scale scale) {
        if (!field.property("custom.thresholdsStyle").path("mode").asText().equals("line")) {
            return;
        }
        for (var step : field.property("thresholds").path("steps")) {
            var value = step.path("value").asDouble();
            if (!step.path("value").isNull() && value >= scale.from() && value <= scale.to()) {
                var y = y(plot, scale, value);
                svg.line(
                        plot.x(),
                        y,
                        plot.right(),
                        y,
                        Theme.named(step.path("color").asText()));
            }
        }
    }

    private void line(Box plot, Scale scale, Shown.Series series, int number) {
        var own = new Field(panel, series.name());
        var dash = own.property("custom.lineStyle").path("dash");
        var points = corners(series.points()).stream()
                .map(point -> Svg.number(x(plot, point.at())) + " " + Svg.number(y(plot, scale, point.value())))
                .collect(Collectors.joining(" L"));
        svg.path(
                "M" + points,
                own.colourOfLine(number),
                own.property("custom.lineWidth").asDouble(1) * 1.4,
                dash.isArray() ? dash.path(0).asText() + " " + dash.path(1).asText() : "none");
    }

    /** All but those inside a level stretch. */
    private static List<Shown.Point> corners(List<Shown.Point> points) {
        return IntStream.range(0, points.size())
                .filter(i -> i == 0
                        || i == points.size() - 1
                        || points.get(i).value() != points.get(i - 1).value()
                        || points.get(i).value() != points.get(i + 1).value())
                .mapToObj(points::get)
                .toList();
    }

    /** Draws it and returns its height. */
    private double legend(List<Shown.Series> series) {
        var table = panel.at("/options/legend/displayMode").asText().equals("table");
        var lines = table ? series.size() + 1 : lines(series);
        var height = lines * LINE_OF_LEGEND;
        var x = box.x();
        var y = box.bottom() - height + 13;
        if (table) {
            svg.text(x, y, 11, Theme.LINK, Anchor.Start, "Name");
            svg.text(box.right(), y, 11, Theme.LINK, Anchor.End, "Last *");
            y += LINE_OF_LEGEND;
        }
        for (var i = 0; i < series.size(); i++) {
            var name = series.get(i).name();
            if (!table && x > box.x() && x + width(name) > box.right()) {
                x = box.x();
                y += LINE_OF_LEGEND;
            }
            var own = new Field(panel, name);
            svg.bar(new Box(x, y - 5, 14, 3), own.colourOfLine(i));
            svg.text(x + 20, y, 11, Theme.TEXT, Anchor.Start, Svg.fitted(name, 11, box.width() - 90));
            if (table) {
                svg.text(
                        box.right(),
                        y,
                        11,
                        Theme.TEXT,
                        Anchor.End,
                        own.shown(series.get(i).last()));
                y += LINE_OF_LEGEND;
            } else {
                x += width(name);
            }
        }
        return height;
    }

    private int lines(List<Shown.Series> series) {
        var lines = 1;
        var x = 0.0;
        for (var each : series) {
            if (x > 0 && x + width(each.name()) > box.width()) {
                lines++;
                x = 0;
            }
            x += width(each.name());
        }
        return lines;
    }

    private static double width(String name) {
        return Svg.widthOf(name, 11) + 36;
    }

    private double x(Box plot, double at) {
        var from = shown.from().getEpochSecond();
        return plot.x() + plot.width() * (at - from) / (shown.to().getEpochSecond() - from);
    }

    private static double y(Box plot, Scale scale, double value) {
        return plot.bottom() - plot.height() * (value - scale.from()) / (scale.to() - scale.from());
    }

    /** Of the vertical axis. */
    record Scale(double from, double to, double step, List<Double> ticks) {
        static Scale of(double least, double most, int lines) {
            var range = most > least ? most - least : Math.max(1, Math.abs(most));
            var step = nice(range / Math.max(2, lines));
            var from = Math.floor(least / step) * step;
            var to = Math.ceil((most > least ? most : least + range) / step) * step;
            return new Scale(
                    from,
                    to,
                    step,
                    Stream.iterate(from, tick -> tick <= to + step / 2, tick -> tick + step)
                            .toList());
        }

        private static double nice(double rough) {
            var power = Math.pow(10, Math.floor(Math.log10(rough)));
            return Stream.of(1.0, 2.0, 2.5, 5.0, 10.0)
                    .map(each -> each * power)
                    .filter(each -> each >= rough)
                    .findFirst()
                    .orElse(10 * power);
        }
    }
}
