package dev.seqwatch.postgres.nextval;

import java.util.ArrayList;
import java.util.List;

/** Parts of a list of tokens, by its parentheses. */
final class Tokens {
    private Tokens() {}

    /** Without the parentheses around all of it and without the casts of all of it. */
    static List<Token> bare(List<Token> tokens) {
        var rest = tokens;
        while (true) {
            var shorter = withoutCast(withoutParentheses(rest));
            if (shorter.size() == rest.size()) {
                return rest;
            }
            rest = shorter;
        }
    }

    private static List<Token> withoutParentheses(List<Token> tokens) {
        if (tokens.size() >= 2 && tokens.getFirst().isSymbol("(") && close(tokens, 0) == tokens.size() - 1) {
            return tokens.subList(1, tokens.size() - 1);
        }
        if (tokens.size() > 4
                && tokens.getFirst().isWord("cast")
                && tokens.get(1).isSymbol("(")
                && close(tokens, 1) == tokens.size() - 1) {
            var inner = tokens.subList(2, tokens.size() - 1);
            var as = indexOf(inner, "as", 0);
            return as < 0 ? tokens : inner.subList(0, as);
        }
        return tokens;
    }

    /** {@code value::type}, where the value is one operand: a name, a constant or a call. */
    private static List<Token> withoutCast(List<Token> tokens) {
        for (var i = tokens.size() - 1; i > 0; i--) {
            if (tokens.get(i).isSymbol("::") && depth(tokens, i) == 0) {
                var value = tokens.subList(0, i);
                return operand(value) && type(tokens.subList(i + 1, tokens.size())) ? value : tokens;
            }
        }
        return tokens;
    }

    private static boolean operand(List<Token> tokens) {
        var from = 0;
        while (from + 2 < tokens.size()
                && tokens.get(from).isName()
                && tokens.get(from + 1).isSymbol(".")) {
            from += 2;
        }
        if (from == tokens.size() - 1) {
            return true;
        }
        var open = tokens.get(from).isName() ? from + 1 : from;
        return (opens(tokens.get(open)) && close(tokens, open) == tokens.size() - 1)
                || withoutCast(tokens).size() < tokens.size();
    }

    private static boolean type(List<Token> tokens) {
        return tokens.stream()
                .allMatch(token -> token.isName()
                        || token.kind() == Token.Kind.Number
                        || token.isSymbol(".")
                        || token.isSymbol("(")
                        || token.isSymbol(",")
                        || token.isSymbol(")"));
    }

    /** The parts between separators that stand in no parentheses; empty ones are left out. */
    static List<List<Token>> split(List<Token> tokens, String separator) {
        var parts = new ArrayList<List<Token>>();
        var depth = 0;
        var from = 0;
        for (var i = 0; i <= tokens.size(); i++) {
            if (i == tokens.size() || (depth <= 0 && tokens.get(i).isSymbol(separator))) {
                if (i > from) {
                    parts.add(tokens.subList(from, i));
                }
                from = i + 1;
            } else if (opens(tokens.get(i))) {
                depth++;
            } else if (closes(tokens.get(i))) {
                depth--;
            }
        }
        return parts;
    }

    /** The place of a word outside of parentheses, or -1. */
    static int indexOf(List<Token> tokens, String word, int from) {
        var depth = 0;
        for (var i = from; i < tokens.size(); i++) {
            if (opens(tokens.get(i))) {
                depth++;
            } else if (closes(tokens.get(i))) {
                depth--;
            } else if (depth == 0 && tokens.get(i).isWord(word)) {
                return i;
            }
        }
        return -1;
    }

    /** The place of the parenthesis that closes the one at {@code open}; the end where none does. */
    static int close(List<Token> tokens, int open) {
        var depth = 0;
        for (var i = open; i < tokens.size(); i++) {
            if (opens(tokens.get(i))) {
                depth++;
            } else if (closes(tokens.get(i)) && --depth == 0) {
                return i;
            }
        }
        return tokens.size();
    }

    /** How many parentheses are open before a place. */
    static int depth(List<Token> tokens, int at) {
        var depth = 0;
        for (var i = 0; i < at; i++) {
            depth += opens(tokens.get(i)) ? 1 : closes(tokens.get(i)) ? -1 : 0;
        }
        return depth;
    }

    private static boolean opens(Token token) {
        return token.isSymbol("(") || token.isSymbol("[");
    }

    private static boolean closes(Token token) {
        return token.isSymbol(")") || token.isSymbol("]");
    }
}
