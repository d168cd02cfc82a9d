package dev.seqwatch.check;

import dev.seqwatch.model.ColumnName;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.NotCheckedReason;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.Sql;
import dev.seqwatch.model.UnreadableReason;
import dev.seqwatch.model.WatchedSequence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Our own role may not read a position or the ids of a column: what it cannot see may be exhausted. */
final class InsufficientPrivileges implements Check {
    /** pg_get_sequence_data takes an oid and asks for SELECT alone. */
    private static final int SEQUENCE_DATA = 180000;

    private static final int NAMED = 3;

    @Override
    public Stream<Finding> examine(DatabaseState state, CheckPolicy policy, DatabaseHistory history) {
        var sequences = state.sequences().stream()
                .filter(InsufficientPrivileges::blind)
                .map(WatchedSequence::name)
                .toList();
        var columns = state.sequences().stream()
                .flatMap(watched -> watched.sequenceColumns().stream())
                .flatMap(sequenceColumn -> sequenceColumn.stored().gaps().stream()
                        .filter(gap -> gap.reason() == NotCheckedReason.NoPrivilege)
                        .map(gap -> gap.table().column(sequenceColumn.column().column())))
                .distinct()
                .toList();
        if (sequences.isEmpty() && columns.isEmpty()) {
            return Stream.empty();
        }
        var message = "Role %s may not read %s, so nothing is known of them and they may be exhausted or behind: %s."
                .formatted(state.server().user(), what(sequences, columns), names(sequences, columns));
        return Stream.of(finding(
                Severity.Warning, Subject.ofRole(state.server().user()), message, grants(state, sequences, columns)));
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
    private static String grants(DatabaseState state, List<RelationName> sequences, List<ColumnName> columns) {
        var role = Sql.identifier(state.server().user());
        var script = new Script();
        schemas(state, sequences, columns)
                .forEach(schema ->
                        script.statement("GRANT USAGE ON SCHEMA %s TO %s".formatted(Sql.identifier(schema), role)));
        sequences.forEach(
                sequence -> script.statement("GRANT SELECT ON SEQUENCE %s TO %s".formatted(sequence.sql(), role)));
        columns.forEach(column -> script.statement("GRANT SELECT (%s) ON TABLE %s TO %s"
                .formatted(column.sql(), column.table().sql(), role)));
        return script.toString();
    }

    private static Set<String> schemas(DatabaseState state, List<RelationName> sequences, List<ColumnName> columns) {
        var needed = new TreeSet<String>();
        columns.forEach(column -> needed.add(column.table().schema()));
        if (state.server().versionNumber() < SEQUENCE_DATA) {
            sequences.forEach(sequence -> needed.add(sequence.schema()));
        }
        needed.retainAll(state.blindSchemas());
        return needed;
    }
}
