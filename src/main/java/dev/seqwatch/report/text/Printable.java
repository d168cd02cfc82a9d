package dev.seqwatch.report.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Text that is safe to print: a name in a database may hold line breaks and escape codes for the terminal. */
public final class Printable {
    private static final Pattern SPACES = Pattern.compile(" +");

    private Printable() {}

    /** On one line, control characters shown as escapes. */
    public static String line(String text) {
        var line = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR,
                        Character.SURROGATE ->
                    line.append(c == '\n' ? "\\n" : c == '\t' ? "\\t" : "\\u%04x".formatted(c));
                default -> line.appendCodePoint(c);
            }
        });
        return line.toString();
    }

    /** Lines of at most {@code width} characters, broken at spaces; a longer word keeps a line of its own. */
    static List<String> wrap(String text, int width) {
        var lines = new ArrayList<String>();
        for (var paragraph : text.strip().lines().toList()) {
            var line = new StringBuilder();
            for (var word : SPACES.splitAsStream(line(paragraph)).toList()) {
                if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                    lines.add(line.toString());
                    line.setLength(0);
                }
                line.append(line.isEmpty() ? "" : " ").append(word);
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
