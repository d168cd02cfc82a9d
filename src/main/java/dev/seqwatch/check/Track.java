package dev.seqwatch.check;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where a sequence stood at some instants, oldest first: at most {@link #CAPACITY} of them, the denser the younger, so
 * that a few numbers span minutes and weeks alike. A value; adding to it gives another.
 */
public final class Track {
    public static final int CAPACITY = 16;
    public static final Track EMPTY = new Track(new long[0]);

    /** Pairs of epoch millisecond and next value: 272 bytes a sequence at most. */
    private final long[] pairs;

    private Track(long[] pairs) {
        this.pairs = pairs;
    }

    /** A sequence at an instant; what the next call of nextval gives. */
    public record Sample(Instant at, BigInteger next) {}

    public List<Sample> samples() {
        var samples = new ArrayList<Sample>();
        for (var i = 0; i < pairs.length; i += 2) {
            samples.add(new Sample(Instant.ofEpochMilli(pairs[i]), BigInteger.valueOf(pairs[i + 1])));
        }
        return samples;
    }

    /** The same where the sample is not younger than the last one, or its value is past the end of bigint. */
    public Track with(Sample sample) {
        var at = sample.at().toEpochMilli();
        if ((pairs.length > 0 && at <= pairs[pairs.length - 2]) || sample.next().bitLength() > 63) {
            return this;
        }
        var longer = Arrays.copyOf(pairs, pairs.length + 2);
        longer[pairs.length] = at;
        longer[pairs.length + 1] = sample.next().longValueExact();
        return longer.length / 2 > CAPACITY ? new Track(thinned(longer)) : new Track(longer);
    }

    /** Leaves out the inner sample that is missed least: whose gap would be smallest in proportion to its age. */
    private static long[] thinned(long[] pairs) {
        var now = pairs[pairs.length - 2];
        var least = 2;
        var smallest = Double.MAX_VALUE;
        for (var i = 2; i < pairs.length - 2; i += 2) {
            var gap = (double) (pairs[i + 2] - pairs[i - 2]) / (now - pairs[i] + 1);
            if (gap < smallest) {
                smallest = gap;
                least = i;
            }
        }
        var shorter = new long[pairs.length - 2];
        System.arraycopy(pairs, 0, shorter, 0, least);
        System.arraycopy(pairs, least + 2, shorter, least, pairs.length - least - 2);
        return shorter;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Track track && Arrays.equals(pairs, track.pairs);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(pairs);
    }

    @Override
    public String toString() {
        return samples().toString();
    }
}
