package dev.seqwatch.model;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;

/**
 * The run of ids that one sequence can have made, told from ids that came another way: in a run no gap is wider than rollbacks,
 * caches and deleted rows leave. An id far behind the others is an outlier, and a catch-up must not go there.
 *
 * @param first of the run, in the direction of the sequence
 * @param end the last of the run
 * @param rows that hold ids of the run, counted up to {@link #MOST_ROWS}
 */
public record DenseRun(BigInteger first, BigInteger end, long rows) {
    /** Rows are counted so far; more make no difference. */
    public static final long MOST_ROWS = 10_000;

    /** A gap of so many calls belongs to a run wherever it is, and so does one of a tenth of the way from the start. */
    public static final long SMALL_GAP = 1_000;

    public static final long PART_OF_THE_WAY = 10;

    /** But none that takes more than a hundredth of the range. */
    public static final long PART_OF_THE_RANGE = 100;

    /** The widest gap, in calls, that may follow an id. */
    public static BigInteger widestGap(BigInteger id, Sequence sequence, BigInteger limit) {
        var way = sequence.callsBetween(sequence.rangeStart(), id).abs();
        return way.divide(BigInteger.valueOf(PART_OF_THE_WAY))
                .max(BigInteger.valueOf(SMALL_GAP))
                .min(widestGap(sequence, limit));
    }

    /** The widest gap of all, in calls. */
    public static BigInteger widestGap(Sequence sequence, BigInteger limit) {
        return sequence.callsBetween(sequence.rangeStart(), limit)
                .abs()
                .divide(BigInteger.valueOf(PART_OF_THE_RANGE))
                .max(BigInteger.ONE);
    }

    /** The run that begins with the nearest of several runs of one sequence, and goes on in those that follow it closely. */
    public static DenseRun joined(List<DenseRun> runs, Sequence sequence, BigInteger limit) {
        var byFirst = Comparator.comparing(DenseRun::first);
        var nearestFirst = runs.stream()
                .sorted(sequence.ascending() ? byFirst : byFirst.reversed())
                .toList();
        var joined = nearestFirst.getFirst();
        for (var run : nearestFirst.subList(1, nearestFirst.size())) {
            if (follows(joined.end(), run.first(), sequence, limit)) {
                var end = sequence.farthest(List.of(joined.end(), run.end()));
                joined = new DenseRun(joined.first(), end, joined.rows() + run.rows());
            }
        }
        return joined;
    }

    /**
     * The end that most of several ends agree on: from the middle one onwards as far as each is close to the one before.
     *
     * @param ends the last ids of several writers or groups of rows; at least one
     */
    public static BigInteger commonEnd(List<BigInteger> ends, Sequence sequence, BigInteger limit) {
        var natural = Comparator.<BigInteger>naturalOrder();
        var sorted = ends.stream()
                .sorted(sequence.ascending() ? natural : natural.reversed())
                .toList();
        var middle = (sorted.size() - 1) / 2;
        var end = sorted.get(middle);
        for (var next : sorted.subList(middle + 1, sorted.size())) {
            if (!follows(end, next, sequence, limit)) {
                break;
            }
            end = next;
        }
        return end;
    }

    private static boolean follows(BigInteger before, BigInteger id, Sequence sequence, BigInteger limit) {
        return sequence.callsBetween(before, id).compareTo(widestGap(before, sequence, limit)) <= 0;
    }
}
