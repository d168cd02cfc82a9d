package dev.seqwatch.compare;

import static dev.seqwatch.model.Numbers.grouped;

import dev.seqwatch.compare.Difference.Effect;
import dev.seqwatch.compare.Difference.Kind;
import dev.seqwatch.model.ColumnType;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.WatchedSequence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares the sequences of two databases: whether the target continues each sequence of the source without giving an id a
 * second time. It goes by the position of the source and not by stored ids, because the largest id may have been deleted.
 *
 * <p>The source must take no more writes when it is read: replication, lag and writers are not judged here.
 */
public final class SequenceComparison {
    private final List<Difference> differences = new ArrayList<>();

    private SequenceComparison() {}

    /** All differences, in the order of the source's sequences. */
    public static List<Difference> of(DatabaseState source, DatabaseState target) {
        var comparison = new SequenceComparison();
        SequencePair.of(source, target).forEach(comparison::pair);
        return List.copyOf(comparison.differences);
    }

    private void pair(SequencePair pair) {
        var source = pair.source();
        if (pair.targets().isEmpty()) {
            add(
                    Kind.SequenceMissing,
                    Effect.No,
                    source,
                    "The target has no sequence of this name, and none that feeds its columns.");
            return;
        }
        for (var target : pair.targets()) {
            definition(source, target);
            position(source, target);
            storedIds(source, target);
        }
        source.sequenceColumns().stream()
                .filter(SequenceColumn::byItself)
                .forEach(column -> column(source, column, pair.targets()));
    }

    private void definition(WatchedSequence source, WatchedSequence target) {
        var from = source.sequence();
        var to = target.sequence();
        if (!from.increment().equals(to.increment())) {
            differs(source, target, "INCREMENT", grouped(from.increment()), grouped(to.increment()), Effect.No);
        }
        if (from.cycle() != to.cycle()) {
            differs(source, target, "CYCLE", String.valueOf(from.cycle()), String.valueOf(to.cycle()), Effect.No);
        }
        if (!from.range().equals(to.range())) {
            differs(
                    source,
                    target,
                    "MINVALUE to MAXVALUE",
                    grouped(from.range().min()) + " to " + grouped(from.range().max()),
                    grouped(to.range().min()) + " to " + grouped(to.range().max()),
                    to.range().contains(from.range()) ? Effect.Note : Effect.No);
        }
        if (from.cache() != to.cache()) {
            differs(source, target, "CACHE", String.valueOf(from.cache()), String.valueOf(to.cache()), Effect.Note);
        }
        if (!from.start().equals(to.start())) {
            differs(source, target, "START", grouped(from.start()), grouped(to.start()), Effect.Note);
        }
    }

    private void differs(
            WatchedSequence source, WatchedSequence target, String property, String from, String to, Effect effect) {
        add(
                Kind.DefinitionDiffers,
                effect,
                source,
                property + " is " + from + " at the source and " + to + " for " + target.name() + " at the target.");
    }

    private void position(WatchedSequence source, WatchedSequence target) {
        var from = source.position().next(source.sequence());
        var to = target.position().next(target.sequence());
        if (from == null || to == null) {
            add(
                    Kind.PositionUnknown,
                    Effect.Unknown,
                    source,
                    "The position of the sequence at the " + (from == null ? "source" : "target")
                            + " could not be read.");
        } else if (source.sequence().ascending() ? to.compareTo(from) < 0 : to.compareTo(from) > 0) {
            add(
                    Kind.PositionBehind,
                    Effect.No,
                    source,
                    "The next value is " + grouped(from) + " at the source and " + grouped(to) + " for " + target.name()
                            + " at the target, which would give ids again that the source has given.");
        }
    }

    private void storedIds(WatchedSequence source, WatchedSequence target) {
        for (var column : target.sequenceColumns()) {
            var collision = column.stored().collision();
            if (collision != null) {
                add(
                        Kind.StoredIdsAhead,
                        Effect.No,
                        source,
                        "At the target, " + column.column() + " already stores " + grouped(collision.first())
                                + ", which " + target.name() + " will still give.");
            }
        }
    }

    private void column(WatchedSequence source, SequenceColumn column, List<WatchedSequence> targets) {
        var other = fed(column, targets);
        if (other == null) {
            add(
                    Kind.DefaultMissing,
                    Effect.No,
                    source,
                    "At the target, no default or identity of " + column.column() + " calls a sequence.");
            return;
        }
        if (!column.type().display().equals(other.type().display())) {
            add(
                    Kind.TypeDiffers,
                    holds(other.type(), column.type()) ? Effect.Note : Effect.No,
                    source,
                    column.column() + " is " + column.type().display() + " at the source and "
                            + other.type().display() + " at the target.");
        }
    }

    /** Whether all values of the other type fit. */
    private static boolean holds(ColumnType type, ColumnType other) {
        var bounds = type.bounds();
        var needed = other.bounds();
        return bounds == null || (needed != null && bounds.contains(needed));
    }

    private static @Nullable SequenceColumn fed(SequenceColumn column, List<WatchedSequence> targets) {
        return targets.stream()
                .flatMap(target -> target.sequenceColumns().stream())
                .filter(other -> other.byItself() && other.column().equals(column.column()))
                .findFirst()
                .orElse(null);
    }

    private void add(Kind kind, Effect effect, WatchedSequence source, String message) {
        differences.add(new Difference(kind, effect, source.name(), message));
    }
}
