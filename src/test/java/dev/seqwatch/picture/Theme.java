package dev.seqwatch.picture;

import java.util.List;
import java.util.Map;

/** The colours of Grafana's dark theme. */
final class Theme {
    static final String CANVAS = "#111217";
    static final String PANEL = "#181b1f";
    static final String BORDER = "#2c2f36";
    static final String GRID = "#26292f";
    static final String TEXT = "#ccccdc";
    static final String FAINT = "#8e8e9c";
    static final String LINK = "#6e9fff";

    private static final Map<String, String> NAMED = Map.of(
            "green", "#73bf69",
            "orange", "#ff9830",
            "red", "#f2495c",
            "blue", "#5794f2",
            "yellow", "#fade2a",
            "text", TEXT);

    private static final List<String> PALETTE = List.of(
            "#73bf69", "#f2cc0c", "#8ab8ff", "#ff780a", "#f2495c", "#5794f2", "#b877d9", "#705da0", "#37872d",
            "#fade2a");

    private Theme() {}

    /** The colour that a dashboard names. */
    static String named(String name) {
        var colour = NAMED.get(name);
        if (colour == null) {
            throw new IllegalStateException("the theme lacks the colour " + name + ", which a dashboard names");
        }
        return colour;
    }

    /** Of the line with that number, where a panel lets the palette choose. */
    static String ofLine(int number) {
        return PALETTE.get(number % PALETTE.size());
    }
}
