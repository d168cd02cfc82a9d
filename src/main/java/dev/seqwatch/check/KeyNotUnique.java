package dev.seqwatch.check;

import dev.seqwatch.sequence.Consumer;
import dev.seqwatch.sequence.Snapshot;
import dev.seqwatch.sequence.Uniqueness;
import dev.seqwatch.sequence.WatchedSequence;
import java.util.stream.Stream;

/** An identity or serial column that nothing keeps unique: a sequence gives no such promise (manual, section 8.1.4). */
final class KeyNotUnique implements Check {
    @Override
    public Stream<Finding> examine(Snapshot snapshot, Policy policy, History history) {
        return snapshot.sequences().stream()
                .flatMap(watched -> watched.consumers().stream()
                        .filter(consumer -> consumer.uniqueness() == Uniqueness.None
                                && !Keys.foreign(consumer)
                                && (consumer.draw().identity() || Keys.serial(watched, consumer)))
                        .map(consumer -> remedy(watched, consumer)
                                .finding(
                                        this,
                                        Severity.Warning,
                                        Subject.of(watched.name()).column(consumer.column()),
                                        "%s draws from %s but is in no primary key, unique constraint or full unique index: an explicit id, a setval or a restore stores an id twice, and nothing says so."
                                                .formatted(consumer.column(), watched.name()))));
    }

    private static Remedy remedy(WatchedSequence watched, Consumer consumer) {
        if (watched.sequence().cycle()) {
            return new Remedy.Decide(
                    "Its sequence has CYCLE, so that ids come back: decide whether the column is a key, which needs NO CYCLE as well.");
        }
        if (consumer.table().partitioned()) {
            return new Remedy.Decide(
                    "A unique index of a partitioned table must include the partition key: decide on a composite key.");
        }
        var script = new Script()
                .comment(
                        "Fails and changes nothing where ids are stored twice already. Blocks writes while it builds; for a")
                .comment("large table: CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT … UNIQUE USING INDEX.")
                .statement("ALTER TABLE %s ADD UNIQUE (%s)"
                        .formatted(
                                consumer.column().table().sql(),
                                consumer.column().sql()));
        return Remedy.Run.of(script);
    }
}
