package dev.seqwatch.check;

import dev.seqwatch.sequence.Consumer;
import dev.seqwatch.sequence.Position;
import dev.seqwatch.sequence.Snapshot;
import dev.seqwatch.sequence.WatchedSequence;
import java.util.stream.Stream;

/** A serial column: its sequence needs a grant of its own, and widening the column leaves it behind. */
final class SerialInsteadOfIdentity implements Check {
    @Override
    public Stream<Finding> examine(Snapshot snapshot, Policy policy, History history) {
        return snapshot.sequences().stream()
                .flatMap(watched -> watched.consumers().stream()
                        .filter(consumer -> Keys.serial(watched, consumer)
                                && consumer.type().numeric())
                        .map(consumer -> remedy(watched, consumer)
                                .finding(
                                        this,
                                        Severity.Info,
                                        Subject.of(watched.name()).column(consumer.column()),
                                        "%s is serial: as an identity column it would need no grant on its sequence, and widening it would widen both."
                                                .formatted(consumer.column()))));
    }

    private static Remedy remedy(WatchedSequence watched, Consumer consumer) {
        if (consumer.table().tree()) {
            return new Remedy.Decide(
                    "Before PostgreSQL 17 partitions and children do not take part in an identity: decide for the whole tree.");
        }
        if (Keys.foreign(consumer)) {
            return new Remedy.Decide("Its rows lie on another server: decide there how ids are made.");
        }
        if (watched.consumers().size() > 1 || !watched.otherUses().isEmpty()) {
            return new Remedy.Decide("Others use its sequence, too: decide what becomes of them.");
        }
        if (consumer.type().domain()
                || consumer.type().base().equals("numeric")
                || consumer.type().base().equals("oid")) {
            return new Remedy.Decide("An identity column must be smallint, integer or bigint: decide on its type.");
        }
        if (beyond(watched, consumer)) {
            return new Remedy.Decide(
                    "Its sequence stands or starts beyond what the column can store: widen the column first.");
        }
        return Remedy.Run.of(Conversion.script(watched.name(), consumer.column()));
    }

    private static boolean beyond(WatchedSequence watched, Consumer consumer) {
        var bounds = consumer.type().bounds();
        var at = switch (watched.position()) {
            case Position.NeverCalled(var next) -> next;
            case Position.At(var last) -> last;
            case Position.Unreadable _ -> watched.sequence().start();
        };
        return bounds != null
                && !(bounds.contains(at) && bounds.contains(watched.sequence().start()));
    }
}
