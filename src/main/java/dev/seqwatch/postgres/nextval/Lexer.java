package dev.seqwatch.postgres.nextval;

import dev.seqwatch.postgres.nextval.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Splits SQL or PL/pgSQL into tokens and leaves comments out. It accepts any text; what is not closed ends with the text. */
final class Lexer {
    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String text) {
        this.text = text;
    }

    static List<Token> tokens(String text) {
        var lexer = new Lexer(text);
        while (lexer.at < text.length()) {
            lexer.next();
        }
        return lexer.tokens;
    }

    private void next() {
        var c = text.charAt(at);
        if (Character.isWhitespace(c)) {
            at++;
        } else if (text.startsWith("--", at)) {
            var end = text.indexOf('\n', at);
            at = end < 0 ? text.length() : end + 1;
        } else if (text.startsWith("/*", at)) {
            comment();
        } else if (c == '\'') {
            tokens.add(new Token(Kind.Text, quoted('\'', false)));
        } else if (c == '"') {
            tokens.add(new Token(Kind.Quoted, quoted('"', false)));
        } else if ((c == 'e' || c == 'E') && text.startsWith("'", at + 1)) {
            at++;
            tokens.add(new Token(Kind.Text, quoted('\'', true)));
        } else if (c == '$' && dollarQuoted()) {
            return;
        } else if (Character.isDigit(c) || c == '$') {
            tokens.add(new Token(Kind.Number, run()));
        } else if (Character.isLetter(c) || c == '_') {
            tokens.add(new Token(Kind.Word, run().toLowerCase(Locale.ROOT)));
        } else {
            symbol();
        }
    }

    /** Comments nest: manual, section 4.1.5. */
    private void comment() {
        var depth = 0;
        do {
            if (text.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (text.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < text.length());
    }

    private String quoted(char quote, boolean escapes) {
        var value = new StringBuilder();
        at++;
        while (at < text.length()) {
            var c = text.charAt(at++);
            if (c == quote) {
                if (at >= text.length() || text.charAt(at) != quote) {
                    return value.toString();
                }
                at++;
            } else if (c == '\\' && escapes && at < text.length()) {
                value.append(text.charAt(at++));
                continue;
            }
            value.append(c);
        }
        return value.toString();
    }

    private boolean dollarQuoted() {
        var end = text.indexOf('$', at + 1);
        if (end < 0 || !text.substring(at + 1, end).matches("(?:[\\p{L}_][\\p{L}\\d_]*)?")) {
            return false;
        }
        var tag = text.substring(at, end + 1);
        var close = text.indexOf(tag, end + 1);
        tokens.add(new Token(Kind.Text, text.substring(end + 1, close < 0 ? text.length() : close)));
        at = close < 0 ? text.length() : close + tag.length();
        return true;
    }

    private String run() {
        var from = at++;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_' || text.charAt(at) == '$')) {
            at++;
        }
        return text.substring(from, at);
    }

    private void symbol() {
        for (var operator : List.of("::", ":=", "||", "<<", ">>", "<>", "<=", ">=", "!=", "=>")) {
            if (text.startsWith(operator, at)) {
                tokens.add(new Token(Kind.Symbol, operator));
                at += operator.length();
                return;
            }
        }
        tokens.add(new Token(Kind.Symbol, text.substring(at, at + 1)));
        at++;
    }
}
