package dev.seqwatch.check;

import dev.seqwatch.sequence.Consumer;
import dev.seqwatch.sequence.Snapshot;
import dev.seqwatch.sequence.Sql;
import dev.seqwatch.sequence.WatchedSequence;
import java.util.Optional;
import java.util.stream.Stream;

/** Sequence and table belong to different roles: the table's owner may neither move nor drop what it needs. */
final class OwnerMismatch implements Check {
    @Override
    public Stream<Finding> examine(Snapshot snapshot, Policy policy, History history) {
        return snapshot.sequences().stream().flatMap(watched -> examine(watched).stream());
    }

    private Optional<Finding> examine(WatchedSequence watched) {
        return Handover.drawing(watched).stream()
                .filter(consumer ->
                        !consumer.table().owner().equals(watched.sequence().owner()))
                .findFirst()
                .map(consumer -> remedy(watched, consumer)
                        .finding(
                                this,
                                Severity.Info,
                                Subject.of(watched.name()).column(consumer.column()),
                                "%s belongs to role %s, the table %s that draws from it to %s."
                                        .formatted(
                                                watched.name(),
                                                watched.sequence().owner(),
                                                consumer.table().name(),
                                                consumer.table().owner())));
    }

    private static Remedy remedy(WatchedSequence watched, Consumer consumer) {
        var owners = Handover.drawing(watched).stream()
                .map(each -> each.table().owner())
                .distinct()
                .count();
        if (owners > 1 || watched.owned() != null) {
            return new Remedy.Decide(
                    "Several roles have a stake in it: decide which one is to own sequence and table.");
        }
        var script = new Script()
                .comment(
                        "As a superuser, or as a member of both roles. What the old owner may do today it may do afterwards.")
                .statement("BEGIN")
                .statement("ALTER SEQUENCE %s OWNER TO %s"
                        .formatted(
                                watched.name().sql(),
                                Sql.identifier(consumer.table().owner())))
                .statement("GRANT ALL ON SEQUENCE %s TO %s"
                        .formatted(
                                watched.name().sql(),
                                Sql.identifier(watched.sequence().owner())))
                .statement("COMMIT");
        return Remedy.Run.of(script);
    }
}
