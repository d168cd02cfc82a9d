package dev.seqwatch.assembly;

import dev.seqwatch.model.ColumnType;
import dev.seqwatch.model.IdSpelling;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a column stores the values of its sequence, where they can be looked for one by one: as text, or computed by a default
 * such as {@code 'R' || lpad(nextval('s')::text, 6, '0')}. The default's own expression is put into our query only where it
 * consists of constants, casts and functions of PostgreSQL that compute the same from the same: nothing that a user wrote is
 * ever run.
 */
final class SpelledDefault {
    private static final Pattern CALL = Pattern.compile("nextval\\(E?'(?:[^'\\\\]|'')*'::regclass\\)");

    /** Anything that is no token of these makes the expression one that is not understood. */
    private static final Pattern TOKEN = Pattern.compile(
            "\\s+|(?<string>E?'(?:[^'\\\\]|''|\\\\.)*')|(?<number>\\d+(?:\\.\\d+)?)|(?<type>::(?:[a-z_][a-z0-9_]*\\.citext|(?:text|integer|bigint|smallint|numeric|bpchar|character varying|character|citext)(?:\\(\\d+(?:,\\d+)?\\))?)(?![a-z0-9_.]))|(?<function>\"?[a-z_][a-z0-9_]*\"?)(?=\\()|(?<operator>\\|\\||[-+*/%(),])",
            Pattern.DOTALL);

    private static final Set<String> FUNCTIONS = Set.of(
            "abs",
            "btrim",
            "chr",
            "concat",
            "initcap",
            "\"left\"",
            "lower",
            "lpad",
            "ltrim",
            "md5",
            "mod",
            "replace",
            "reverse",
            "\"right\"",
            "rpad",
            "rtrim",
            "substr",
            "to_char",
            "to_hex",
            "translate",
            "upper");

    /** Stands for the value while the expression is checked; a number is a token. */
    private static final String VALUE = "0";

    private SpelledDefault() {}

    /** Of a column that stores the value itself; empty where it is a number, or of a type that is not understood. */
    static Optional<IdSpelling> ofType(ColumnType type) {
        return type.isText() ? as(type, "(", ")::text") : Optional.empty();
    }

    /** Of a column whose default computes with nextval; empty where it does so in a way that is not understood. */
    static Optional<IdSpelling> ofDefault(String expression, ColumnType type) {
        var call = CALL.matcher(expression);
        if (!call.find()) {
            return Optional.empty();
        }
        var before = expression.substring(0, call.start());
        var after = expression.substring(call.end());
        return plain(before + VALUE + after) ? as(type, "(" + before, after + ")") : Optional.empty();
    }

    private static Optional<IdSpelling> as(ColumnType type, String before, String after) {
        return switch (type.base()) {
            case "text", "varchar" -> Optional.of(new IdSpelling("(" + before, after + ")::text", "="));
            case "bpchar" -> Optional.of(new IdSpelling("(" + before, after + ")::text::bpchar", "="));
            case "int2", "int4", "int8" -> Optional.of(new IdSpelling("(" + before, after + ")::bigint", "="));
            case "numeric" -> Optional.of(new IdSpelling("(" + before, after + ")::numeric", "="));
            case "citext" -> citext(type, before, after);
            default -> Optional.empty();
        };
    }

    /** Its operators are found nowhere but in the schema of the extension, which the name of the type holds. */
    private static Optional<IdSpelling> citext(ColumnType type, String before, String after) {
        var end = type.display().lastIndexOf(".citext");
        if (end < 0 || type.domain()) {
            return Optional.empty();
        }
        var schema = type.display().substring(0, end);
        return Optional.of(
                new IdSpelling("(" + before, after + ")::text::" + schema + ".citext", "OPERATOR(" + schema + ".=)"));
    }

    private static boolean plain(String expression) {
        var tokens = TOKEN.matcher(expression);
        var end = 0;
        while (tokens.find() && tokens.start() == end) {
            if (!known(tokens)) {
                return false;
            }
            end = tokens.end();
        }
        return end == expression.length();
    }

    private static boolean known(Matcher token) {
        var function = token.group("function");
        return function == null || FUNCTIONS.contains(function);
    }
}
