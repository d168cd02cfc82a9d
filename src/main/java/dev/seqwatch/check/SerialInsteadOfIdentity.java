package dev.seqwatch.check;

import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Fact;
import dev.seqwatch.model.KeyKind;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.WatchedSequence;
import dev.seqwatch.remedy.IdentityRemedy;
import dev.seqwatch.remedy.Remedy;
import java.util.stream.Stream;

/** A serial column: its sequence needs a grant of its own, and widening the column leaves it behind. */
final class SerialInsteadOfIdentity implements Check {
    @Override
    public Stream<Finding> examine(DatabaseState state, CheckPolicy policy, DatabaseHistory history) {
        return state.sequences().stream()
                .flatMap(watched -> watched.sequenceColumns().stream()
                        .filter(sequenceColumn -> KeyKind.serial(watched, sequenceColumn)
                                && sequenceColumn.type().isNumeric())
                        .map(sequenceColumn -> Finding.of(
                                this,
                                Severity.Info,
                                Subject.of(watched.name()).column(sequenceColumn.column()),
                                "%s is serial: as an identity column it would need no grant on its sequence, and widening it would widen both."
                                        .formatted(sequenceColumn.column()),
                                remedy(watched, sequenceColumn, state))));
    }

    private static Remedy remedy(WatchedSequence watched, SequenceColumn sequenceColumn, DatabaseState state) {
        if (sequenceColumn.table().tree()) {
            return new Remedy.Decide(
                    "Before PostgreSQL 17 partitions and children do not take part in an identity: decide for the whole tree.");
        }
        if (KeyKind.foreign(sequenceColumn)) {
            return new Remedy.Decide("Its rows lie on another server: decide there how ids are made.");
        }
        if (!state.knows(Fact.OtherUses)) {
            return new Remedy.Decide("What else uses its sequence could not be read: decide when that is known.");
        }
        if (watched.sequenceColumns().size() > 1 || !watched.otherUses().isEmpty()) {
            return new Remedy.Decide("Others use its sequence, too: decide what becomes of them.");
        }
        if (sequenceColumn.type().domain()
                || sequenceColumn.type().base().equals("numeric")
                || sequenceColumn.type().base().equals("oid")) {
            return new Remedy.Decide("An identity column must be smallint, integer or bigint: decide on its type.");
        }
        if (beyond(watched, sequenceColumn)) {
            return new Remedy.Decide(
                    "Its sequence stands or starts beyond what the column can store: widen the column first.");
        }
        return Remedy.Run.of(() -> IdentityRemedy.script(watched.name(), sequenceColumn.column()));
    }

    private static boolean beyond(WatchedSequence watched, SequenceColumn sequenceColumn) {
        var bounds = sequenceColumn.type().bounds();
        var at = switch (watched.position()) {
            case Position.NeverCalled(var next) -> next;
            case Position.At(var last) -> last;
            case Position.Unreadable _ -> watched.sequence().start();
        };
        return bounds != null
                && !(bounds.contains(at) && bounds.contains(watched.sequence().start()));
    }
}
