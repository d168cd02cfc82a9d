package dev.seqwatch.check;

import dev.seqwatch.sequence.ColumnName;
import dev.seqwatch.sequence.NotCheckedReason;
import dev.seqwatch.sequence.Position;
import dev.seqwatch.sequence.RelationName;
import dev.seqwatch.sequence.Snapshot;
import dev.seqwatch.sequence.Sql;
import dev.seqwatch.sequence.UnreadableReason;
import dev.seqwatch.sequence.WatchedSequence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Our own role may not read a position or the ids of a column: what it cannot see may be exhausted. */
final class MonitorBlind implements Check {
    /** pg_get_sequence_data takes an oid and asks for SELECT alone. */
    private static final int SEQUENCE_DATA = 180000;

    private static final int NAMED = 3;

    @Override
    public Stream<Finding> examine(Snapshot snapshot, Policy policy, History history) {
        var sequences = snapshot.sequences().stream()
                .filter(MonitorBlind::blind)
                .map(WatchedSequence::name)
                .toList();
        var columns = snapshot.sequences().stream()
                .flatMap(watched -> watched.consumers().stream())
                .flatMap(consumer -> consumer.stored().gaps().stream()
                        .filter(gap -> gap.reason() == NotCheckedReason.NoPrivilege)
                        .map(gap -> gap.table().column(consumer.column().column())))
                .distinct()
                .toList();
        if (sequences.isEmpty() && columns.isEmpty()) {
            return Stream.empty();
        }
        var message = "Role %s may not read %s, so nothing is known of them and they may be exhausted or behind: %s."
                .formatted(snapshot.server().user(), what(sequences, columns), names(sequences, columns));
        return Stream.of(finding(
                Severity.Warning,
                Subject.ofRole(snapshot.server().user()),
                message,
                grants(snapshot, sequences, columns)));
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
    private static String grants(Snapshot snapshot, List<RelationName> sequences, List<ColumnName> columns) {
        var role = Sql.identifier(snapshot.server().user());
        var script = new Script();
        schemas(snapshot, sequences, columns)
                .forEach(schema ->
                        script.statement("GRANT USAGE ON SCHEMA %s TO %s".formatted(Sql.identifier(schema), role)));
        sequences.forEach(
                sequence -> script.statement("GRANT SELECT ON SEQUENCE %s TO %s".formatted(sequence.sql(), role)));
        columns.forEach(column -> script.statement("GRANT SELECT (%s) ON TABLE %s TO %s"
                .formatted(column.sql(), column.table().sql(), role)));
        return script.toString();
    }

    private static Set<String> schemas(Snapshot snapshot, List<RelationName> sequences, List<ColumnName> columns) {
        var needed = new TreeSet<String>();
        columns.forEach(column -> needed.add(column.table().schema()));
        if (snapshot.server().versionNumber() < SEQUENCE_DATA) {
            sequences.forEach(sequence -> needed.add(sequence.schema()));
        }
        needed.retainAll(snapshot.blindSchemas());
        return needed;
    }
}
