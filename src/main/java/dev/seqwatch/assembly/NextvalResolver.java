package dev.seqwatch.assembly;

import dev.seqwatch.assembly.NextvalUses.FoundUse;
import dev.seqwatch.model.ColumnName;
import dev.seqwatch.model.DatabaseState.UnknownCall;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.ValueSource;
import dev.seqwatch.postgres.catalog.FunctionDefaultQuery;
import dev.seqwatch.postgres.catalog.FunctionRow;
import dev.seqwatch.postgres.catalog.IdColumnQuery;
import dev.seqwatch.postgres.catalog.RuleQuery;
import dev.seqwatch.postgres.catalog.SequenceDefaultQuery.AtInsert;
import dev.seqwatch.postgres.catalog.TriggerQuery;
import dev.seqwatch.postgres.catalog.ViewColumnQuery;
import dev.seqwatch.postgres.nextval.Code;
import dev.seqwatch.postgres.nextval.CodeUse;
import dev.seqwatch.postgres.nextval.CodeUse.Call;
import dev.seqwatch.postgres.nextval.CodeUse.Target;
import dev.seqwatch.postgres.nextval.QualifiedName;
import dev.seqwatch.postgres.nextval.SequenceText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows code from what runs at an INSERT to PostgreSQL's nextval, and resolves the names on the way. Pure. */
public final class NextvalResolver {
    private static final int DEPTH = 5;

    private final NamedRelations sequences;
    private final NamedRelations tables;
    private final Map<Long, List<String>> columns;
    private final Set<Long> reached = new HashSet<>();
    private final Collection<FunctionRow> functions;
    private final Map<String, List<FunctionRow>> byName = new HashMap<>();
    private final Set<FoundUse> found = new LinkedHashSet<>();
    private final Set<UnknownCall> unknown = new LinkedHashSet<>();
    private final Set<IdColumnQuery.Column> filledOtherwise = new HashSet<>();

    /**
     * With everything that names may mean.
     *
     * @param sequences oids of all sequences
     * @param tables oids of the tables that INSERT statements in code may mean
     * @param columns of such tables, in their order
     */
    public NextvalResolver(
            Map<RelationName, Long> sequences,
            Map<RelationName, Long> tables,
            Map<Long, List<String>> columns,
            Collection<FunctionRow> functions) {
        this.sequences = new NamedRelations(sequences);
        this.tables = new NamedRelations(tables);
        this.columns = Map.copyOf(columns);
        this.functions = functions;
        functions.forEach(function ->
                byName.computeIfAbsent(function.name(), _ -> new ArrayList<>()).add(function));
    }

    public NextvalUses resolve(
            List<TriggerQuery.TriggerRow> triggers,
            List<FunctionDefaultQuery.FunctionDefaultRow> defaults,
            List<RuleQuery.RuleRow> rules,
            List<ViewColumnQuery.ViewColumnRow> views) {
        var byOid = new HashMap<Long, FunctionRow>();
        functions.forEach(function -> byOid.put(function.oid(), function));
        triggers.forEach(trigger -> trigger(trigger, byOid.get(trigger.function())));
        defaults.forEach(row -> functionDefault(row, byOid.get(row.function())));
        rules.forEach(this::rule);
        views.forEach(this::view);
        var atInsert = Set.copyOf(reached);
        functions.forEach(function -> alone(function, atInsert.contains(function.oid())));
        return new NextvalUses(withBestPlace(found), List.copyOf(unknown), filledOtherwise);
    }

    /** A call that was seen to fill a column is not told again without one. */
    private static List<FoundUse> withBestPlace(Set<FoundUse> all) {
        var placed = new HashSet<String>();
        all.stream()
                .filter(use -> use.column() != null)
                .forEach(use -> placed.add(use.sequence() + " " + use.caller()));
        return all.stream()
                .filter(use -> use.column() != null || !placed.contains(use.sequence() + " " + use.caller()))
                .toList();
    }

    private void trigger(TriggerQuery.TriggerRow trigger, @Nullable FunctionRow function) {
        if (function == null) {
            return;
        }
        reached.add(function.oid());
        var caller = "trigger %s of %s".formatted(trigger.name(), trigger.table());
        var code = function.code();
        if (code == null) {
            if (function.unknown()) {
                unknown.add(new UnknownCall(caller, trigger.table(), null));
            }
            return;
        }
        var context = new SequenceText.Context(
                List.of(),
                new SequenceText.Context.Trigger(
                        trigger.table().schema(), trigger.table().name(), trigger.arguments()));
        var seen = seen(code, function, context, rights(function, null), 0);
        var filled = new HashSet<String>();
        for (var each : seen) {
            if (each.target() instanceof Target.NewColumn(var column)) {
                filled.add(column);
                fills(
                        each,
                        new IdColumnQuery.Column(trigger.relation(), column),
                        trigger.table().column(column),
                        each.exact() ? ValueSource.Trigger : ValueSource.Derived,
                        caller);
            }
        }
        seen.stream()
                .filter(each -> !(each.target() instanceof Target.NewColumn)
                        && seen.stream()
                                .noneMatch(other -> other.target() instanceof Target.NewColumn
                                        && other.text().equals(each.text())))
                .forEach(each -> elsewhere(each, trigger.table(), caller, false));
        code.newColumns().stream()
                .filter(column -> !filled.contains(column))
                .forEach(column -> filledOtherwise.add(new IdColumnQuery.Column(trigger.relation(), column)));
    }

    private void functionDefault(FunctionDefaultQuery.FunctionDefaultRow row, @Nullable FunctionRow function) {
        if (function == null) {
            return;
        }
        reached.add(function.oid());
        var caller = function.toString();
        if (function.code() == null) {
            if (function.unknown()) {
                unknown.add(new UnknownCall(caller, row.table(), row.column()));
            }
            return;
        }
        for (var use : Code.ofExpression(row.expression()).uses()) {
            if (use.call() instanceof Call.Function(var name, var arguments)
                    && use.target() instanceof Target.Result
                    && name.name().equals(function.name())
                    && (name.schema() == null || name.schema().equals(function.schema()))) {
                var context = new SequenceText.Context(arguments, null);
                seen(function.code(), function, context, rights(function, null), 0).stream()
                        .filter(each -> each.target() instanceof Target.Result)
                        .forEach(each -> fills(
                                each,
                                new IdColumnQuery.Column(row.relation(), row.column()),
                                row.table().column(row.column()),
                                each.exact() && use.exact() ? ValueSource.Function : ValueSource.Derived,
                                caller));
            }
        }
    }

    private void rule(RuleQuery.RuleRow rule) {
        var caller = rule.toString();
        var placed = false;
        for (var use : rule.uses().toList()) {
            if (use.call() instanceof Call.Nextval(var text)
                    && use.target() instanceof Target.TableColumn(var table, var column)
                    && text.name().flatMap(name -> sequence(name, null, null)).orElse(0L) == rule.sequence()) {
                var relation = tables.find(table, null, null);
                placed |= relation.isPresent();
                relation.ifPresent(oid -> found.add(new FoundUse(
                        rule.sequence(),
                        new IdColumnQuery.Column(oid, column),
                        use.exact() ? ValueSource.Rule : ValueSource.Derived,
                        caller,
                        rule.atInsert() ? new AtInsert(rule.relationOid(), null) : null)));
            }
        }
        if (!placed) {
            found.add(new FoundUse(rule.sequence(), null, ValueSource.Rule, caller, null));
        }
    }

    private void view(ViewColumnQuery.ViewColumnRow row) {
        var caller = "the default of view %s".formatted(row.view());
        Code.ofExpression(row.expression()).uses().stream()
                .filter(use -> use.target() instanceof Target.Result
                        && use.call() instanceof Call.Nextval(var text)
                        && text.name()
                                .filter(name -> new RelationName(String.valueOf(name.schema()), name.name())
                                        .equals(row.sequenceName()))
                                .isPresent())
                .forEach(use -> found.add(new FoundUse(
                        row.sequence(),
                        row.column(),
                        use.exact() ? ValueSource.View : ValueSource.Derived,
                        caller,
                        null)));
    }

    /** A function whose callers the database does not show: an application, a job, another function. */
    private void alone(FunctionRow function, boolean atInsert) {
        if (function.idle()) {
            return;
        }
        var caller = function.toString();
        var code = function.code();
        if (code == null) {
            if (function.unknown() && !function.member() && !atInsert) {
                unknown.add(new UnknownCall(caller, null, null));
            }
            return;
        }
        var context = new SequenceText.Context(
                SequenceText.arguments(Math.max(function.argumentNames().size(), 9)), null);
        seen(code, function, context, null, 0).forEach(each -> {
            var told = each.text().givenByCaller() || function.member() || atInsert;
            elsewhere(each, null, caller, told);
        });
    }

    /** Any target but a column of the row that fires a trigger. */
    private void elsewhere(Seen seen, @Nullable RelationName table, String caller, boolean told) {
        var place = place(seen, table).orElse(null);
        var source = seen.exact() ? ValueSource.Function : ValueSource.Derived;
        seen.text()
                .name()
                .flatMap(name -> sequence(name, seen.in(), table))
                .ifPresentOrElse(sequence -> found.add(new FoundUse(sequence, place, source, caller, null)), () -> {
                    if (!told) {
                        unknown.add(new UnknownCall(caller, table, null));
                    }
                });
    }

    private Optional<IdColumnQuery.Column> place(Seen seen, @Nullable RelationName table) {
        return switch (seen.target()) {
            case Target.TableColumn(var name, var column) ->
                tables.find(name, seen.in(), table).map(relation -> new IdColumnQuery.Column(relation, column));
            case Target.TablePosition(var name, var position) ->
                tables.find(name, seen.in(), table)
                        .flatMap(relation -> columns.getOrDefault(relation, List.of()).stream()
                                .skip(position - 1L)
                                .findFirst()
                                .map(column -> new IdColumnQuery.Column(relation, column)));
            case Target.NewColumn _, Target.Result _, Target.Unknown _ -> Optional.empty();
        };
    }

    private void fills(Seen seen, IdColumnQuery.Column place, ColumnName column, ValueSource source, String caller) {
        seen.text()
                .name()
                .flatMap(name -> sequence(name, seen.in(), column.table()))
                .ifPresentOrElse(
                        sequence -> found.add(new FoundUse(
                                sequence, place, source, caller, new AtInsert(place.relation(), seen.owner()))),
                        () -> unknown.add(new UnknownCall(caller, column.table(), column.column())));
    }

    /**
     * A call of nextval that code reaches.
     *
     * @param in the function whose search_path resolves the name
     * @param owner whose rights it has; null for those of the role that runs the code
     */
    private record Seen(
            SequenceText text,
            Target target,
            boolean exact,
            FunctionRow in,
            @Nullable Long owner) {}

    /** SECURITY DEFINER holds for what the function calls, up to the next such function. */
    private static @Nullable Long rights(FunctionRow function, @Nullable Long ofCaller) {
        return function.securityDefiner() ? Long.valueOf(function.owner()) : ofCaller;
    }

    private List<Seen> seen(
            Code code, FunctionRow function, SequenceText.Context context, @Nullable Long owner, int depth) {
        var all = new LinkedHashSet<Seen>();
        for (var use : code.uses()) {
            switch (use.call()) {
                case Call.Nextval(var text) ->
                    all.add(new Seen(text.in(context), use.target(), use.exact(), function, owner));
                case Call.Function(var name, var arguments)
                when depth < DEPTH -> {
                    var given = arguments.stream()
                            .map(argument -> argument.in(context))
                            .toList();
                    for (var callee : callees(name, function)) {
                        through(use, callee, new SequenceText.Context(given, context.trigger()), owner, depth)
                                .forEach(all::add);
                    }
                }
                case Call.Function _ -> {}
            }
        }
        return List.copyOf(all);
    }

    /** What a called function calls; what it returns goes where the caller puts it. */
    private List<Seen> through(
            CodeUse use, FunctionRow callee, SequenceText.Context context, @Nullable Long owner, int depth) {
        reached.add(callee.oid());
        return callee.code() == null
                ? List.of()
                : seen(callee.code(), callee, context, rights(callee, owner), depth + 1).stream()
                        .map(each -> each.target() instanceof Target.Result
                                ? new Seen(
                                        each.text(), use.target(), each.exact() && use.exact(), each.in(), each.owner())
                                : each)
                        .toList();
    }

    /** Functions of one name in one schema; where several schemas have one, those beside the caller. */
    private List<FunctionRow> callees(QualifiedName name, FunctionRow caller) {
        var all = byName.getOrDefault(name.name(), List.of());
        var schema = name.schema();
        if (schema != null) {
            return all.stream().filter(each -> each.schema().equals(schema)).toList();
        }
        var schemas = all.stream().map(FunctionRow::schema).distinct().toList();
        return schemas.size() == 1
                ? all
                : all.stream()
                        .filter(each -> each.schema().equals(caller.schema()))
                        .toList();
    }

    private Optional<Long> sequence(QualifiedName name, @Nullable FunctionRow in, @Nullable RelationName table) {
        return sequences.find(name, in, table);
    }
}
