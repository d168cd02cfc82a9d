package dev.seqwatch.reading;

import dev.seqwatch.assembly.NextvalResolver;
import dev.seqwatch.assembly.NextvalUses;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.postgres.catalog.ColumnQuery;
import dev.seqwatch.postgres.catalog.FunctionDefaultQuery;
import dev.seqwatch.postgres.catalog.FunctionQuery;
import dev.seqwatch.postgres.catalog.FunctionRow;
import dev.seqwatch.postgres.catalog.RuleQuery;
import dev.seqwatch.postgres.catalog.SequenceDefaultQuery;
import dev.seqwatch.postgres.catalog.SequenceQuery;
import dev.seqwatch.postgres.catalog.TriggerQuery;
import dev.seqwatch.postgres.catalog.ViewColumnQuery;
import dev.seqwatch.postgres.connection.Session;
import dev.seqwatch.postgres.nextval.CodeUse;
import dev.seqwatch.postgres.nextval.CodeUse.Target;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the code that may call nextval, and has {@link NextvalResolver} follow it. */
final class NextvalReader {
    private NextvalReader() {}

    /**
     * What was found.
     *
     * @param rows the columns that it fills
     */
    record Answer(NextvalUses uses, List<SequenceDefaultQuery.DefaultRow> rows) {
        static final Answer UNKNOWN = new Answer(NextvalUses.NONE, List.of());
    }

    static Answer read(Session session, int version, Collection<SequenceQuery.SequenceRow> sequences)
            throws SQLException {
        if (sequences.isEmpty()) {
            return Answer.UNKNOWN;
        }
        var triggers = TriggerQuery.read(session);
        var defaults = FunctionDefaultQuery.read(session);
        var entries = new HashSet<Long>();
        triggers.forEach(trigger -> entries.add(trigger.function()));
        defaults.forEach(row -> entries.add(row.function()));
        var functions = FunctionQuery.read(session, version, entries).values();
        var rules = RuleQuery.read(session);
        var tables = ColumnQuery.tables(
                session,
                Stream.concat(
                                functions.stream()
                                        .map(FunctionRow::code)
                                        .flatMap(Stream::ofNullable)
                                        .flatMap(code -> code.uses().stream()),
                                rules.stream().flatMap(RuleQuery.RuleRow::uses))
                        .map(CodeUse::target)
                        .flatMap(NextvalReader::table)
                        .collect(Collectors.toSet()));
        Map<RelationName, Long> names = sequences.stream()
                .collect(Collectors.toMap(found -> found.sequence().name(), SequenceQuery.SequenceRow::oid));
        var uses = new NextvalResolver(names, tables, ColumnQuery.names(session, tables.values()), functions)
                .resolve(triggers, defaults, rules, ViewColumnQuery.read(session));
        return new Answer(uses, rows(session, uses));
    }

    /** Columns that something else than their own default fills. */
    private static List<SequenceDefaultQuery.DefaultRow> rows(Session session, NextvalUses uses) throws SQLException {
        var columns = ColumnQuery.read(
                session,
                uses.found().stream()
                        .map(NextvalUses.FoundUse::column)
                        .flatMap(Stream::ofNullable)
                        .collect(Collectors.toSet()));
        var rows = new ArrayList<SequenceDefaultQuery.DefaultRow>();
        for (var use : uses.found()) {
            var column = use.column() == null ? null : columns.get(use.column());
            if (column != null) {
                rows.add(SequenceDefaultQuery.DefaultRow.of(
                        use.sequence(),
                        column,
                        new SequenceDefaultQuery.Caller(use.source(), use.caller(), use.atInsert())));
            }
        }
        return rows;
    }

    private static Stream<String> table(Target target) {
        return switch (target) {
            case Target.TableColumn(var table, var _) -> Stream.of(table.name());
            case Target.TablePosition(var table, var _) -> Stream.of(table.name());
            case Target.NewColumn _, Target.Result _, Target.Unknown _ -> Stream.empty();
        };
    }
}
