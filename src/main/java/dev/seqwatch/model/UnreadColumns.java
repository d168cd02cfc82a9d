package dev.seqwatch.model;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Integer columns that have no statistics, and values that were not read. There may be a million of them, so only the hash
 * code of each name is held. Two columns with one hash code are taken for each other: a finding then stays a little longer.
 */
public final class UnreadColumns {
    public static final UnreadColumns NONE = new UnreadColumns(IntStream.empty());

    private final int[] hashes;

    /** @param hashCodes of {@link ColumnName}s, in any order */
    public UnreadColumns(IntStream hashCodes) {
        hashes = hashCodes.sorted().distinct().toArray();
    }

    public int count() {
        return hashes.length;
    }

    public boolean contains(ColumnName column) {
        return Arrays.binarySearch(hashes, column.hashCode()) >= 0;
    }
}
