package dev.seqwatch.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column of type smallint or integer, or an array of these, whose largest known value lies beyond half of its type. A
 * partition tree or an inheritance tree counts as one table, its root.
 *
 * @param type of the column or, for an array, of its elements; {@link ColumnType#display} is the type of the column
 * @param key whether a unique index protects this column alone
 * @param reference whether a foreign key stands on it
 * @param blockers as in {@link SequenceColumn}
 */
public record IntegerColumn(
        ColumnName column,
        ColumnType type,
        boolean array,
        boolean key,
        boolean reference,
        Values values,
        List<String> blockers) {
    public IntegerColumn {
        blockers = List.copyOf(blockers);
    }

    /** What is known of its values. */
    public sealed interface Values {
        long smallest();

        long largest();

        /**
         * Read from the table.
         *
         * @param largestFirst the distinct values of the last 1,000 rows in the order of the column; not empty
         */
        record Stored(long smallest, List<Long> largestFirst) implements Values {
            public Stored {
                largestFirst = List.copyOf(largestFirst);
            }

            @Override
            public long largest() {
                return largestFirst.getFirst();
            }
        }

        /**
         * Seen by the last ANALYZE (manual, section 53.27, pg_stats). One of the two lists may be empty, not both.
         *
         * @param histogram bounds of groups with about equally many rows, in ascending order
         * @param common the most common values or, of an array, elements
         * @param correlation between the order of the values and the order of the rows, from -1 to 1
         * @param analyzed null where PostgreSQL no longer knows the time
         */
        record Sampled(
                List<Long> histogram,
                List<Long> common,
                double correlation,
                @Nullable Instant analyzed) implements Values {
            public Sampled {
                histogram = List.copyOf(histogram);
                common = List.copyOf(common);
            }

            @Override
            public long smallest() {
                return Math.min(
                        histogram.stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE),
                        common.stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE));
            }

            @Override
            public long largest() {
                return Math.max(
                        histogram.stream().mapToLong(Long::longValue).max().orElse(Long.MIN_VALUE),
                        common.stream().mapToLong(Long::longValue).max().orElse(Long.MIN_VALUE));
            }
        }
    }
}
