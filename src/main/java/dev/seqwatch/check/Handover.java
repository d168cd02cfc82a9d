package dev.seqwatch.check;

import dev.seqwatch.sequence.Consumer;
import dev.seqwatch.sequence.Draw;
import dev.seqwatch.sequence.Uniqueness;
import dev.seqwatch.sequence.WatchedSequence;
import java.util.List;

/** Gives a sequence to the one column that draws from it: OWNED BY wants the same schema and the same owner. */
final class Handover {
    private Handover() {}

    static List<Consumer> drawing(WatchedSequence watched) {
        return watched.consumers().stream()
                .filter(consumer -> consumer.draw() != Draw.Declared)
                .toList();
    }

    /** A default that owns its sequence is serial (manual, section 8.1.4), and as such wants to be unique. */
    static boolean wouldBeKey(Consumer consumer) {
        return consumer.draw() == Draw.Default && consumer.uniqueness() == Uniqueness.None && !Keys.foreign(consumer);
    }

    /** For a sequence that at least one column draws from. */
    static Remedy to(WatchedSequence watched) {
        var consumers = drawing(watched);
        var consumer = consumers.getFirst();
        if (consumers.size() > 1) {
            return new Remedy.Decide("Several columns draw from it: decide which one owns it.");
        }
        if (!consumer.column().table().schema().equals(watched.name().schema())) {
            return new Remedy.Decide("It lies in another schema than the table: decide whether to move it there.");
        }
        if (!consumer.table().owner().equals(watched.sequence().owner())) {
            return new Remedy.Decide("Sequence and table belong to different roles: decide which one is to own both.");
        }
        if (wouldBeKey(consumer)) {
            return new Remedy.Decide(
                    "That column is in no key, which an owned sequence would make of it: decide whether it is one, and if so, add the key first.");
        }
        var script = new Script()
                .statement("ALTER SEQUENCE %s OWNED BY %s.%s"
                        .formatted(
                                watched.name().sql(),
                                consumer.column().table().sql(),
                                consumer.column().sql()));
        return Remedy.Run.of(script);
    }
}
