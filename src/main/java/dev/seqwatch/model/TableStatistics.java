package dev.seqwatch.model;

import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What PostgreSQL counted of a table, partitions and children included (manual, section 27.2).
 *
 * @param inserted rows, since the cumulative statistics of the database began, at the latest; those of transactions that
 *     were rolled back are among them
 * @param deleted the same
 * @param stored rows that are there, by the planner's estimate or by the statistics, whichever are more
 * @param remembered the earliest VACUUM or ANALYZE that they know of; null where they know of none
 */
public record TableStatistics(
        long inserted, long deleted, long stored, @Nullable Instant remembered) {
    public static final TableStatistics NONE = new TableStatistics(0, 0, 0, null);

    /** Rows that came to stay for a while: those that are there, and those deleted since. */
    public long rows() {
        return stored + deleted;
    }

    public TableStatistics plus(TableStatistics other) {
        return new TableStatistics(
                inserted + other.inserted,
                deleted + other.deleted,
                stored + other.stored,
                Stream.of(remembered, other.remembered)
                        .flatMap(Stream::ofNullable)
                        .min(Comparator.naturalOrder())
                        .orElse(null));
    }

    /**
     * Whether all rows that are there now were counted when they came. Then some may have come at once, by a restore or a
     * first load, and the counters do not tell. Where most that came is deleted again, a load is no matter.
     */
    public boolean beganEmpty() {
        var before = stored - (inserted - deleted);
        return before <= stored / 10 && deleted < inserted / 2;
    }
}
