package dev.seqwatch.check;

import dev.seqwatch.model.DenseRun;
import dev.seqwatch.model.Headroom;
import dev.seqwatch.model.Numbers;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.StoredIds.Collision;
import dev.seqwatch.model.WatchedSequence;
import dev.seqwatch.remedy.LazyText;
import dev.seqwatch.remedy.Remedy;
import dev.seqwatch.remedy.SetvalRemedy;
import java.math.BigInteger;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a script may move a sequence past the ids in its way: to the end of the run of ids that it can have made itself,
 * never to an outlier. A jump that few rows account for is a question, because the values it skips are lost.
 *
 * @param watched whose position is known
 */
record SetvalDecision(WatchedSequence watched, CheckPolicy policy) {
    /** Above it a double, and so JavaScript, no longer holds each whole number. */
    private static final BigInteger EXACT_IN_DOUBLES = BigInteger.TWO.pow(53);

    /** So many values a row are what deleted rows and rolled-back inserts leave. */
    private static final long USUAL_VALUES_A_ROW = 10;

    private static final long MOST_VALUES_A_ROW = 100;
    private static final BigInteger SMALL_JUMP = BigInteger.valueOf(10_000);
    private static final BigInteger HUNDRED = BigInteger.valueOf(100);

    /** Of a column with a collision. */
    Remedy remedy(SequenceColumn sequenceColumn, Collision collision) {
        return question(sequenceColumn, collision)
                .<Remedy>map(Remedy.Decide::new)
                .orElseGet(() -> new Remedy.Run(new LazyText(() -> SetvalRemedy.script(watched, bound()))));
    }

    /** Whether little would be left behind the farthest of the ids. */
    boolean leadsToTheEnd(Collision collision) {
        return strain(watched.withoutCycle().headroomAt(new Position.At(collision.last()))) > 0;
    }

    /** The rows of the run that account for the values up to its end. */
    boolean accountedFor(SequenceColumn sequenceColumn, Collision collision) {
        return jump(collision)
                        .compareTo(rows(sequenceColumn, collision).multiply(BigInteger.valueOf(USUAL_VALUES_A_ROW)))
                <= 0;
    }

    private Optional<String> question(SequenceColumn sequenceColumn, Collision collision) {
        var jump = jump(collision);
        var rows = rows(sequenceColumn, collision);
        var end = Numbers.grouped(collision.run().end());
        var next = next();
        if (collision.run().end().abs().compareTo(EXACT_IN_DOUBLES) > 0
                && next.abs().compareTo(EXACT_IN_DOUBLES) <= 0) {
            return Optional.of(
                    "Moving the sequence past %s would make it give numbers above 2^53, which JavaScript and other clients round: decide what becomes of those rows."
                            .formatted(end));
        }
        var accountedFor = accountedFor(sequenceColumn, collision);
        var worse = strain(after(collision)) > strain(watched.withoutCycle().headroom());
        if (accountedFor
                ? ended(after(collision))
                : worse || jump.multiply(HUNDRED).compareTo(range()) > 0) {
            return Optional.of(
                    "Moving the sequence past %s would use up %s of its range for about %s: decide what becomes of those rows."
                            .formatted(end, part(jump), Numbers.count(rows, "row")));
        }
        if (!accountedFor
                && jump.compareTo(SMALL_JUMP) > 0
                && jump.compareTo(rows.multiply(BigInteger.valueOf(MOST_VALUES_A_ROW))) > 0) {
            return Optional.of(
                    "Moving the sequence past %s would skip %s for about %s: decide whether the sequence or another writer made those ids."
                            .formatted(end, Numbers.count(jump, "value"), Numbers.count(rows, "row")));
        }
        return Optional.empty();
    }

    /** Ids up to here belong to the runs that a script may pass; new rows of the same writer may have come meanwhile. */
    private BigInteger bound() {
        var sequence = watched.sequence();
        var ends = watched.sequenceColumns().stream()
                .flatMap(column -> Stream.ofNullable(column.stored().collision())
                        .filter(collision -> question(column, collision).isEmpty())
                        .map(collision -> collision.run().end()))
                .toList();
        var end = sequence.farthest(ends);
        var limit = watched.limit().value();
        var bound = end.add(DenseRun.widestGap(end, sequence, limit).multiply(sequence.increment()));
        return sequence.ascending() ? bound.min(limit) : bound.max(limit);
    }

    private BigInteger jump(Collision collision) {
        return watched.sequence().callsBetween(next(), collision.run().end()).add(BigInteger.ONE);
    }

    /** Counted up to {@link DenseRun#MOST_ROWS}, and from there on estimated. */
    private static BigInteger rows(SequenceColumn sequenceColumn, Collision collision) {
        var run = collision.run();
        if (run.rows() < DenseRun.MOST_ROWS) {
            return BigInteger.valueOf(run.rows());
        }
        var length = run.end().subtract(run.first()).abs().add(BigInteger.ONE);
        var stored = BigInteger.valueOf(sequenceColumn.table().counters().stored());
        return stored.min(length).max(BigInteger.valueOf(run.rows()));
    }

    private BigInteger range() {
        var sequence = watched.sequence();
        return sequence.callsBetween(sequence.rangeStart(), watched.limit().value())
                .abs();
    }

    private String part(BigInteger jump) {
        return Numbers.percent(jump.doubleValue() / Math.max(1, range().doubleValue()));
    }

    private Headroom after(Collision collision) {
        return watched.withoutCycle().headroomAt(new Position.At(collision.run().end()));
    }

    private static boolean ended(Headroom headroom) {
        return headroom instanceof Headroom.Finite finite && finite.remaining().signum() == 0;
    }

    /** How near the end, in steps that each make a finding worse. */
    private int strain(Headroom headroom) {
        if (!(headroom instanceof Headroom.Finite finite)) {
            return 0;
        }
        var thresholds = policy.exhaustion();
        return (finite.usedAtLeast(thresholds.warningPercent()) ? 1 : 0)
                + (finite.usedAtLeast(thresholds.criticalPercent()) ? 1 : 0)
                + (finite.remaining().signum() == 0 ? 1 : 0);
    }

    private BigInteger next() {
        var next = watched.position().next(watched.sequence());
        return next == null ? watched.sequence().start() : next;
    }
}
