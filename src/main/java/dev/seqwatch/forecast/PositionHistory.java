package dev.seqwatch.forecast;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where a sequence stood at some instants, oldest first: at most {@link #CAPACITY} of them, the denser the younger, so
 * that a few numbers span minutes and weeks alike. A value; adding to it gives another.
 */
public final class PositionHistory {
    public static final int CAPACITY = 48;

    /** Two weeks and a day hold two of what happens once a week, whole; older samples bear on no rate. */
    public static final Duration MATTERS = Duration.ofDays(15);

    /** Older samples show what happens once a month, so that it is no surprise; still older ones bear on nothing. */
    public static final Duration KEPT = Duration.ofDays(36);

    public static final PositionHistory EMPTY = new PositionHistory(new byte[0]);

    private static final int WEIGHT_OF_BENDS = 20;

    /** Differences from sample to sample, as numbers of variable length: some 350 bytes for what would be 768. */
    private final byte[] packed;

    private PositionHistory(byte[] packed) {
        this.packed = packed;
    }

    /** A sequence at an instant; what the next call of nextval gives. */
    public record Sample(Instant at, BigInteger next) {}

    public List<Sample> samples() {
        var pairs = unpack(packed);
        var samples = new ArrayList<Sample>(CAPACITY);
        for (var i = 0; i < pairs.length; i += 2) {
            samples.add(new Sample(Instant.ofEpochMilli(pairs[i]), BigInteger.valueOf(pairs[i + 1])));
        }
        return samples;
    }

    /**
     * Samples that are not older than this one come from a clock that ran ahead, and go. The same where the value is past
     * the end of bigint.
     */
    public PositionHistory with(Sample sample) {
        if (sample.next().bitLength() > 63) {
            return this;
        }
        var at = sample.at().toEpochMilli();
        var pairs = unpack(packed);
        var length = pairs.length;
        while (length > 0 && pairs[length - 2] >= at) {
            length -= 2;
        }
        var longer = Arrays.copyOf(pairs, length + 2);
        longer[length] = at;
        longer[length + 1] = sample.next().longValueExact();
        return new PositionHistory(pack(longer.length / 2 > CAPACITY ? thinned(longer) : longer));
    }

    private static byte[] pack(long[] pairs) {
        var bytes = new byte[pairs.length * 10];
        var length = 0;
        for (var i = 0; i < pairs.length; i++) {
            var difference = i < 2 ? pairs[i] : pairs[i] - pairs[i - 2];
            var rest = (difference << 1) ^ (difference >> 63);
            while ((rest & ~0x7FL) != 0) {
                bytes[length++] = (byte) ((rest & 0x7F) | 0x80);
                rest >>>= 7;
            }
            bytes[length++] = (byte) rest;
        }
        return Arrays.copyOf(bytes, length);
    }

    /** Pairs of epoch millisecond and next value. */
    private static long[] unpack(byte[] packed) {
        var pairs = new long[2 * CAPACITY];
        var length = 0;
        for (var i = 0; i < packed.length; length++) {
            var rest = 0L;
            for (var shift = 0; ; shift += 7) {
                rest |= (packed[i] & 0x7FL) << shift;
                if (packed[i++] >= 0) {
                    break;
                }
            }
            var difference = (rest >>> 1) ^ -(rest & 1);
            pairs[length] = length < 2 ? difference : pairs[length - 2] + difference;
        }
        return Arrays.copyOf(pairs, length);
    }

    /**
     * Leaves out the inner sample that is missed least: whose gap would be smallest in proportion to its age, and where
     * the course hardly bends, so that a burst stays as short as it was.
     */
    private static long[] thinned(long[] pairs) {
        var now = pairs[pairs.length - 2];
        var way = 1.0;
        for (var i = 2; i < pairs.length; i += 2) {
            way += Math.abs((double) pairs[i + 1] - pairs[i - 1]);
        }
        var least = 2;
        var smallest = Double.MAX_VALUE;
        for (var i = 2; i < pairs.length - 2; i += 2) {
            var gap = (double) (pairs[i + 2] - pairs[i - 2]);
            var straight = pairs[i - 1] + ((double) pairs[i + 3] - pairs[i - 1]) * (pairs[i] - pairs[i - 2]) / gap;
            var bend = Math.abs(pairs[i + 1] - straight) / way;
            var missed = gap / (now - pairs[i] + 1) * (1 + WEIGHT_OF_BENDS * bend);
            if (missed < smallest) {
                smallest = missed;
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
        return other instanceof PositionHistory track && Arrays.equals(packed, track.packed);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(packed);
    }

    @Override
    public String toString() {
        return samples().toString();
    }
}
