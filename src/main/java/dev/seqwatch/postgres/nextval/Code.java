package dev.seqwatch.postgres.nextval;

import dev.seqwatch.postgres.nextval.CodeUse.Call;
import dev.seqwatch.postgres.nextval.CodeUse.Target;
import dev.seqwatch.postgres.nextval.SequenceText.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a function, a rule or a default calls, as its text shows it. The order of statements and conditions are not
 * followed: a variable holds whatever was assigned to it anywhere.
 *
 * @param uses every call, those with a known target besides the same call without one
 * @param newColumns columns of NEW that the code assigns anything to
 */
public record Code(List<CodeUse> uses, Set<String> newColumns) {
    public Code {
        uses = List.copyOf(uses);
        newColumns = Set.copyOf(newColumns);
    }

    /** PL/pgSQL. */
    public static Code ofPlpgsql(String text, List<String> argumentNames) {
        return new Reader(argumentNames).plpgsql(Lexer.tokens(text));
    }

    /** The body of an SQL function, the definition of a rule, or a default as {@code pg_get_expr} prints it. */
    public static Code ofSql(String text, List<String> argumentNames) {
        return new Reader(argumentNames).sql(Lexer.tokens(text));
    }

    /** An expression as {@code pg_get_expr} prints it: what it gives is its result. */
    public static Code ofExpression(String text) {
        return new Reader(List.of()).expression(Lexer.tokens(text));
    }

    /** Whether an expression of {@code pg_get_expr} calls PostgreSQL's nextval on this sequence, by its constant name. */
    public static boolean callsNextval(String expression, String schema, String sequence) {
        var wanted = new QualifiedName(schema, sequence);
        return ofExpression(expression).uses().stream()
                .anyMatch(use -> use.call() instanceof Call.Nextval(var text)
                        && text.name().filter(wanted::equals).isPresent());
    }

    /** Names of the functions that it calls, in any schema, nextval left out. */
    public Set<String> functions() {
        return uses.stream()
                .map(CodeUse::call)
                .flatMap(call -> switch (call) {
                    case Call.Function function -> Stream.of(function.name().name());
                    case Call.Nextval _ -> Stream.<String>empty();
                })
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A call and whether its value arrives unchanged. */
    private record Made(Call call, boolean exact) {
        Made changed() {
            return new Made(call, false);
        }
    }

    private static final class Reader {
        private static final Set<String> SPLITS = Set.of("then", "else", "begin", "loop", "declare");
        private static final Set<String> SELECT_ENDS =
                Set.of("from", "where", "into", "group", "having", "order", "limit", "offset", "union", "for", "on");
        private static final Set<String> ONE_OF = Set.of("coalesce", "nvl", "ifnull");
        private static final Set<String> NO_FUNCTIONS = Set.of(
                "in",
                "values",
                "and",
                "or",
                "not",
                "as",
                "exists",
                "any",
                "all",
                "some",
                "over",
                "filter",
                "when",
                "then",
                "else",
                "if",
                "elsif",
                "while",
                "return",
                "select",
                "from",
                "where",
                "into",
                "using",
                "array",
                "row",
                "cast",
                "case",
                "on",
                "returning",
                "set",
                "is",
                "distinct",
                "by",
                "with",
                "like",
                "between");

        private final List<String> argumentNames;
        private final Set<CodeUse> uses = new LinkedHashSet<>();
        private final Set<String> newColumns = new LinkedHashSet<>();
        private final Map<String, List<Made>> variables = new HashMap<>();

        Reader(List<String> argumentNames) {
            this.argumentNames = argumentNames;
        }

        Code expression(List<Token> tokens) {
            everyCall(tokens);
            made(tokens).forEach(made -> use(made, new Target.Result()));
            return code();
        }

        Code sql(List<Token> tokens) {
            var statements = new ArrayList<>(Tokens.split(tokens, ";"));
            statements.removeIf(statement -> statement.size() == 1);
            for (var statement : statements) {
                everyCall(statement);
                inserts(statement);
            }
            if (!statements.isEmpty()) {
                result(statements.getLast());
            }
            return code();
        }

        private void result(List<Token> last) {
            var from = 0;
            while (from < last.size()
                    && (last.get(from).isWord("begin") || last.get(from).isWord("atomic"))) {
                from++;
            }
            var rest = last.subList(from, last.size());
            if (!rest.isEmpty() && rest.getFirst().isWord("return")) {
                rest = rest.subList(1, rest.size());
            } else if (rest.isEmpty() || !rest.getFirst().isWord("select")) {
                return;
            }
            made(rest).forEach(made -> use(made, new Target.Result()));
        }

        /** Assignments are found in a first pass, because a loop may use a variable above its assignment. */
        Code plpgsql(List<Token> tokens) {
            for (var pass = 0; pass < 2; pass++) {
                var declares = false;
                for (var statement : statements(tokens)) {
                    var first = statement.getFirst();
                    if (first.isWord("declare")) {
                        declares = true;
                    } else if (first.isWord("begin")) {
                        declares = false;
                    } else if (declares) {
                        declaration(statement);
                    } else {
                        statement(statement);
                    }
                }
            }
            return code();
        }

        private Code code() {
            return new Code(List.copyOf(uses), newColumns);
        }

        /** Statements, and apart from them the words that open a block. A CASE within a statement is one expression. */
        private static List<List<Token>> statements(List<Token> tokens) {
            var statements = new ArrayList<List<Token>>();
            var open = new ArrayList<Token>();
            var depth = 0;
            var cases = 0;
            for (var token : tokens) {
                if (token.isSymbol("(")) {
                    depth++;
                } else if (token.isSymbol(")")) {
                    depth--;
                } else if (depth == 0
                        && token.isWord("case")
                        && !open.isEmpty()
                        && !open.getLast().isWord("end")) {
                    cases++;
                }
                var splits = depth <= 0
                        && cases == 0
                        && (token.isSymbol(";") || (token.kind() == Token.Kind.Word && SPLITS.contains(token.text())));
                if (depth == 0 && cases > 0 && token.isWord("end")) {
                    cases--;
                }
                if (!splits) {
                    open.add(token);
                    continue;
                }
                if (!open.isEmpty()) {
                    statements.add(List.copyOf(open));
                    open.clear();
                }
                if (token.isWord("declare") || token.isWord("begin")) {
                    statements.add(List.of(token));
                }
            }
            if (!open.isEmpty()) {
                statements.add(List.copyOf(open));
            }
            return statements;
        }

        /** {@code name type := value}, or with {@code =} or DEFAULT. */
        private void declaration(List<Token> tokens) {
            everyCall(tokens);
            for (var i = 1; i < tokens.size(); i++) {
                var token = tokens.get(i);
                if (token.isSymbol(":=") || token.isSymbol("=") || token.isWord("default")) {
                    assign(tokens.getFirst().text(), made(tokens.subList(i + 1, tokens.size())));
                    return;
                }
            }
        }

        private void statement(List<Token> tokens) {
            everyCall(tokens);
            dynamic(tokens);
            var first = tokens.getFirst();
            if (first.isWord("return")) {
                made(tokens.subList(1, tokens.size())).forEach(made -> use(made, new Target.Result()));
            } else if (first.isWord("select")) {
                selectInto(tokens);
            } else {
                assignment(tokens);
            }
            inserts(tokens);
        }

        private void assignment(List<Token> tokens) {
            var sign = tokens.size() > 1 && tokens.get(1).isSymbol(".") ? 3 : 1;
            if (tokens.size() > sign
                    && tokens.getFirst().isName()
                    && (tokens.get(sign).isSymbol(":=") || tokens.get(sign).isSymbol("="))) {
                store(tokens.subList(0, sign), made(tokens.subList(sign + 1, tokens.size())));
            }
        }

        /** {@code SELECT value INTO target FROM …}, INTO at any of the places that PL/pgSQL allows. */
        private void selectInto(List<Token> tokens) {
            var into = Tokens.indexOf(tokens, "into", 0);
            if (into < 0) {
                return;
            }
            var from = into + 1;
            if (from < tokens.size() && tokens.get(from).isWord("strict")) {
                from++;
            }
            var to = from;
            while (to < tokens.size()
                    && ((tokens.get(to).isName()
                                    && !SELECT_ENDS.contains(tokens.get(to).text()))
                            || tokens.get(to).isSymbol(".")
                            || tokens.get(to).isSymbol(","))) {
                if (to > from && tokens.get(to).isName() && tokens.get(to - 1).isName()) {
                    break;
                }
                to++;
            }
            var targets = Tokens.split(tokens.subList(from, to), ",");
            var values = into == 1 ? selected(tokens.subList(to, tokens.size())) : selected(tokens.subList(1, into));
            for (var i = 0; i < Math.min(targets.size(), values.size()); i++) {
                store(targets.get(i), made(withoutAlias(values.get(i))));
            }
        }

        private static List<List<Token>> selected(List<Token> tokens) {
            for (var i = 0; i < tokens.size(); i++) {
                if (tokens.get(i).kind() == Token.Kind.Word
                        && SELECT_ENDS.contains(tokens.get(i).text())
                        && Tokens.depth(tokens, i) == 0) {
                    return Tokens.split(tokens.subList(0, i), ",");
                }
            }
            return Tokens.split(tokens, ",");
        }

        private static List<Token> withoutAlias(List<Token> value) {
            var as = value.size() - 2;
            return as > 0 && value.get(as).isWord("as") ? value.subList(0, as) : value;
        }

        private void store(List<Token> target, List<Made> made) {
            if (target.size() == 3 && target.getFirst().isWord("new")) {
                var column = target.getLast().text();
                newColumns.add(column);
                made.forEach(each -> use(each, new Target.NewColumn(column)));
            } else if (target.size() == 1) {
                assign(target.getFirst().text(), made);
            }
        }

        private void assign(String variable, List<Made> made) {
            var all = variables.computeIfAbsent(variable, _ -> new ArrayList<>());
            made.stream().filter(each -> !all.contains(each)).forEach(all::add);
        }

        private void inserts(List<Token> tokens) {
            for (var i = 0; i + 2 < tokens.size(); i++) {
                if (tokens.get(i).isWord("insert") && tokens.get(i + 1).isWord("into")) {
                    insert(tokens, i + 2);
                }
            }
        }

        /** {@code t [AS a] [(columns)] [OVERRIDING … VALUE] VALUES (…), (…)}, or SELECT instead of VALUES. */
        private void insert(List<Token> tokens, int from) {
            var end = from + 1;
            while (end + 1 < tokens.size() && tokens.get(end).isSymbol(".")) {
                end += 2;
            }
            var name = QualifiedName.of(tokens.subList(from, end).stream()
                    .filter(Token::isName)
                    .map(Token::text)
                    .toList());
            var at = end;
            while (at < tokens.size() && tokens.get(at).isName() && !isRows(tokens.get(at))) {
                at++;
            }
            if (name.isEmpty()) {
                return;
            }
            IntFunction<Optional<Target>> targets =
                    position -> Optional.of(new Target.TablePosition(name.get(), position + 1));
            if (at < tokens.size() && tokens.get(at).isSymbol("(")) {
                var close = Tokens.close(tokens, at);
                var columns = Tokens.split(tokens.subList(at + 1, close), ",");
                targets = position -> column(name.get(), columns, position);
                at = close + 1;
            }
            while (at < tokens.size()
                    && (tokens.get(at).isWord("overriding")
                            || tokens.get(at).isWord("system")
                            || tokens.get(at).isWord("user")
                            || tokens.get(at).isWord("value")
                            || tokens.get(at).isSymbol("("))) {
                at++;
            }
            if (at < tokens.size() && tokens.get(at).isWord("select")) {
                row(targets, selected(tokens.subList(at + 1, tokens.size())));
            } else if (at < tokens.size() && tokens.get(at).isWord("values")) {
                at++;
                while (at < tokens.size() && tokens.get(at).isSymbol("(")) {
                    var close = Tokens.close(tokens, at);
                    row(targets, Tokens.split(tokens.subList(at + 1, close), ","));
                    at = close + 2;
                }
            }
        }

        private static boolean isRows(Token token) {
            return token.isWord("values") || token.isWord("select") || token.isWord("with") || token.isWord("default");
        }

        /** The column that stands alone at a position of the list. */
        private static Optional<Target> column(QualifiedName table, List<List<Token>> columns, int position) {
            return position < columns.size() && columns.get(position).size() == 1
                    ? Optional.of(new Target.TableColumn(
                            table, columns.get(position).getFirst().text()))
                    : Optional.empty();
        }

        private void row(IntFunction<Optional<Target>> targets, List<List<Token>> values) {
            for (var i = 0; i < values.size(); i++) {
                var value = values.get(i);
                targets.apply(i).ifPresent(target -> made(value).forEach(made -> use(made, target)));
            }
        }

        /** What a value is made of. */
        private List<Made> made(List<Token> given) {
            var tokens = Tokens.bare(given);
            if (tokens.isEmpty()) {
                return List.of();
            }
            var first = tokens.getFirst();
            if (tokens.size() == 1) {
                return first.isName() ? variables.getOrDefault(first.text(), List.of()) : List.of();
            }
            if (first.isWord("select")) {
                var values = selected(tokens.subList(1, tokens.size()));
                return values.isEmpty() ? List.of() : made(withoutAlias(values.getFirst()));
            }
            if (first.isWord("case") && tokens.getLast().isWord("end")) {
                return branches(tokens);
            }
            var open = callAt(tokens, 0);
            if (open > 0 && Tokens.close(tokens, open) == tokens.size() - 1) {
                return call(tokens, open);
            }
            return Stream.concat(
                            everyCallIn(tokens).stream().map(call -> new Made(call, false)),
                            tokens.stream()
                                    .filter(Token::isName)
                                    .flatMap(token -> variables.getOrDefault(token.text(), List.of()).stream())
                                    .map(Made::changed))
                    .toList();
        }

        private List<Made> call(List<Token> tokens, int open) {
            var arguments = Tokens.split(tokens.subList(open + 1, tokens.size() - 1), ",");
            if (open == 1 && ONE_OF.contains(tokens.getFirst().text())) {
                return arguments.stream()
                        .flatMap(argument -> made(argument).stream())
                        .toList();
            }
            var result = new ArrayList<Made>();
            result.add(new Made(calls(tokens.subList(0, open), arguments), true));
            arguments.forEach(argument -> made(argument).forEach(made -> result.add(made.changed())));
            return result;
        }

        private List<Made> branches(List<Token> tokens) {
            var result = new ArrayList<Made>();
            for (var i = 1; i < tokens.size(); i++) {
                if (Tokens.depth(tokens, i) == 0
                        && (tokens.get(i).isWord("then") || tokens.get(i).isWord("else"))) {
                    var end = i + 1;
                    while (end < tokens.size() - 1
                            && !(Tokens.depth(tokens, end) == 0
                                    && (tokens.get(end).isWord("when")
                                            || tokens.get(end).isWord("else")))) {
                        end++;
                    }
                    result.addAll(made(tokens.subList(i + 1, end)));
                }
            }
            return result;
        }

        private Call calls(List<Token> name, List<List<Token>> arguments) {
            var qualified = QualifiedName.of(
                            name.stream().filter(Token::isName).map(Token::text).toList())
                    .orElseThrow();
            var texts = arguments.stream().map(this::text).toList();
            var schema = qualified.schema();
            return qualified.name().equals("nextval")
                            && (schema == null || schema.equals("pg_catalog"))
                            && texts.size() == 1
                    ? new Call.Nextval(texts.getFirst())
                    : new Call.Function(qualified, texts);
        }

        private SequenceText text(List<Token> given) {
            return new SequenceText(Tokens.split(Tokens.bare(given), "||").stream()
                    .map(this::part)
                    .toList());
        }

        private Part part(List<Token> given) {
            var tokens = Tokens.bare(given);
            var first = tokens.isEmpty() ? null : tokens.getFirst();
            if (first == null) {
                return new Part.Unknown();
            }
            if (tokens.size() == 4 && first.isWord("tg_argv") && tokens.get(1).isSymbol("[")) {
                var index = tokens.get(2).text();
                return index.matches("\\d{1,4}")
                        ? new Part.TriggerArgument(Integer.parseInt(index))
                        : new Part.Unknown();
            }
            if (tokens.size() != 1) {
                return new Part.Unknown();
            }
            return switch (first.kind()) {
                case Text -> new Part.Constant(first.text());
                case Number ->
                    first.text().matches("\\$\\d{1,3}")
                            ? new Part.Argument(Integer.parseInt(first.text().substring(1)) - 1)
                            : new Part.Unknown();
                case Word, Quoted -> named(first.text());
                case Symbol -> new Part.Unknown();
            };
        }

        private Part named(String name) {
            var index = argumentNames.indexOf(name);
            return switch (name) {
                case "tg_table_name", "tg_relname" -> new Part.TriggerTable();
                case "tg_table_schema" -> new Part.TriggerSchema();
                default -> index >= 0 ? new Part.Argument(index) : new Part.Unknown();
            };
        }

        /** Whatever is called, wherever its result goes. */
        private void everyCall(List<Token> tokens) {
            everyCallIn(tokens).forEach(call -> uses.add(new CodeUse(call, new Target.Unknown(), false)));
        }

        private List<Call> everyCallIn(List<Token> tokens) {
            var calls = new ArrayList<Call>();
            for (var i = 0; i < tokens.size(); i++) {
                var open = i > 0 && tokens.get(i - 1).isSymbol(".") ? 0 : callAt(tokens, i);
                if (open > 0) {
                    var close = Tokens.close(tokens, open);
                    calls.add(calls(tokens.subList(i, open), Tokens.split(tokens.subList(open + 1, close), ",")));
                }
            }
            return calls;
        }

        /** The place of the parenthesis that opens the arguments of a call which begins here, or 0. */
        private static int callAt(List<Token> tokens, int at) {
            if (!tokens.get(at).isName()
                    || (tokens.get(at).kind() == Token.Kind.Word
                            && NO_FUNCTIONS.contains(tokens.get(at).text()))) {
                return 0;
            }
            var open = at + 1;
            if (open + 1 < tokens.size()
                    && tokens.get(open).isSymbol(".")
                    && tokens.get(open + 1).isName()) {
                open += 2;
            }
            return open < tokens.size() && tokens.get(open).isSymbol("(") ? open : 0;
        }

        /** EXECUTE of a text with nextval in it: which sequence, only running it tells. */
        private void dynamic(List<Token> tokens) {
            var execute = tokens.stream().anyMatch(token -> token.isWord("execute"));
            if (execute
                    && tokens.stream()
                            .anyMatch(token -> token.kind() == Token.Kind.Text
                                    && token.text().matches("(?is).*\\bnextval\\s*\\(.*"))) {
                uses.add(new CodeUse(new Call.Nextval(SequenceText.UNKNOWN), new Target.Unknown(), false));
            }
        }

        private void use(Made made, Target target) {
            uses.add(new CodeUse(made.call(), target, made.exact()));
        }
    }
}
