package dev.seqwatch.assembly;

import dev.seqwatch.model.ValueRange;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An expression over one value, as {@code pg_get_expr} prints it: the default, the CHECK constraint or the generated column
 * that sets a limit to ids. Only arithmetic with constants is understood; whatever else is there is kept as unknown, so that
 * no limit is ever concluded from a part that was not understood.
 */
sealed interface NumberExpression {
    /** The id itself. */
    record Value() implements NumberExpression {}

    record Constant(BigDecimal number) implements NumberExpression {}

    /** Anything that is not understood, and whether the id occurs in it. */
    record Unknown(boolean value) implements NumberExpression {}

    record Cast(NumberExpression of, String type) implements NumberExpression {}

    record Operation(String operator, NumberExpression left, NumberExpression right) implements NumberExpression {}

    /**
     * {@code IS NULL} and {@code IS NOT NULL}.
     *
     * @param never whether it asks if the id is null, which an id of a sequence is not
     */
    record NullTest(boolean never) implements NumberExpression {}

    /** A constant in quotes: text, or a number that is cast. */
    record Literal(String text) implements NumberExpression {}

    /** A call of a function other than nextval. */
    record Call(String function, List<NumberExpression> arguments) implements NumberExpression {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** The elements of {@code ARRAY[…]}. */
    record Elements(List<NumberExpression> all) implements NumberExpression {
        public Elements {
            all = List.copyOf(all);
        }
    }

    /** Of the default of a column; the id is what its one call of nextval gives. */
    static NumberExpression ofDefault(String expression) {
        return new Parser(expression, "nextval", true).parse();
    }

    /** Of an expression over a column, or over {@code VALUE}, the id of a domain's constraint. */
    static NumberExpression over(String column, String expression) {
        return new Parser(expression, column, false).parse();
    }

    /**
     * The values that pass a constraint.
     *
     * @param min null where nothing limits them
     * @param max null where nothing limits them
     * @param complete false where a part that concerns the id was not understood, so that the limit may be tighter
     */
    record Passing(@Nullable BigInteger min, @Nullable BigInteger max, boolean complete) {
        static final Passing ALL = new Passing(null, null, true);
        static final Passing UNKNOWN = new Passing(null, null, false);

        private boolean limits() {
            return min != null || max != null;
        }

        private Passing and(Passing other) {
            return new Passing(
                    min == null ? other.min : other.min == null ? min : min.max(other.min),
                    max == null ? other.max : other.max == null ? max : max.min(other.max),
                    complete && other.complete);
        }

        private Passing or(Passing other) {
            var less = min == null || other.min == null ? null : min.min(other.min);
            var more = max == null || other.max == null ? null : max.max(other.max);
            var known = complete && other.complete;
            return new Passing(less, more, known && (less != null || more != null || (!limits() && !other.limits())));
        }
    }

    /** What the expression, as a constraint, lets pass. */
    default Passing passing() {
        return switch (this) {
            case Operation(var operator, var left, var right) ->
                switch (operator) {
                    case "and" -> left.passing().and(right.passing());
                    case "or" ->
                        left instanceof NullTest(var never) && never
                                ? right.passing()
                                : right instanceof NullTest(var never) && never
                                        ? left.passing()
                                        : left.passing().or(right.passing());
                    case "<", "<=", ">", ">=", "=" -> compared(operator, left, right);
                    case "<>" -> Passing.ALL;
                    default -> mentions() ? Passing.UNKNOWN : Passing.ALL;
                };
            case NullTest _ -> Passing.ALL;
            case Cast _, Value _, Constant _, Literal _, Call _, Elements _, Unknown _ ->
                mentions() ? Passing.UNKNOWN : Passing.ALL;
        };
    }

    private static Passing compared(String operator, NumberExpression left, NumberExpression right) {
        if (!left.mentions() && !right.mentions()) {
            return Passing.ALL;
        }
        if (right instanceof Elements(var all)) {
            return all.stream()
                    .map(element -> compared(operator, left, element))
                    .reduce(Passing::or)
                    .orElse(Passing.UNKNOWN);
        }
        var line = left.line().flatMap(one -> right.line().flatMap(one::minus)).orElse(null);
        if (line == null || line.factor().signum() == 0) {
            return Passing.UNKNOWN;
        }
        // factor * id + offset OPERATOR 0
        var edge = line.offset().negate().divide(line.factor(), 40, RoundingMode.HALF_EVEN);
        var below = operator.startsWith("<") == line.factor().signum() > 0;
        var strict = operator.length() == 1;
        return switch (operator) {
            case "=" -> new Passing(ceiling(edge), floor(edge), true);
            default ->
                below ? new Passing(null, last(edge, strict), true) : new Passing(first(edge, strict), null, true);
        };
    }

    private static BigInteger floor(BigDecimal number) {
        return number.setScale(0, RoundingMode.FLOOR).toBigInteger();
    }

    private static BigInteger ceiling(BigDecimal number) {
        return number.setScale(0, RoundingMode.CEILING).toBigInteger();
    }

    private static BigInteger last(BigDecimal edge, boolean strict) {
        var floor = floor(edge);
        return strict && edge.compareTo(new BigDecimal(floor)) == 0 ? floor.subtract(BigInteger.ONE) : floor;
    }

    private static BigInteger first(BigDecimal edge, boolean strict) {
        var ceiling = ceiling(edge);
        return strict && edge.compareTo(new BigDecimal(ceiling)) == 0 ? ceiling.add(BigInteger.ONE) : ceiling;
    }

    default boolean mentions() {
        return switch (this) {
            case Value _ -> true;
            case Constant _, Literal _, NullTest _ -> false;
            case Unknown(var value) -> value;
            case Cast(var of, var _) -> of.mentions();
            case Operation(var _, var left, var right) -> left.mentions() || right.mentions();
            case Elements(var all) -> all.stream().anyMatch(NumberExpression::mentions);
            case Call(var _, var arguments) -> arguments.stream().anyMatch(NumberExpression::mentions);
        };
    }

    /**
     * {@code factor * id + offset}.
     *
     * @param range of the type that PostgreSQL computes it in; null where that has no end that matters
     */
    record Line(
            BigDecimal factor, BigDecimal offset, @Nullable ValueRange range) {
        private Optional<Line> plus(Line other) {
            return Optional.of(new Line(factor.add(other.factor), offset.add(other.offset), wider(range, other.range)));
        }

        private Optional<Line> minus(Line other) {
            return plus(new Line(other.factor.negate(), other.offset.negate(), other.range));
        }

        private Optional<Line> times(Line other) {
            if (factor.signum() != 0 && other.factor.signum() != 0) {
                return Optional.empty();
            }
            return Optional.of(new Line(
                    factor.multiply(other.offset).add(other.factor.multiply(offset)),
                    offset.multiply(other.offset),
                    wider(range, other.range)));
        }

        private static @Nullable ValueRange wider(@Nullable ValueRange one, @Nullable ValueRange other) {
            return one == null || other == null ? null : one.contains(other) ? one : other;
        }

        /** The last id whose result fits, or null where none limits it. */
        private @Nullable BigInteger last(@Nullable ValueRange fitting, boolean ascending) {
            if (fitting == null || factor.signum() == 0) {
                return null;
            }
            var end = new BigDecimal(fitting.end(ascending == factor.signum() > 0));
            return end.subtract(offset)
                    .divide(factor, 0, ascending ? RoundingMode.FLOOR : RoundingMode.CEILING)
                    .toBigInteger();
        }
    }

    /** The expression as a line through the ids; empty where it is none. */
    default Optional<Line> line() {
        return switch (this) {
            case Value _ -> Optional.of(new Line(BigDecimal.ONE, BigDecimal.ZERO, ValueRange.BIGINT));
            case Constant(var number) -> Optional.of(new Line(BigDecimal.ZERO, number, rangeOf(number)));
            case Literal(var text) -> number(text).map(number -> new Line(BigDecimal.ZERO, number, rangeOf(number)));
            case Cast(var of, var type) ->
                of.line()
                        .filter(_ -> WHOLE.contains(type))
                        .map(line -> new Line(line.factor(), line.offset(), ValueRange.ofInteger(type)));
            case Operation(var operator, var left, var right) ->
                left.line()
                        .flatMap(one -> right.line().flatMap(other -> switch (operator) {
                            case "+" -> one.plus(other);
                            case "-" -> one.minus(other);
                            case "*" -> one.times(other);
                            default -> Optional.empty();
                        }));
            case Unknown _, NullTest _, Elements _, Call _ -> Optional.empty();
        };
    }

    private static Optional<BigDecimal> number(String text) {
        try {
            return Optional.of(new BigDecimal(text.strip()));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    /**
     * The length of the text that an expression makes.
     *
     * @param fixed characters that are always there
     * @param grows whether the digits of the id come on top
     * @param mostDigits of an id that is not cut; null where none is
     * @param exact false where a part of unknown length is there as well
     */
    record Length(int fixed, boolean grows, @Nullable Integer mostDigits, boolean exact) {
        private static final Length UNKNOWN = new Length(0, false, null, false);

        private Length plus(Length other) {
            var most = mostDigits == null
                    ? other.mostDigits
                    : other.mostDigits == null ? mostDigits : Integer.valueOf(Math.min(mostDigits, other.mostDigits));
            return new Length(fixed + other.fixed, grows || other.grows, most, exact && other.exact);
        }
    }

    Pattern DIGITS = Pattern.compile("(FM)?([09]+)");

    /** Of a text; a part that changes the id in another way is of unknown length. */
    default Length length() {
        return switch (this) {
            case Value _ -> new Length(0, true, null, true);
            case Literal(var text) -> new Length(text.length(), false, null, true);
            case Constant(var number) -> new Length(number.toPlainString().length(), false, null, true);
            case Cast(var of, var type) ->
                type.equals("text") || type.startsWith("character") || type.startsWith("bpchar") || WHOLE.contains(type)
                        ? of.length()
                        : Length.UNKNOWN;
            case Operation(var operator, var left, var right) ->
                operator.equals("||") ? left.length().plus(right.length()) : Length.UNKNOWN;
            case Call(var function, var arguments) -> lengthOfCall(function, arguments);
            case Unknown _, NullTest _, Elements _ -> Length.UNKNOWN;
        };
    }

    private static Length lengthOfCall(String function, List<NumberExpression> arguments) {
        if (function.equals("concat")) {
            return arguments.stream()
                    .map(NumberExpression::length)
                    .reduce(new Length(0, false, null, true), Length::plus);
        }
        if (function.equals("upper") || function.equals("lower")) {
            return arguments.getFirst().length();
        }
        if (arguments.size() < 2 || !arguments.getFirst().length().equals(new Length(0, true, null, true))) {
            return Length.UNKNOWN;
        }
        if (function.equals("lpad") && arguments.get(1) instanceof Constant(var digits)) {
            return new Length(digits.intValue(), false, digits.intValue(), true);
        }
        if (function.equals("to_char") && arguments.get(1) instanceof Cast(Literal(var format), var _)) {
            var parts = DIGITS.matcher(format);
            return parts.matches()
                    ? new Length(
                            parts.group(2).length() + (parts.group(1) == null ? 1 : 0),
                            false,
                            parts.group(2).length(),
                            true)
                    : Length.UNKNOWN;
        }
        return Length.UNKNOWN;
    }

    /**
     * The last id that a text holds whole; null where none is the last.
     *
     * @param room characters of the column; null where it has no limit
     * @param cut whether an id that the expression itself cuts, as lpad does, is lost
     */
    default @Nullable BigInteger lastWhole(@Nullable Integer room, boolean cut) {
        var length = length();
        var most = cut ? length.mostDigits() : null;
        var grown = room == null || !length.grows() || !length.exact() ? null : Integer.valueOf(room - length.fixed());
        var digits = most == null ? grown : grown == null ? most : Integer.valueOf(Math.min(most, grown));
        return digits == null || digits <= 0 || digits > 18
                ? null
                : BigInteger.TEN.pow(digits).subtract(BigInteger.ONE);
    }

    /** Types that keep whole numbers as they are. */
    Set<String> WHOLE = Set.of("smallint", "integer", "bigint", "numeric", "doubleprecision");

    private static @Nullable ValueRange rangeOf(BigDecimal number) {
        return number.stripTrailingZeros().scale() > 0
                ? null
                : ValueRange.INTEGER.contains(number.toBigInteger())
                        ? ValueRange.INTEGER
                        : ValueRange.BIGINT.contains(number.toBigInteger()) ? ValueRange.BIGINT : null;
    }

    /**
     * The last id for which every step of the computation, and its result in {@code target}, fits; null where nothing limits
     * it, and where the expression is not understood.
     */
    default @Nullable BigInteger lastThatFits(@Nullable ValueRange target, boolean ascending) {
        var line = line().orElse(null);
        if (line == null || line.factor().signum() == 0) {
            return null;
        }
        var ends = new ArrayList<BigInteger>();
        collectEnds(ascending, ends);
        var end = line.last(target, ascending);
        if (end != null) {
            ends.add(end);
        }
        return ends.stream()
                .reduce(ascending ? BigInteger::min : BigInteger::max)
                .orElse(null);
    }

    /** The last id whose result lies within {@code range}; null where none limits it within the reach of bigint. */
    default @Nullable BigInteger lastWithin(ValueRange range, boolean ascending) {
        var end = line().map(line -> line.last(range, ascending)).orElse(null);
        return end == null || !ValueRange.BIGINT.contains(end) ? null : end;
    }

    private void collectEnds(boolean ascending, List<BigInteger> ends) {
        line().map(line -> line.last(line.range(), ascending)).ifPresent(ends::add);
        switch (this) {
            case Cast(var of, var _) -> of.collectEnds(ascending, ends);
            case Operation(var _, var left, var right) -> {
                left.collectEnds(ascending, ends);
                right.collectEnds(ascending, ends);
            }
            case Value _, Constant _, Literal _, Call _, Unknown _, NullTest _, Elements _ -> {}
        }
    }

    /** Reads what PostgreSQL prints, which puts parentheses around every operation. */
    final class Parser {
        private static final Pattern TOKEN = Pattern.compile(
                "\\s*(?:(?<number>\\d+(?:\\.\\d+)?)|(?<string>E?'(?:[^']|'')*')|(?<name>\"(?:[^\"]|\"\")+\"|[\\p{L}_][\\p{L}\\d_$]*)|(?<symbol>::|<>|<=|>=|[-+*/%<>=(),.\\[\\]]|[^\\s\\w]+))",
                Pattern.DOTALL);

        private final List<String> tokens = new ArrayList<>();
        private final String value;
        private final boolean call;
        private int at;

        private Parser(String expression, String value, boolean call) {
            var matcher = TOKEN.matcher(expression);
            while (matcher.lookingAt()) {
                tokens.add(matcher.group().strip());
                matcher.region(matcher.end(), expression.length());
            }
            if (!expression.substring(matcher.regionStart()).isBlank()) {
                tokens.clear();
            }
            this.value = value;
            this.call = call;
        }

        NumberExpression parse() {
            var parsed = disjunction();
            return at == tokens.size() ? parsed : new Unknown(true);
        }

        private NumberExpression disjunction() {
            var left = conjunction();
            while (accept("or")) {
                left = new Operation("or", left, conjunction());
            }
            return left;
        }

        private NumberExpression conjunction() {
            var left = comparison();
            while (accept("and")) {
                left = new Operation("and", left, comparison());
            }
            return left;
        }

        private NumberExpression comparison() {
            var left = sum();
            while (true) {
                if (accept("is")) {
                    var not = accept("not");
                    left = accept("null") ? new NullTest(!not && left instanceof Value) : isTest(left);
                } else if (Set.of("<", "<=", ">", ">=", "=", "<>").contains(peek())) {
                    var operator = next();
                    var any = accept("any");
                    var right = any ? primary() : sum();
                    left = any && !(right instanceof Elements && operator.equals("="))
                            ? new Unknown(left.mentions() || right.mentions())
                            : new Operation(operator, left, right);
                } else if (accept("||")) {
                    left = new Operation("||", left, sum());
                } else if (isOperator(peek())) {
                    next();
                    var any = accept("any") || accept("all");
                    var right = any ? primary() : sum();
                    left = new Unknown(left.mentions() || right.mentions());
                } else {
                    return left;
                }
            }
        }

        /** {@code IS TRUE} and its like, and {@code IS DISTINCT FROM}. */
        private NumberExpression isTest(NumberExpression left) {
            if (accept("distinct")) {
                accept("from");
                var right = sum();
                return new Unknown(left.mentions() || right.mentions());
            }
            next();
            return new Unknown(left.mentions());
        }

        private boolean isOperator(String token) {
            return !token.isEmpty()
                    && !token.equals("::")
                    && token.chars().allMatch(c -> "+-*/<>=~!@#%^&|`?".indexOf(c) >= 0);
        }

        private NumberExpression sum() {
            var left = product();
            while (Set.of("+", "-").contains(peek())) {
                left = new Operation(next(), left, product());
            }
            return left;
        }

        private NumberExpression product() {
            var left = unary();
            while (Set.of("*", "/", "%").contains(peek())) {
                left = new Operation(next(), left, unary());
            }
            return left;
        }

        private NumberExpression unary() {
            if (accept("-")) {
                return new Operation("-", new Constant(BigDecimal.ZERO), unary());
            }
            if (accept("not")) {
                return new Unknown(unary().mentions());
            }
            var of = primary();
            while (accept("::")) {
                of = cast(of, type());
            }
            return of;
        }

        private static NumberExpression cast(NumberExpression of, String type) {
            return of instanceof Elements ? of : new Cast(of, type);
        }

        /** Words of one type, its modifier and its array brackets. */
        private String type() {
            var name = new StringBuilder(next());
            while (Set.of("varying", "precision", ".").contains(peek())
                    || name.toString().endsWith(".")) {
                name.append(next());
            }
            if (accept("(")) {
                name.append("(");
                while (!peek().isEmpty() && !accept(")")) {
                    next();
                }
            }
            while (accept("[")) {
                accept("]");
            }
            return name.toString();
        }

        private NumberExpression primary() {
            var token = next();
            if (token.isEmpty()) {
                return new Unknown(true);
            }
            if (Character.isDigit(token.charAt(0))) {
                return new Constant(new BigDecimal(token));
            }
            if (token.startsWith("'") || token.startsWith("E'")) {
                return new Literal(token.substring(token.indexOf('\'') + 1, token.length() - 1)
                        .replace("''", "'"));
            }
            if (token.equals("(")) {
                var inner = disjunction();
                return accept(")") ? inner : rest();
            }
            if (token.equalsIgnoreCase("array") && accept("[")) {
                return elements();
            }
            if (accept("(")) {
                return called(token);
            }
            if (Character.isLetter(token.charAt(0)) || token.startsWith("_") || token.startsWith("\"")) {
                return !call && name(token).equals(value) ? new Value() : new Unknown(false);
            }
            return new Unknown(true);
        }

        private static String name(String token) {
            return token.startsWith("\"")
                    ? token.substring(1, token.length() - 1).replace("\"\"", "\"")
                    : token;
        }

        private NumberExpression elements() {
            var all = new ArrayList<NumberExpression>();
            do {
                all.add(disjunction());
            } while (accept(","));
            return accept("]") ? new Elements(all) : rest();
        }

        private NumberExpression called(String function) {
            if (call && function.equals(value)) {
                while (!peek().isEmpty() && !accept(")")) {
                    next();
                }
                return new Value();
            }
            var arguments = new ArrayList<NumberExpression>();
            while (!peek().isEmpty() && !accept(")")) {
                arguments.add(disjunction());
                while (!peek().isEmpty() && !peek().equals(")") && !accept(",")) {
                    next();
                    arguments.add(new Unknown(true));
                }
            }
            return new Call(function, arguments);
        }

        /** Gives up on what follows. */
        private NumberExpression rest() {
            at = tokens.size();
            return new Unknown(true);
        }

        private String peek() {
            return at < tokens.size() ? tokens.get(at) : "";
        }

        private String next() {
            return at < tokens.size() ? tokens.get(at++) : "";
        }

        private boolean accept(String token) {
            if (!peek().equalsIgnoreCase(token)) {
                return false;
            }
            at++;
            return true;
        }
    }
}
