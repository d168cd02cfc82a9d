package dev.seqwatch.picture;

import java.util.Locale;

/** The text of an SVG as it grows. Lengths are pixels. */
final class Svg {
    private static final double WIDTH_OF_LETTER = 0.56;

    private final StringBuilder out = new StringBuilder();

    /** Where a text stands relative to its position. */
    enum Anchor {
        Start,
        Middle,
        End
    }

    /** A rectangle. */
    record Box(double x, double y, double width, double height) {
        double right() {
            return x + width;
        }

        double bottom() {
            return y + height;
        }

        Box inset(double left, double top, double right, double bottom) {
            return new Box(x + left, y + top, Math.max(0, width - left - right), Math.max(0, height - top - bottom));
        }
    }

    void box(Box box, String fill, String stroke, double radius) {
        add(
                "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"%s\" fill=\"%s\" stroke=\"%s\"/>",
                box.x(), box.y(), box.width(), box.height(), radius, fill, stroke);
    }

    void bar(Box box, String fill) {
        box(box, fill, "none", 2);
    }

    void line(double x1, double y1, double x2, double y2, String colour) {
        add("<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\"/>", x1, y1, x2, y2, colour);
    }

    /** @param dash as SVG writes it, or {@code none} */
    void path(String points, String colour, double width, String dash) {
        add(
                "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\" stroke-dasharray=\"%s\"/>",
                points, colour, width, dash);
    }

    void text(double x, double y, double size, String colour, Anchor anchor, String text) {
        text(x, y, size, colour, anchor, "400", text);
    }

    void text(double x, double y, double size, String colour, Anchor anchor, String weight, String text) {
        add(
                "<text x=\"%s\" y=\"%s\" font-size=\"%s\" font-weight=\"%s\" fill=\"%s\" text-anchor=\"%s\">%s</text>",
                x, y, size, weight, colour, anchor.name().toLowerCase(Locale.ROOT), escaped(text));
    }

    /** The text as it is, or its beginning and an ellipsis where it is wider. */
    static String fitted(String text, double size, double width) {
        var letters = (int) (width / (size * WIDTH_OF_LETTER));
        return text.length() <= letters ? text : text.substring(0, Math.max(0, letters - 1)) + "…";
    }

    static double widthOf(String text, double size) {
        return text.length() * size * WIDTH_OF_LETTER;
    }

    String document(String title, double width, double height) {
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$s" height="%2$s" viewBox="0 0 %1$s %2$s" role="img" \
                font-family="Inter, system-ui, 'Helvetica Neue', Arial, sans-serif">
                <title>%3$s</title>
                %4$s</svg>
                """.formatted(number(width), number(height), escaped(title), out);
    }

    static String number(double value) {
        var text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    private void add(String format, Object... values) {
        var shown = new Object[values.length];
        for (var i = 0; i < values.length; i++) {
            shown[i] = values[i] instanceof Double value ? number(value) : values[i];
        }
        out.append(format.formatted(shown)).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
