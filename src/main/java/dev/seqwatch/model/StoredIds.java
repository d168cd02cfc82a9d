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
 * @param gaps tables of the sequence column whose ids were not read, so that a missing collision proves nothing
 */
public record StoredIds(
        @Nullable Collision collision, @Nullable BigInteger farthest, List<Gap> gaps) {
    public StoredIds {
        gaps = List.copyOf(gaps);
    }

    /** Where the farthest stored id does not matter or is not known. */
    public StoredIds(@Nullable Collision collision, List<Gap> gaps) {
        this(collision, null, gaps);
    }

    /**
     * An id that an insert will draw again.
     *
     * @param uniqueness what protects the column in that table
     * @param first the smallest such id, in the direction of the increment
     * @param last the farthest such id, or the same where only one is known
     */
    public record Collision(
            RelationName table, Uniqueness uniqueness, BigInteger first, BigInteger last, Source source) {}

    /** Where an id was seen. */
    public sealed interface Source {
        /** In the table itself, confirmed by a second read. */
        record Stored() implements Source {}

        /** In the column's statistics, as old as the last ANALYZE; null where PostgreSQL no longer knows when that was. */
        record Statistics(@Nullable Instant analyzed) implements Source {}
    }

    public record Gap(RelationName table, NotCheckedReason reason) {}
}
