package dev.seqwatch.check;

import dev.seqwatch.model.ColumnName;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.WatchedSequence;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Says in a finding how it was found that a column uses the sequence, where the column's own default does not tell. */
record UseNote(String database, Map<RelationName, WatchedSequence> sequences) {
    static UseNote of(DatabaseState state) {
        var sequences = new HashMap<RelationName, WatchedSequence>();
        state.sequences().forEach(watched -> sequences.put(watched.name(), watched));
        return new UseNote(state.database(), sequences);
    }

    Finding with(Finding finding) {
        var subject = finding.subject();
        if (subject.schema() == null || subject.sequence() == null || subject.role() != null) {
            return finding;
        }
        var watched = sequences.get(new RelationName(subject.schema(), subject.sequence()));
        if (watched == null || subject.table() == null || subject.column() == null) {
            return finding;
        }
        var column = new ColumnName(subject.table(), subject.column());
        return watched.sequenceColumns().stream()
                .filter(each -> each.column().equals(column))
                .findFirst()
                .map(each -> finding.withNote(note(watched, each)))
                .orElse(finding);
    }

    private String note(WatchedSequence watched, SequenceColumn column) {
        var caller = Objects.requireNonNullElse(column.caller(), "a caller that is not known");
        return switch (column.draw()) {
            case IdentityAlways, IdentityByDefault, Default, LateBound, Declared -> "";
            case Derived -> column.caller() == null ? "" : calls(watched, column, caller);
            case Trigger, Function, View, Rule -> calls(watched, column, caller);
            case OwnedWithoutCall ->
                " Nothing that was found calls %s; it is judged because %s owns it, is a key and has no other source of ids."
                        .formatted(watched.name(), column.column());
            case LinkedByName ->
                " Nothing that was found calls %s; it is judged as the source of %s by its name and its ids. %s"
                        .formatted(watched.name(), column.column(), confirm(watched.name(), column.column()));
        };
    }

    private static String calls(WatchedSequence watched, SequenceColumn column, String caller) {
        return " (%s calls %s for %s.)"
                .formatted(
                        caller.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + caller.substring(1),
                        watched.name(),
                        column.column().column());
    }

    /** The line of a monitor that a person confirms or denies a link with. */
    private String confirm(RelationName sequence, ColumnName column) {
        return "Confirm it in the monitor: links: [{sequence: %s.%s, column: %s.%s}], or deny it by adding related: false."
                .formatted(database, sequence, database, column);
    }
}
