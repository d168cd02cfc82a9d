package dev.seqwatch.check;

import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Fact;
import dev.seqwatch.model.Headroom;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.StoredIds;
import dev.seqwatch.model.StoredIds.Collision;
import dev.seqwatch.model.Uniqueness;
import dev.seqwatch.model.WatchedSequence;
import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A stored id that the sequence will still give: the insert that draws it fails, or stores the id a second time. */
final class SequenceBehind implements Check {
    private static final BigInteger NEAR = BigInteger.valueOf(1_000);

    @Override
    public Set<Fact> needs() {
        return Set.of(Fact.ColumnStatistics, Fact.UniqueIndexes);
    }

    @Override
    public Stream<Finding> examine(DatabaseState state, CheckPolicy policy, DatabaseHistory history) {
        return state.sequences().stream()
                .flatMap(watched -> watched.sequenceColumns().stream()
                        .flatMap(sequenceColumn -> examine(watched, sequenceColumn, policy)
                                .map(finding -> withCollision(finding, sequenceColumn))
                                .stream()));
    }

    private static Finding withCollision(Finding finding, SequenceColumn sequenceColumn) {
        var collision = sequenceColumn.stored().collision();
        return collision == null ? finding : finding.withCollision(collision);
    }

    private Optional<Finding> examine(WatchedSequence watched, SequenceColumn sequenceColumn, CheckPolicy policy) {
        if (sequenceColumn.table().subscribed()) {
            return Optional.of(switchover(watched, sequenceColumn));
        }
        var collision = sequenceColumn.stored().collision();
        var distance = watched.collisionDistance(sequenceColumn);
        if (collision == null || distance == null || comesBackOnPurpose(watched, collision)) {
            return Optional.empty();
        }
        var severity = severity(collision, distance);
        var subject = Subject.of(watched.name()).column(sequenceColumn.column());
        var text = message(watched, sequenceColumn, collision, distance);
        return Optional.of(
                tooFar(watched, policy)
                        ? finding(
                                severity,
                                subject,
                                text
                                        + " Moving the sequence past the farthest of them (%s) would use up its range: decide what becomes of those rows."
                                                .formatted(farthest(watched)))
                        : finding(severity, subject, text, SetvalRemedy.script(watched)));
    }

    /** What turns over gives every value again: only a column that must be unique suffers. */
    private static boolean comesBackOnPurpose(WatchedSequence watched, Collision collision) {
        return watched.sequence().cycle() && collision.uniqueness() != Uniqueness.Alone;
    }

    /** Logical replication carries rows and no positions: manual, section 29.8. */
    private Finding switchover(WatchedSequence watched, SequenceColumn sequenceColumn) {
        return finding(
                Severity.Info,
                Subject.of(watched.name()).column(sequenceColumn.column()),
                "%s is filled by a logical subscription, which does not move %s: it will be behind at switchover. Decide on the moment, and set it past the stored ids before the first insert here."
                        .formatted(sequenceColumn.column(), watched.name()));
    }

    private static Severity severity(Collision collision, BigInteger distance) {
        return switch (collision.source()) {
            case StoredIds.Source.Statistics _ -> Severity.Warning;
            case StoredIds.Source.Stored _ ->
                collision.uniqueness() == Uniqueness.None || distance.compareTo(NEAR) <= 0
                        ? Severity.Critical
                        : Severity.Warning;
        };
    }

    private static String message(
            WatchedSequence watched, SequenceColumn sequenceColumn, Collision collision, BigInteger distance) {
        var calls = distance.equals(BigInteger.ONE)
                ? "the very next insert draws an id that %s already holds (%s)"
                        .formatted(collision.table(), collision.first())
                : "in %s it draws an id that %s already holds (%s)"
                        .formatted(Numbers.count(distance, "call"), collision.table(), collision.first());
        var harm = switch (collision.uniqueness()) {
            case Alone ->
                spread(watched, sequenceColumn)
                        ? "an insert of it into %s fails with a duplicate key, one elsewhere stores the id a second time."
                                .formatted(collision.table())
                        : "that insert fails with a duplicate key.";
            case Composite ->
                "only a composite index is unique there, so the insert fails where the rest of the key agrees and stores the id twice elsewhere.";
            case None -> "no unique index stops it: silent duplicates.";
            case Unknown ->
                "that insert fails with a duplicate key, or stores the id twice where no unique index stops it; the indexes could not be read.";
        };
        var origin = switch (collision.source()) {
            case StoredIds.Source.Stored _ -> "";
            case StoredIds.Source.Statistics(var analyzed) ->
                " Seen in the column's statistics%s, not in the table: no index answers for it."
                        .formatted(analyzed == null ? "" : " of the ANALYZE at " + analyzed);
        };
        return "%s is behind %s: %s; %s%s%s"
                .formatted(
                        watched.name(), sequenceColumn.column(), calls, harm, neverCalled(watched.position()), origin);
    }

    /** Whether the id may be drawn for another table than the one that holds it. */
    private static boolean spread(WatchedSequence watched, SequenceColumn sequenceColumn) {
        var tables = watched.sequenceColumns().stream()
                .map(each -> each.table().name())
                .distinct();
        return tables.count() > 1
                || (sequenceColumn.table().tree() && !sequenceColumn.table().partitioned());
    }

    private static String neverCalled(Position position) {
        return switch (position) {
            case Position.NeverCalled _ ->
                " The sequence was never called over loaded rows: a bulk load, a restore or logical replication does not move it.";
            case Position.At _, Position.Unreadable _ -> "";
        };
    }

    /** Whether catching up would trade this finding for an exhausted sequence; turning over is no way out for a key. */
    private static boolean tooFar(WatchedSequence watched, CheckPolicy policy) {
        var ending = watched.withoutCycle();
        var farthest = farthest(watched);
        var after = farthest == null
                ? new Headroom.Endless()
                : Headroom.of(ending.sequence(), new Position.At(farthest), watched.limit());
        return strain(after, policy) > strain(ending.headroom(), policy);
    }

    /** How near the end, in steps that each make a finding worse. */
    private static int strain(Headroom headroom, CheckPolicy policy) {
        if (!(headroom instanceof Headroom.Finite finite)) {
            return 0;
        }
        var thresholds = policy.exhaustion();
        return (finite.usedAtLeast(thresholds.warningPercent()) ? 1 : 0)
                + (finite.usedAtLeast(thresholds.criticalPercent()) ? 1 : 0)
                + (finite.remaining().signum() == 0 ? 1 : 0);
    }

    private static @Nullable BigInteger farthest(WatchedSequence watched) {
        return watched.sequenceColumns().stream()
                .map(sequenceColumn -> sequenceColumn.stored().collision())
                .flatMap(Stream::ofNullable)
                .map(Collision::last)
                .reduce(watched.sequence().ascending() ? BigInteger::max : BigInteger::min)
                .orElse(null);
    }
}
