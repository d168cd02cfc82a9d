package dev.seqwatch.postgres.connection;

import java.util.ArrayList;
import java.util.List;

/** Cuts long parameter lists, so that no statement's text grows without bound. */
public final class Chunks {
    private static final int SIZE = 10_000;

    private Chunks() {}

    public static <T> List<List<T>> of(List<T> all) {
        return of(all, SIZE);
    }

    public static <T> List<List<T>> of(List<T> all, int size) {
        var chunks = new ArrayList<List<T>>();
        for (var from = 0; from < all.size(); from += size) {
            chunks.add(all.subList(from, Math.min(all.size(), from + size)));
        }
        return chunks;
    }
}
