package dev.seqwatch.check;

import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Fact;
import dev.seqwatch.model.KeyKind;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.Uniqueness;
import dev.seqwatch.model.WatchedSequence;
import dev.seqwatch.remedy.Remedy;
import dev.seqwatch.remedy.Script;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An identity or serial column that nothing keeps unique: a sequence gives no such promise (manual, section 8.1.4). Where
 * the table has another key, the column most likely gives an order, and CYCLE gives ids again on purpose.
 */
final class KeyNotUnique implements Check {
    @Override
    public Set<Fact> needs() {
        return Set.of(Fact.UniqueIndexes);
    }

    @Override
    public Stream<Finding> examine(DatabaseState state, CheckPolicy policy, DatabaseHistory history) {
        return state.sequences().stream()
                .flatMap(watched -> watched.sequenceColumns().stream()
                        .filter(sequenceColumn -> sequenceColumn.uniqueness() == Uniqueness.None
                                && !KeyKind.foreign(sequenceColumn)
                                && (sequenceColumn.valueSource().identity() || KeyKind.serial(watched, sequenceColumn)))
                        .map(sequenceColumn -> Finding.of(
                                this,
                                severity(watched, sequenceColumn),
                                Subject.of(watched.name()).column(sequenceColumn.column()),
                                "%s uses %s but is in no primary key, unique constraint or full unique index: an explicit id, a setval or a restore stores an id twice, and nothing says so."
                                        .formatted(sequenceColumn.column(), watched.name()),
                                remedy(watched, sequenceColumn))));
    }

    private static Severity severity(WatchedSequence watched, SequenceColumn sequenceColumn) {
        return watched.sequence().cycle() || KeyKind.order(watched, sequenceColumn) ? Severity.Info : Severity.Warning;
    }

    private static Remedy remedy(WatchedSequence watched, SequenceColumn sequenceColumn) {
        if (watched.sequence().cycle()) {
            return new Remedy.Decide(
                    "Its sequence has CYCLE, so that ids come back: decide whether the column is a key, which needs NO CYCLE as well.");
        }
        if (KeyKind.order(watched, sequenceColumn)) {
            return new Remedy.Decide(
                    "The table has another key and no foreign key points to this column: decide whether its values must be unique.");
        }
        if (sequenceColumn.table().partitioned()) {
            return new Remedy.Decide(
                    "A unique index of a partitioned table must include the partition key: decide on a composite key.");
        }
        var script = new Script()
                .comment(
                        "Fails and changes nothing where ids are stored twice already. Blocks writes while it builds; for a")
                .comment("large table: CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT … UNIQUE USING INDEX.")
                .statement("ALTER TABLE %s ADD UNIQUE (%s)"
                        .formatted(
                                sequenceColumn.column().table().sql(),
                                sequenceColumn.column().sql()));
        return Remedy.Run.of(script);
    }
}
