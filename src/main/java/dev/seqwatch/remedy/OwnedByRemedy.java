package dev.seqwatch.remedy;

import dev.seqwatch.model.KeyKind;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.Uniqueness;
import dev.seqwatch.model.ValueSource;
import dev.seqwatch.model.WatchedSequence;
import java.util.List;

/** Gives a sequence to the one column that it feeds: OWNED BY wants the same schema and the same owner. */
public final class OwnedByRemedy {
    private OwnedByRemedy() {}

    public static List<SequenceColumn> callingColumns(WatchedSequence watched) {
        return watched.sequenceColumns().stream()
                .filter(SequenceColumn::byItself)
                .toList();
    }

    /** A default that owns its sequence is serial (manual, section 8.1.4), and as such wants to be unique. */
    public static boolean wouldBeKey(SequenceColumn sequenceColumn) {
        return sequenceColumn.valueSource() == ValueSource.Default
                && (sequenceColumn.uniqueness() == Uniqueness.None || sequenceColumn.uniqueness() == Uniqueness.Unknown)
                && !KeyKind.foreign(sequenceColumn);
    }

    /** For a sequence that feeds at least one column. */
    public static Remedy to(WatchedSequence watched) {
        var sequenceColumns = callingColumns(watched);
        var sequenceColumn = sequenceColumns.getFirst();
        if (sequenceColumns.size() > 1) {
            return new Remedy.Decide("Several columns use it: decide which one owns it.");
        }
        if (!sequenceColumn.column().table().schema().equals(watched.name().schema())) {
            return new Remedy.Decide("It lies in another schema than the table: decide whether to move it there.");
        }
        if (!sequenceColumn.table().owner().equals(watched.sequence().owner())) {
            return new Remedy.Decide("Sequence and table belong to different roles: decide which one is to own both.");
        }
        if (wouldBeKey(sequenceColumn)) {
            return new Remedy.Decide(
                    "That column is in no key, which an owned sequence would make of it: decide whether it is one, and if so, add the key first.");
        }
        var script = new Script()
                .statement("ALTER SEQUENCE %s OWNED BY %s.%s"
                        .formatted(
                                watched.name().sql(),
                                sequenceColumn.column().table().sql(),
                                sequenceColumn.column().sql()));
        return Remedy.Run.of(script);
    }
}
