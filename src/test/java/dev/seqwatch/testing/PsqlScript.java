package dev.seqwatch.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Runs a script as {@code psql -v ON_ERROR_STOP=1 -f} does: each statement by itself, the first failure ends it. */
public final class PsqlScript {
    private static final Pattern DOLLAR_QUOTE = Pattern.compile("\\$(?:[A-Za-z_][A-Za-z_0-9]*)?\\$");

    private final String text;
    private int at;

    private PsqlScript(String text) {
        this.text = text;
    }

    /** The connection must be in autocommit mode; BEGIN and COMMIT are the script's own. */
    public static void run(Connection connection, String script) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var sql : statements(script)) {
                statement.execute(sql);
            }
        }
    }

    /** Cuts at each semicolon that stands outside of quotes, dollar quotes and comments. */
    static List<String> statements(String script) {
        return new PsqlScript(script).cut();
    }

    private List<String> cut() {
        var statements = new ArrayList<String>();
        var from = 0;
        while (at < text.length()) {
            switch (text.charAt(at)) {
                case '-' -> skipComment();
                case '\'' -> skipQuoted('\'', at > 0 && Character.toUpperCase(text.charAt(at - 1)) == 'E');
                case '"' -> skipQuoted('"', false);
                case '$' -> skipDollarQuoted();
                case ';' -> {
                    statements.add(text.substring(from, at).strip());
                    from = ++at;
                }
                default -> at++;
            }
        }
        return statements;
    }

    private void skipComment() {
        at = text.startsWith("--", at) ? end(text.indexOf('\n', at)) : at + 1;
    }

    private void skipQuoted(char quote, boolean escapes) {
        at++;
        while (at < text.length() && text.charAt(at) != quote) {
            at += escapes && text.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
    }

    private void skipDollarQuoted() {
        var tag = DOLLAR_QUOTE.matcher(text).region(at, text.length());
        at = tag.lookingAt() ? end(text.indexOf(tag.group(), tag.end())) : at;
        at = Math.min(at + (tag.hasMatch() ? tag.group().length() : 1), text.length());
    }

    private int end(int found) {
        return found < 0 ? text.length() : found;
    }
}
