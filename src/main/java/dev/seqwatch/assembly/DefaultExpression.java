package dev.seqwatch.assembly;

import dev.seqwatch.model.RelationName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a default that calls nextval, from the text that {@code pg_get_expr} prints. Which sequence it calls is
 * read from the dependency; the text tells only whether the column stores just what nextval gives.
 */
sealed interface DefaultExpression {
    /**
     * {@code nextval('s'::regclass)}.
     *
     * @param cast type that the value is cast to on its way, e.g. {@code integer}; null mostly
     */
    record Plain(@Nullable String cast) implements DefaultExpression {}

    /**
     * {@code nextval('s'::text)}, found by search_path whenever it is called.
     *
     * @param path schema and name, or the name alone; empty where the text itself is computed
     */
    record LateBound(List<String> path) implements DefaultExpression {}

    /** Anything else around a nextval. */
    record Derived() implements DefaultExpression {}

    /** A call, alone or within one cast. */
    Pattern CALL = Pattern.compile("\\(?nextval\\((.*)\\)(?:\\)::([a-z ]+))?", Pattern.DOTALL);

    Pattern CONSTANT = Pattern.compile("E?'((?:[^']|'')*)'::regclass", Pattern.DOTALL);
    Pattern TEXT = Pattern.compile(
            "\\(+E?'((?:[^']|'')*)'::(?:text|character varying|bpchar|name)\\)(?:::text\\)?)?::regclass",
            Pattern.DOTALL);

    static DefaultExpression parse(String expression) {
        var call = CALL.matcher(expression);
        if (!call.matches() || expression.startsWith("(") != (call.group(2) != null)) {
            return new Derived();
        }
        var argument = call.group(1);
        if (CONSTANT.matcher(argument).matches()) {
            return new Plain(call.group(2));
        }
        var text = TEXT.matcher(argument);
        if (text.matches()) {
            return new LateBound(path(text.group(1).replace("''", "'")));
        }
        return argument.endsWith("::regclass") ? new LateBound(List.of()) : new Derived();
    }

    /** Splits a name as PostgreSQL reads it: manual, section 4.1.1. */
    private static List<String> path(String name) {
        var parts = new ArrayList<String>();
        var matcher = Pattern.compile("\\s*(?:\"((?:[^\"]|\"\")*)\"|([^\".\\s]+))\\s*(?:\\.|$)")
                .matcher(name);
        var end = 0;
        while (matcher.find() && matcher.start() == end) {
            parts.add(
                    matcher.group(1) == null
                            ? matcher.group(2).toLowerCase(Locale.ROOT)
                            : matcher.group(1).replace("\"\"", "\""));
            end = matcher.end();
        }
        return end == name.length() && parts.size() <= 2 ? parts : List.of();
    }

    /** The sequence that a name most likely means for a table: in the table's own schema, then in public. */
    static List<RelationName> candidates(LateBound lateBound, RelationName table) {
        return switch (lateBound.path().size()) {
            case 1 ->
                List.of(
                        new RelationName(table.schema(), lateBound.path().getFirst()),
                        new RelationName("public", lateBound.path().getFirst()));
            case 2 ->
                List.of(new RelationName(
                        lateBound.path().getFirst(), lateBound.path().getLast()));
            default -> List.of();
        };
    }
}
