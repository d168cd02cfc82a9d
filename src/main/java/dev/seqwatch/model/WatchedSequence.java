package dev.seqwatch.model;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A sequence with all that bears on it.
 *
 * @param owned the column that owns it, or null
 * @param otherUses views, functions and other objects that depend on it
 * @param uses what calls it beside those columns
 * @param withoutUsage roles that may insert but may not call it
 * @param limit the tightest bound in the direction of the increment, partitions left out
 * @param partitions of the tables that are partitioned by its values and have no DEFAULT partition
 */
public record WatchedSequence(
        Sequence sequence,
        Position position,
        @Nullable Ownership owned,
        List<SequenceColumn> sequenceColumns,
        List<Reference> references,
        List<String> otherUses,
        SequenceUses uses,
        List<InsertGrant> withoutUsage,
        Limit limit,
        List<IdPartitions> partitions) {
    public WatchedSequence {
        sequenceColumns = List.copyOf(sequenceColumns);
        references = List.copyOf(references);
        otherUses = List.copyOf(otherUses);
        withoutUsage = List.copyOf(withoutUsage);
        partitions = List.copyOf(partitions);
    }

    /** A sequence that nothing but its columns is known to call. */
    public WatchedSequence(
            Sequence sequence,
            Position position,
            @Nullable Ownership owned,
            List<SequenceColumn> sequenceColumns,
            List<Reference> references,
            List<String> otherUses,
            List<InsertGrant> withoutUsage,
            Limit limit) {
        this(
                sequence,
                position,
                owned,
                sequenceColumns,
                references,
                otherUses,
                SequenceUses.NONE,
                withoutUsage,
                limit,
                List.of());
    }

    public RelationName name() {
        return sequence.name();
    }

    /** Whether something was found to call it, or is likely to. */
    public boolean used() {
        return !sequenceColumns.isEmpty() || !uses.callers().isEmpty();
    }

    /** The same as if it ended at its end. */
    public WatchedSequence withoutCycle() {
        return new WatchedSequence(
                sequence.withoutCycle(),
                position,
                owned,
                sequenceColumns,
                references,
                otherUses,
                uses,
                withoutUsage,
                limit,
                partitions);
    }

    public Headroom headroom() {
        return headroomAt(position);
    }

    /** What would be left if it stood there. */
    public Headroom headroomAt(Position other) {
        return Headroom.of(sequence, other, limit, usedBeforeStart());
    }

    /** Whether START begins a block of its own, so that its use is counted from there. */
    public boolean countsFromStart() {
        var next = position.next(sequence);
        return next != null
                && sequence.startsWithin()
                && sequence.usedFrom(next, usedBeforeStart()).equals(sequence.start());
    }

    /** Whether a column holds ids before START, or may hold them. */
    private boolean usedBeforeStart() {
        return sequenceColumns.stream().map(SequenceColumn::stored).anyMatch(stored -> {
            var first = stored.first();
            return first == null
                    ? !stored.gaps().isEmpty()
                    : first.subtract(sequence.start()).signum()
                                    * sequence.increment().signum()
                            < 0;
        });
    }

    /**
     * Calls of nextval until a sequence with CYCLE has turned and gives the first stored id of a column again, that call
     * included; null where none is known.
     */
    public @Nullable BigInteger turnDistance(SequenceColumn sequenceColumn) {
        var next = position.next(sequence);
        var first = sequenceColumn.stored().first();
        if (!sequence.cycle() || next == null || first == null || limit.kind() != Limit.Kind.Sequence) {
            return null;
        }
        var afterTurn = first.subtract(sequence.turn());
        var callsToTurn = sequence.callsBetween(next, sequence.end()).add(BigInteger.ONE);
        return afterTurn.remainder(sequence.increment()).signum() != 0
                ? null
                : callsToTurn
                        .max(BigInteger.ZERO)
                        .add(afterTurn.divide(sequence.increment()))
                        .add(BigInteger.ONE);
    }

    /**
     * Calls of nextval until the first stored id of a sequence column is given again, that call included; null where no id is
     * known to lie ahead.
     */
    public @Nullable BigInteger collisionDistance(SequenceColumn sequenceColumn) {
        var collision = sequenceColumn.stored().collision();
        var next = position.next(sequence);
        if (collision == null || next == null) {
            return null;
        }
        return collision
                .first()
                .subtract(next)
                .divide(sequence.increment())
                .add(BigInteger.ONE)
                .max(BigInteger.ONE);
    }

    /** The same over all sequence columns; null where none collides. */
    public @Nullable BigInteger collisionDistance() {
        return sequenceColumns.stream()
                .map(this::collisionDistance)
                .flatMap(Stream::ofNullable)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }
}
