package dev.seqwatch.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** A keyword/value connection string as libpq reads it (manual, section 32.1.1.1): {@code host=db port=5433 dbname='my shop'}. */
public final class ConnectionString {
    private final String text;
    private final Map<String, String> values = new LinkedHashMap<>();
    private int at;

    private ConnectionString(String text) {
        this.text = text;
    }

    /**
     * The values by their keywords; the last of two for the same keyword counts.
     *
     * @throws IllegalArgumentException with a line that names the keyword at fault and repeats no value
     */
    public static Map<String, String> parse(String text) {
        var parser = new ConnectionString(text);
        parser.skipBlanks();
        while (parser.at < text.length()) {
            parser.pair();
            parser.skipBlanks();
        }
        return parser.values;
    }

    private void pair() {
        var start = at;
        while (at < text.length() && text.charAt(at) != '=' && !isBlank(text.charAt(at))) {
            at++;
        }
        var keyword = text.substring(start, at);
        skipBlanks();
        if (at == text.length() || text.charAt(at) != '=') {
            throw new IllegalArgumentException("keyword " + (values.size() + 1)
                    + " of the connection string has no value: write keyword=value, and quote a value with blanks");
        }
        at++;
        skipBlanks();
        values.put(keyword, at < text.length() && text.charAt(at) == '\'' ? quoted(keyword) : bare());
    }

    private String bare() {
        var value = new StringBuilder();
        while (at < text.length() && !isBlank(text.charAt(at))) {
            value.append(unescaped());
        }
        return value.toString();
    }

    private String quoted(String keyword) {
        var value = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != '\'') {
            value.append(unescaped());
        }
        if (at == text.length()) {
            throw new IllegalArgumentException("the value of " + keyword + " has no closing quote");
        }
        at++;
        return value.toString();
    }

    /** A backslash takes the next character as it is. */
    private char unescaped() {
        if (text.charAt(at) == '\\' && at + 1 < text.length()) {
            at++;
        }
        return text.charAt(at++);
    }

    private void skipBlanks() {
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isBlank(char character) {
        return character == ' ' || (character >= '\t' && character <= '\r');
    }
}
