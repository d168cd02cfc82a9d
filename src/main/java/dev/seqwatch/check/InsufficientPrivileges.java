package dev.seqwatch.check;

import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.model.ColumnName;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Fact;
import dev.seqwatch.model.NotCheckedReason;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.Sql;
import dev.seqwatch.model.UnreadableReason;
import dev.seqwatch.model.WatchedSequence;
import dev.seqwatch.remedy.Script;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Our own role may not read a position or the ids of a column, or row-level security hides some of them: what it cannot see
 * may be exhausted or behind.
 */
final class InsufficientPrivileges implements Check {
    private static final int NAMED = 3;

    @Override
    public Set<Fact> needs() {
        return Set.of(Fact.HiddenSchemas);
    }

    @Override
    public Stream<Finding> examine(DatabaseState state, CheckPolicy policy, DatabaseHistory history) {
        var sequences = state.sequences().stream()
                .filter(InsufficientPrivileges::blind)
                .map(WatchedSequence::name)
                .toList();
        var columns = columns(state, NotCheckedReason.NoPrivilege);
        var hidden = columns(state, NotCheckedReason.RowLevelSecurity);
        if (sequences.isEmpty() && columns.isEmpty() && hidden.isEmpty()) {
            return Stream.empty();
        }
        var sentences = new ArrayList<String>();
        var user = state.server().user();
        if (!sequences.isEmpty() || !columns.isEmpty()) {
            sentences.add(
                    "Role %s may not read %s, so nothing is known of them and they may be exhausted or behind: %s."
                            .formatted(user, what(sequences, columns), names(sequences, columns)));
        }
        if (!hidden.isEmpty()) {
            sentences.add(
                    "Role %s may not see %s completely, because row-level security hides rows from it, so their sequences may be behind: %s. A policy that shows this role all rows makes them visible, and so does BYPASSRLS."
                            .formatted(user, what(List.of(), hidden), names(List.of(), hidden)));
        }
        var script = new Script();
        grants(script, state, sequences, columns);
        policies(script, user, hidden);
        return Stream.of(
                finding(Severity.Warning, Subject.ofRole(user), String.join(" ", sentences), script.toString()));
    }

    private static List<ColumnName> columns(DatabaseState state, NotCheckedReason reason) {
        return state.sequences().stream()
                .flatMap(watched -> watched.sequenceColumns().stream())
                .flatMap(sequenceColumn -> sequenceColumn.stored().gaps().stream()
                        .filter(gap -> gap.reason() == reason)
                        .map(gap -> gap.table().column(sequenceColumn.column().column())))
                .distinct()
                .toList();
    }

    private static boolean blind(WatchedSequence watched) {
        return watched.position() instanceof Position.Unreadable(var reason)
                && (reason == UnreadableReason.NoPrivilege || reason == UnreadableReason.NeverCalledOrUnknown);
    }

    private static String what(Collection<RelationName> sequences, Collection<ColumnName> columns) {
        var parts = new ArrayList<String>();
        if (!sequences.isEmpty()) {
            parts.add(sequences.size() + (sequences.size() == 1 ? " position" : " positions"));
        }
        if (!columns.isEmpty()) {
            parts.add("the ids of " + columns.size() + (columns.size() == 1 ? " column" : " columns"));
        }
        return String.join(" and ", parts);
    }

    private static String names(List<RelationName> sequences, List<ColumnName> columns) {
        var all = Stream.concat(sequences.stream(), columns.stream())
                .map(Object::toString)
                .toList();
        var named = String.join(", ", all.subList(0, Math.min(NAMED, all.size())));
        return all.size() > NAMED ? named + " and " + (all.size() - NAMED) + " more" : named;
    }

    /** GRANT USAGE ON SEQUENCE would allow nextval too: a monitor asks for SELECT. */
    private static void grants(
            Script script, DatabaseState state, List<RelationName> sequences, List<ColumnName> columns) {
        var role = Sql.identifier(state.server().user());
        schemas(state, sequences, columns)
                .forEach(schema ->
                        script.statement("GRANT USAGE ON SCHEMA %s TO %s".formatted(Sql.identifier(schema), role)));
        sequences.forEach(
                sequence -> script.statement("GRANT SELECT ON SEQUENCE %s TO %s".formatted(sequence.sql(), role)));
        columns.forEach(column -> script.statement("GRANT SELECT (%s) ON TABLE %s TO %s"
                .formatted(column.sql(), column.table().sql(), role)));
    }

    /** A policy is what a table's owner may add, and it opens one table; BYPASSRLS takes a superuser and opens all. */
    private static void policies(Script script, String user, List<ColumnName> hidden) {
        if (hidden.isEmpty()) {
            return;
        }
        var role = Sql.identifier(user);
        script.comment("Or once for all tables, as a superuser: ALTER ROLE %s BYPASSRLS".formatted(role));
        hidden.stream()
                .map(ColumnName::table)
                .distinct()
                .forEach(
                        table -> script.statement("CREATE POLICY seqwatch_reads_ids ON %s FOR SELECT TO %s USING (true)"
                                .formatted(table.sql(), role)));
    }

    private static Set<String> schemas(DatabaseState state, List<RelationName> sequences, List<ColumnName> columns) {
        var needed = new TreeSet<String>();
        columns.forEach(column -> needed.add(column.table().schema()));
        if (!state.server().readsPositionsByOid()) {
            sequences.forEach(sequence -> needed.add(sequence.schema()));
        }
        needed.retainAll(state.blindSchemas());
        return needed;
    }
}
