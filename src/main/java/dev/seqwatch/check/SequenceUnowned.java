package dev.seqwatch.check;

import dev.seqwatch.sequence.Consumer;
import dev.seqwatch.sequence.Draw;
import dev.seqwatch.sequence.Snapshot;
import dev.seqwatch.sequence.WatchedSequence;
import java.util.List;
import java.util.stream.Stream;

/** A sequence that feeds a default but belongs to no column: DROP TABLE leaves it behind, TRUNCATE … RESTART passes it by. */
final class SequenceUnowned implements Check {
    @Override
    public Stream<Finding> examine(Snapshot snapshot, Policy policy) {
        return snapshot.sequences().stream()
                .filter(watched -> watched.owned() == null)
                .flatMap(watched -> examine(watched, drawing(watched)));
    }

    private static List<Consumer> drawing(WatchedSequence watched) {
        return watched.consumers().stream()
                .filter(consumer -> consumer.draw() != Draw.Declared)
                .toList();
    }

    private Stream<Finding> examine(WatchedSequence watched, List<Consumer> consumers) {
        if (consumers.isEmpty()) {
            return Stream.empty();
        }
        var consumer = consumers.getFirst();
        var subject = Subject.of(watched.name()).column(consumer.column());
        var text =
                "%s feeds %s but is owned by no column: it stays behind when the table is dropped, and TRUNCATE … RESTART IDENTITY passes it by."
                        .formatted(watched.name(), consumer.column());
        if (consumers.size() > 1) {
            return Stream.of(
                    finding(Severity.Info, subject, text + " Several tables draw from it: decide which one owns it."));
        }
        // OWNED BY wants the same schema and the same owner: manual, ALTER SEQUENCE
        if (!consumer.column().table().schema().equals(watched.name().schema())) {
            return Stream.of(finding(
                    Severity.Info,
                    subject,
                    text + " It lies in another schema than the table: decide whether to move it there."));
        }
        if (!consumer.table().owner().equals(watched.sequence().owner())) {
            return Stream.of(finding(
                    Severity.Info,
                    subject,
                    text + " Sequence and table belong to different roles: decide which one is to own both."));
        }
        var remedy = new Script()
                .statement("ALTER SEQUENCE %s OWNED BY %s.%s"
                        .formatted(
                                watched.name().sql(),
                                consumer.column().table().sql(),
                                consumer.column().sql()));
        return Stream.of(finding(Severity.Info, subject, text, remedy.toString()));
    }
}
