package dev.seqwatch.check;

import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.forecast.Forecast;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Fact;
import dev.seqwatch.model.KeyKind;
import dev.seqwatch.model.LeadingValues;
import dev.seqwatch.model.NotCheckedReason;
import dev.seqwatch.model.Numbers;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.StoredIds;
import dev.seqwatch.model.StoredIds.Collision;
import dev.seqwatch.model.Subscription;
import dev.seqwatch.model.Uniqueness;
import dev.seqwatch.model.WatchedSequence;
import dev.seqwatch.remedy.Remedy;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A stored id that the sequence will still give: the insert that gets it fails, or stores the id a second time. */
final class SequenceBehind implements Check {
    /** So many rows are a block of ids and no exceptions. */
    private static final long LARGE_BLOCK = 1_000;

    @Override
    public Set<Fact> needs() {
        return Set.of(Fact.ColumnStatistics, Fact.UniqueIndexes);
    }

    @Override
    public Stream<Finding> examine(DatabaseState state, CheckPolicy policy, DatabaseHistory history) {
        return state.sequences().stream()
                .flatMap(watched -> watched.sequenceColumns().stream()
                        .flatMap(sequenceColumn -> examine(watched, sequenceColumn, state, policy, history)
                                .map(finding -> withCollision(finding, sequenceColumn))
                                .stream()));
    }

    private static Finding withCollision(Finding finding, SequenceColumn sequenceColumn) {
        var collision = sequenceColumn.stored().collision();
        return collision == null ? finding : finding.withCollision(collision);
    }

    private Optional<Finding> examine(
            WatchedSequence watched,
            SequenceColumn sequenceColumn,
            DatabaseState state,
            CheckPolicy policy,
            DatabaseHistory history) {
        if (sequenceColumn.table().subscribed() && !insertedHere(watched, sequenceColumn, history)) {
            return Optional.of(switchover(watched, sequenceColumn));
        }
        var collision = sequenceColumn.stored().collision();
        var distance = watched.collisionDistance(sequenceColumn);
        if (collision == null || distance == null) {
            return notCompared(watched, sequenceColumn);
        }
        if (comesBackOnPurpose(watched, collision)) {
            return Optional.empty();
        }
        var leading = collision.leading();
        if (leading != null && leading.beginAgain()) {
            return Optional.of(beginsAgain(watched, sequenceColumn, leading));
        }
        var catchUp = new SetvalDecision(watched, policy);
        var time = Forecast.firmTimeOf(distance, watched, state, history);
        var severity = severity(watched, sequenceColumn, collision, distance, time, catchUp, policy);
        var text = message(watched, sequenceColumn, collision, distance, time);
        var finding = Finding.of(
                this,
                severity,
                Subject.of(watched.name()).column(sequenceColumn.column()),
                text,
                remedy(watched, sequenceColumn, collision, severity, catchUp));
        return Optional.of(
                time == null
                        ? finding.withRemaining(CollisionSeverity.remaining(distance, CollisionSeverity.given(watched)))
                        : finding.withRemaining(time));
    }

    /**
     * Whether inserts of this database call the sequence although a subscription has the table. A worker may be away for a
     * moment, so a sequence that was never called waits for the switchover whether or not the subscription works.
     */
    private static boolean insertedHere(
            WatchedSequence watched, SequenceColumn sequenceColumn, DatabaseHistory history) {
        var next = watched.position().next(watched.sequence());
        return watched.position() instanceof Position.At
                && (sequenceColumn.table().subscription() == Subscription.Stopped
                        || history.of(watched.name()).samples().stream()
                                .anyMatch(sample -> !sample.next().equals(next)));
    }

    /** What turns over gives every value again: only a column that must be unique suffers. */
    private static boolean comesBackOnPurpose(WatchedSequence watched, Collision collision) {
        return watched.sequence().cycle() && collision.uniqueness() != Uniqueness.Alone;
    }

    /** Logical replication brings no positions with the rows: manual, section 29.8. */
    private Finding switchover(WatchedSequence watched, SequenceColumn sequenceColumn) {
        return finding(
                Severity.Info,
                Subject.of(watched.name()).column(sequenceColumn.column()),
                "A logical subscription fills %s and does not move %s with it: %s. Before applications insert here, compare both databases with bin/seqwatch compare."
                        .formatted(sequenceColumn.column(), watched.name(), distance(watched, sequenceColumn)));
    }

    /** What inserts would meet if they began now. */
    private static String distance(WatchedSequence watched, SequenceColumn sequenceColumn) {
        var collision = sequenceColumn.stored().collision();
        var distance = watched.collisionDistance(sequenceColumn);
        if (collision != null && distance != null) {
            return distance.equals(BigInteger.ONE)
                    ? "the very next value, %s, is stored already".formatted(Numbers.grouped(collision.first()))
                    : "after %s it gives %s, which is stored already"
                            .formatted(
                                    Numbers.count(distance.subtract(BigInteger.ONE), "other value"),
                                    Numbers.grouped(collision.first()));
        }
        return watched.position() instanceof Position.Unreadable
                        || !sequenceColumn.stored().gaps().isEmpty()
                ? "how far it is from the stored ids is not known"
                : "it is past the stored ids, but perhaps not past the ids that were deleted";
    }

    /** A sequence that was never called over a table that is full is behind, unless its rows have ids of another kind. */
    private Optional<Finding> notCompared(WatchedSequence watched, SequenceColumn sequenceColumn) {
        var gap = sequenceColumn.stored().gaps().stream()
                .filter(each -> unknown(each.reason()))
                .findFirst();
        return gap.isPresent()
                        && watched.position() instanceof Position.NeverCalled(var next)
                        && sequenceColumn.uniqueness() != Uniqueness.None
                        && sequenceColumn.table().counters().stored() > 0
                ? Optional.of(finding(
                        Severity.Warning,
                        Subject.of(watched.name()).column(sequenceColumn.column()),
                        "%s was never called, but %s holds rows, and nothing tells whether one of them holds %s or a later value: the ids of %s were not compared, because %s. Compare them, and move the sequence past them if they came with a restore or a bulk load."
                                .formatted(
                                        watched.name(),
                                        sequenceColumn.table().name(),
                                        next,
                                        gap.get().table(),
                                        gap.get().reason().explanation())))
                : Optional.empty();
    }

    /** Not what a grant would show, which InsufficientPrivileges reports, nor what another session hides for a moment. */
    private static boolean unknown(NotCheckedReason reason) {
        return switch (reason) {
            case NoUsableIndex, TooManyLeadingValues, TooManyIndexes, TooManyIds, TimedOut, NotNumeric, DerivedValue ->
                true;
            case NextValuesOnly,
                    NoPrivilege,
                    RowLevelSecurity,
                    Locked,
                    ForeignTable,
                    Standby,
                    ViewUnknown,
                    UnknownCall,
                    UnknownConstraint,
                    ProbableUse,
                    ProbableUseAhead,
                    PartitionDefault,
                    PositionUnknown,
                    ServerError -> false;
        };
    }

    /** Ids that are given again for each year or tenant hurt nobody as long as new rows have a leading value of their own. */
    private Finding beginsAgain(WatchedSequence watched, SequenceColumn sequenceColumn, LeadingValues leading) {
        var stands = leading.current()
                ? "One of them ends where the sequence stands, so new rows have free numbers there; a row for one of the others fails with a duplicate key."
                : "None of them ends where the sequence stands: decide whether new rows begin another value of %s, or the sequence has to follow one of them."
                        .formatted(leading.columns());
        var severity = leading.current() || watched.position() instanceof Position.NeverCalled
                ? Severity.Info
                : Severity.Warning;
        return finding(
                severity,
                Subject.of(watched.name()).column(sequenceColumn.column()),
                "%s begins again with each value of %s: %s of %s values hold ids that %s will give. %s"
                        .formatted(
                                sequenceColumn.column(),
                                leading.columns(),
                                leading.ahead(),
                                leading.seen(),
                                watched.name(),
                                stands));
    }

    private static Severity severity(
            WatchedSequence watched,
            SequenceColumn sequenceColumn,
            Collision collision,
            BigInteger distance,
            @Nullable Duration time,
            SetvalDecision catchUp,
            CheckPolicy policy) {
        var severity = CollisionSeverity.of(distance, CollisionSeverity.given(watched), time);
        if (severity == Severity.Info && restored(watched, sequenceColumn, collision, catchUp)) {
            severity = Severity.Warning;
        }
        if (isLargeBlock(collision, catchUp)) {
            var end = CollisionSeverity.ofEnd(distance, CollisionSeverity.given(watched), time, policy);
            severity = severity.compareTo(end) < 0 ? severity : end;
        }
        var atMost = switch (collision.source()) {
            case StoredIds.Source.Statistics _ -> Severity.Warning;
            case StoredIds.Source.Stored _ -> Severity.Critical;
        };
        if (KeyKind.order(watched, sequenceColumn) || KeyKind.idleCopy(watched, sequenceColumn)) {
            atMost = Severity.Info;
        } else if (KeyKind.copy(watched, sequenceColumn)) {
            atMost = Severity.Warning;
        }
        return severity.compareTo(atMost) < 0 ? atMost : severity;
    }

    /** So many ids, up to the end of the range, that no setval leads past them: the sequence ends before the first of them. */
    private static boolean isLargeBlock(Collision collision, SetvalDecision catchUp) {
        return collision.uniqueness() == Uniqueness.Alone
                && collision.run().rows() >= LARGE_BLOCK
                && catchUp.leadsToTheEnd(collision);
    }

    /** Loaded rows whose ids another life of the sequence made, the first of them deleted. */
    private static boolean restored(
            WatchedSequence watched, SequenceColumn sequenceColumn, Collision collision, SetvalDecision catchUp) {
        return watched.position() instanceof Position.NeverCalled && catchUp.accountedFor(sequenceColumn, collision);
    }

    private static Remedy remedy(
            WatchedSequence watched,
            SequenceColumn sequenceColumn,
            Collision collision,
            Severity severity,
            SetvalDecision catchUp) {
        if (KeyKind.order(watched, sequenceColumn)) {
            return new Remedy.Decide(
                    "The table has another key and no foreign key points to this column: decide whether its values must be unique.");
        }
        if (KeyKind.copy(watched, sequenceColumn)) {
            return new Remedy.Decide(
                    "The sequence belongs to %s: decide whether rows are still inserted into %s, or drop the default there."
                            .formatted(
                                    watched.owned() == null
                                            ? ""
                                            : watched.owned().column(),
                                    sequenceColumn.table().name()));
        }
        if (severity == Severity.Info) {
            return new Remedy.Decide(
                    "At its present rate, or compared with all that it gave so far, the sequence is years away from it: decide whether the ids up to %s may stay."
                            .formatted(Numbers.grouped(collision.last())));
        }
        return catchUp.remedy(sequenceColumn, collision);
    }

    private static String message(
            WatchedSequence watched,
            SequenceColumn sequenceColumn,
            Collision collision,
            BigInteger distance,
            @Nullable Duration time) {
        var calls = distance.equals(BigInteger.ONE)
                ? "the very next insert gets an id that %s already holds (%s)"
                        .formatted(collision.table(), Numbers.grouped(collision.first()))
                : "in %s%s%s it returns an id that %s already holds (%s)"
                        .formatted(
                                collision.leading() == null
                                                || collision.leading().complete()
                                        ? ""
                                        : "at most ",
                                Numbers.count(distance, "call"),
                                time == null ? "" : ", about " + Forecast.words(time) + " from now,",
                                collision.table(),
                                Numbers.grouped(collision.first()));
        var origin = switch (collision.source()) {
            case StoredIds.Source.Stored _ -> "";
            case StoredIds.Source.Statistics(var analyzed) ->
                " Seen in the column's statistics%s, not in the table: no index answers for it."
                        .formatted(analyzed == null ? "" : " of the ANALYZE at " + analyzed);
        };
        return "%s is behind %s: %s; %s%s%s%s"
                .formatted(
                        watched.name(),
                        sequenceColumn.column(),
                        calls,
                        harm(watched, sequenceColumn, collision),
                        neverCalled(watched.position()),
                        origin,
                        outliers(collision));
    }

    private static String harm(WatchedSequence watched, SequenceColumn sequenceColumn, Collision collision) {
        return switch (collision.uniqueness()) {
            case Alone ->
                spread(watched, sequenceColumn)
                        ? "an insert of it into %s fails with a duplicate key, an insert into another table stores the id a second time."
                                .formatted(collision.table())
                        : "that insert fails with a duplicate key.";
            case Composite ->
                "only a composite index is unique there, so the insert fails where the rest of the key agrees and stores the id twice elsewhere.";
            case None -> "no unique index stops it, so that two rows get the same id: silent duplicates.";
            case Unknown ->
                "that insert fails with a duplicate key, or stores the id twice where no unique index stops it; the indexes could not be read.";
        };
    }

    private static String outliers(Collision collision) {
        return collision.last().equals(collision.run().end())
                ? ""
                : " Far behind these ids there are others, up to %s.".formatted(Numbers.grouped(collision.last()));
    }

    /** Whether the id may be given to another table than the one that holds it. */
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
}
