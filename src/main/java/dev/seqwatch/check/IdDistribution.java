package dev.seqwatch.check;

import dev.seqwatch.model.IntegerColumn;
import dev.seqwatch.model.IntegerColumn.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Whether the large values of an integer column are the end of growing ids, and not something else that large numbers
 * stand for. A column with a unique index of its own, with a foreign key or with a sequence holds ids; of every other
 * column the values decide.
 *
 * @param fed whether a sequence feeds the column
 */
record IdDistribution(IntegerColumn column, boolean fed) {
    private static final long FIRST_SECOND =
            Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();
    private static final Duration AHEAD = Duration.ofDays(730);

    /** Whether it is certain that the column holds ids. */
    boolean certain() {
        return fed || column.key() || column.reference();
    }

    /** Whether the values from {@code threshold} up to the end of the type look like ids at {@code now}. */
    boolean looksLikeIds(long threshold, Instant now) {
        var beyond = beyond(threshold);
        return beyond.size() >= 2
                && !isSigned()
                && isShare(beyond.size())
                && (certain() || !(areMasks(beyond) || areTimes(now) || areHours(beyond) || isSpreadOverTheType()));
    }

    /**
     * The values that count. The last value of the type, a round number and a row of nines are what people write for "none"
     * or "unlimited".
     */
    private List<Long> beyond(long threshold) {
        var end = end();
        var round = end > Short.MAX_VALUE ? 1_000_000 : 1_000;
        return values().filter(value -> value >= threshold && value < end)
                .filter(value -> value % round != 0 && (value + 1) % round != 0)
                .distinct()
                .boxed()
                .toList();
    }

    /** Hashes take every value of the type; ids that were restarted at its lower end have passed the upper one on purpose. */
    private boolean isSigned() {
        return column.values().smallest() < -(end() / 10);
    }

    /** A few large values among many small ones are exceptions: ten rows at the end, or a tenth of all that is known. */
    private boolean isShare(int beyond) {
        return switch (column.values()) {
            case Values.Stored stored ->
                beyond >= 10 || beyond * 10 >= stored.largestFirst().size();
            case Values.Sampled sampled ->
                beyond * 50 >= sampled.histogram().size() + sampled.common().size();
        };
    }

    private static boolean areMasks(List<Long> values) {
        return values.stream().allMatch(value -> value % 16 == 0);
    }

    /** Seconds since 1970 are three quarters of integer in 2021. */
    private boolean areTimes(Instant now) {
        var last = now.plus(AHEAD).getEpochSecond();
        return values().filter(value -> value != 0 && value < end())
                .allMatch(value -> value >= FIRST_SECOND && value <= last);
    }

    /** An hour as a number, {@code 2026073123}. */
    private static boolean areHours(List<Long> values) {
        return values.stream()
                .allMatch(value -> value / 1_000_000 >= 1_900
                        && value / 1_000_000 <= 2_147
                        && value / 10_000 % 100 >= 1
                        && value / 10_000 % 100 <= 12
                        && value / 100 % 100 >= 1
                        && value / 100 % 100 <= 31
                        && value % 100 <= 24);
    }

    /** Random numbers fill the type from one end to the other, in no order of the rows. */
    private boolean isSpreadOverTheType() {
        return switch (column.values()) {
            case Values.Stored _ -> false;
            case Values.Sampled sampled -> {
                var histogram = sampled.histogram();
                var margin = 5 * end() / Math.max(1, histogram.size());
                yield histogram.size() >= 20
                        && Math.abs(sampled.correlation()) < 0.2
                        && histogram.getFirst() <= margin
                        && histogram.getLast() >= end() - margin / 10;
            }
        };
    }

    private long end() {
        return column.type().base().equals("int2") ? Short.MAX_VALUE : Integer.MAX_VALUE;
    }

    private LongStream values() {
        return switch (column.values()) {
            case Values.Stored(var smallest, var largestFirst) ->
                LongStream.concat(LongStream.of(smallest), largestFirst.stream().mapToLong(Long::longValue));
            case Values.Sampled sampled ->
                Stream.concat(sampled.histogram().stream(), sampled.common().stream())
                        .mapToLong(Long::longValue);
        };
    }
}
