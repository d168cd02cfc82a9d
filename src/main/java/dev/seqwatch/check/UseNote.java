package dev.seqwatch.check;

import dev.seqwatch.model.ColumnName;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.WatchedSequence;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Says in a finding how it was found that a column uses the sequence, where the column's own default does not tell. */
record UseNote(String database, Map<RelationName, WatchedSequence> sequences) {
    /** What hurts users whoever wrote the definition. */
    private static final Set<String> OF_MEMBERS = Set.of("SequenceExhaustion", "ExhaustionForecast", "SequenceBehind");

    static UseNote of(DatabaseState state) {
        var sequences = new HashMap<RelationName, WatchedSequence>();
        state.sequences().forEach(watched -> sequences.put(watched.name(), watched));
        return new UseNote(state.database(), sequences);
    }

    /**
     * The finding with what there is to add. Empty for a question of style about a member of an extension, which is for the
     * authors of the extension to answer, and about a use that was only concluded.
     */
    Optional<Finding> with(Finding finding) {
        var subject = finding.subject();
        var watched = subject.schema() == null || subject.sequence() == null
                ? null
                : sequences.get(new RelationName(subject.schema(), subject.sequence()));
        if (watched == null) {
            return Optional.of(finding);
        }
        var extension = watched.uses().extension();
        if (extension == null) {
            return isStyle(finding) && isGuess(finding, watched)
                    ? Optional.empty()
                    : Optional.of(withCaller(finding, watched));
        }
        return OF_MEMBERS.contains(finding.check())
                ? Optional.of(withCaller(finding, watched).withoutRemedy().withNote(member(watched, extension)))
                : Optional.empty();
    }

    private static boolean isStyle(Finding finding) {
        return !OF_MEMBERS.contains(finding.check()) && !finding.check().equals("OrphanSequence");
    }

    /** A definition is not criticized for a use that was only concluded. */
    private static boolean isGuess(Finding finding, WatchedSequence watched) {
        return watched.sequenceColumns().stream()
                .anyMatch(each -> !each.valueSource().certain()
                        && each.column().table().equals(finding.subject().table())
                        && each.column().column().equals(finding.subject().column()));
    }

    private static String member(WatchedSequence watched, String extension) {
        return " %s belongs to extension %s, so no script is given: change it as the documentation of the extension says, because its update or a restore may bring the old definition back. Moving a position that is behind with setval is safe."
                .formatted(watched.name(), extension);
    }

    private Finding withCaller(Finding finding, WatchedSequence watched) {
        var subject = finding.subject();
        if (subject.role() != null || subject.table() == null || subject.column() == null) {
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
        return switch (column.valueSource()) {
            case IdentityAlways, IdentityByDefault, Default, LateBound, Declared -> "";
            case Derived -> column.caller() == null ? "" : calls(watched, column, caller);
            case Trigger, Function, View, Rule -> calls(watched, column, caller);
            case OwnedWithoutCall ->
                " %s; it is judged because %s owns it, is a key and has no other source of ids."
                        .formatted(nothing(watched), column.column());
            case LinkedByName ->
                " %s; it is judged as the source of %s by its name and its ids. %s"
                        .formatted(nothing(watched), column.column(), confirm(watched.name(), column.column()));
        };
    }

    private static String nothing(WatchedSequence watched) {
        var callers = watched.uses().callers();
        return callers.isEmpty()
                ? "Nothing that was found calls " + watched.name()
                : "Where the values of %s go is not seen in what calls it, %s"
                        .formatted(watched.name(), callers.getFirst());
    }

    private static String calls(WatchedSequence watched, SequenceColumn column, String caller) {
        return " (%s calls %s for %s.)"
                .formatted(
                        caller.substring(0, 1).toUpperCase(Locale.ROOT) + caller.substring(1),
                        watched.name(),
                        column.column().column());
    }

    /** The line of a monitor that a person confirms or denies a link with. */
    private String confirm(RelationName sequence, ColumnName column) {
        return "Confirm it in the monitor: links: [{sequence: %s.%s, column: %s.%s}], or deny it by adding related: false."
                .formatted(database, sequence, database, column);
    }
}
