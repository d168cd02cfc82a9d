package dev.seqwatch.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Runs a script as {@code psql -v ON_ERROR_STOP=1 -f} does: each statement by itself, the first failure ends it. */
public final class PsqlScript {
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

    /** Cuts at each semicolon that stands outside of quotes and comments. */
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

    private int end(int found) {
        return found < 0 ? text.length() : found;
    }
}
