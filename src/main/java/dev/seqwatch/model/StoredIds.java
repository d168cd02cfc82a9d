package dev.seqwatch.model;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the ids that a sequence column holds.
 *
 * @param collision the first stored id that the sequence will still give, or null where none was found
 * @param farthest the largest stored id, or the smallest where the sequence descends, wherever the sequence stands; null
 *     where none is known
 * @param first the smallest stored id of the sequence's range, or the largest where it descends; null where none is known
 *     and where nobody asked: {@link Sequence#asksForFirstId}
 * @param gaps tables of the sequence column whose ids were not read, so that a missing collision proves nothing
 */
public record StoredIds(
        @Nullable Collision collision,
        @Nullable BigInteger farthest,
        @Nullable BigInteger first,
        List<Gap> gaps) {
    /** Before they are read, and of a table without ids. */
    public static final StoredIds NONE = new StoredIds(null, List.of());

    public StoredIds {
        gaps = List.copyOf(gaps);
    }

    /** Where the farthest stored id does not matter or is not known. */
    public StoredIds(@Nullable Collision collision, List<Gap> gaps) {
        this(collision, null, null, gaps);
    }

    public StoredIds withGaps(List<Gap> others) {
        return new StoredIds(collision, farthest, first, others);
    }

    /**
     * Stored ids that the sequence will give again.
     *
     * @param uniqueness what protects the column in that table
     * @param run the nearest ids that one sequence can have made
     * @param last the farthest such id, or the end of the run where only that is known
     * @param leading how they are spread over the leading values of a composite index; null where that is not known
     * @param spelling how the column stores them; null where it stores the numbers themselves
     */
    public record Collision(
            RelationName table,
            Uniqueness uniqueness,
            DenseRun run,
            BigInteger last,
            @Nullable LeadingValues leading,
            @Nullable IdSpelling spelling,
            Source source) {
        /** All of them in one run. */
        public Collision(RelationName table, Uniqueness uniqueness, BigInteger first, BigInteger last, Source source) {
            this(table, uniqueness, new DenseRun(first, last, DenseRun.MOST_ROWS), last, null, null, source);
        }

        /** The smallest, in the direction of the increment. */
        public BigInteger first() {
            return run.first();
        }
    }

    /** Where an id was seen. */
    public sealed interface Source {
        /** In the table itself, confirmed by a second read. */
        record Stored() implements Source {}

        /** In the column's statistics, as old as the last ANALYZE; null where PostgreSQL no longer knows when that was. */
        record Statistics(@Nullable Instant analyzed) implements Source {}
    }

    public record Gap(RelationName table, NotCheckedReason reason) {}
}
