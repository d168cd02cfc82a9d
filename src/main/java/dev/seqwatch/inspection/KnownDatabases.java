package dev.seqwatch.inspection;

import java.util.Set;

/**
 * Databases that earlier inspections of a monitor tell of.
 *
 * @param all whether they could be read or not
 * @param read those that could be read at least once
 */
public record KnownDatabases(Set<String> all, Set<String> read) {
    public static final KnownDatabases NONE = new KnownDatabases(Set.of(), Set.of());

    public KnownDatabases {
        all = Set.copyOf(all);
        read = Set.copyOf(read);
    }
}
