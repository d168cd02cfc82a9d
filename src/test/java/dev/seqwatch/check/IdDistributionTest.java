package dev.seqwatch.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.seqwatch.model.Given;
import dev.seqwatch.model.IntegerColumn;
import dev.seqwatch.model.IntegerColumn.Values;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which values near the end of a type are ids. */
class IdDistributionTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final long THRESHOLD = Integer.MAX_VALUE * 75L / 100;

    static Stream<Arguments> columns() {
        var random = new Random(7);
        return Stream.of(
                arguments("a run of ids", sampled(0.9, range(1_900_000_000, 1_900_010_000, 100)), true),
                arguments("all ids from 1", sampled(0.9, range(1, 2_000_000_000, 20_000_000)), true),
                arguments(
                        "all ids from 1, referenced in any order",
                        sampled(0, range(1, 2_000_000_000, 20_000_000)),
                        true),
                arguments("one value", sampled(0.9, LongStream.of(1_900_000_001)), false),
                arguments("two values", sampled(0.9, LongStream.of(1_900_000_001, 1_900_000_002)), true),
                arguments(
                        "one sentinel",
                        sampled(0.9, LongStream.concat(range(1, 1_000, 10), LongStream.of(Integer.MAX_VALUE))),
                        false),
                arguments(
                        "several sentinels",
                        sampled(
                                0.9,
                                LongStream.concat(
                                        range(1, 1_000, 10),
                                        LongStream.of(1_999_999_999, 2_000_000_000, Integer.MAX_VALUE))),
                        false),
                arguments(
                        "one large value among small",
                        sampled(0.9, LongStream.concat(range(1, 1_000, 10), LongStream.of(2_100_000_001))),
                        false),
                arguments("hashes", sampled(0, random.ints(101).asLongStream()), false),
                arguments(
                        "positive random numbers",
                        sampled(
                                0.01,
                                LongStream.concat(
                                        range(0, Integer.MAX_VALUE, 21_474_836),
                                        LongStream.of(Integer.MAX_VALUE - 9_000))),
                        false),
                arguments("seconds since 1970", sampled(0.9, range(1_700_000_000, 1_770_000_000, 700_000)), false),
                arguments(
                        "seconds since 1970, and none",
                        sampled(0.9, LongStream.concat(LongStream.of(0), range(1_700_000_000, 1_770_000_000, 700_000))),
                        false),
                arguments(
                        "seconds since 1970 in the far future",
                        sampled(0.9, range(1_900_000_000, 2_000_000_000, 1_000_001)),
                        true),
                arguments("hours", sampled(0.9, LongStream.of(2_025_123_123, 2_026_010_100, 2_026_010_101)), false),
                arguments("bit masks", sampled(0.1, range(0x60000000, 0x7fff0000, 0x1000000)), false),
                arguments(
                        "ids on both sides of zero",
                        sampled(
                                0.9,
                                LongStream.concat(
                                        range(-2_147_483_648L, -2_000_000_000, 10_000_000),
                                        range(2_000_000_000, 2_147_483_647, 10_000_000))),
                        false),
                arguments(
                        "a small negative value",
                        sampled(0.9, LongStream.concat(LongStream.of(-1), range(1_900_000_000, 1_900_010_000, 100))),
                        true),
                arguments("stored ids", stored(range(2_147_483_000, 2_147_483_600, 1)), true),
                arguments(
                        "ten of a thousand stored ids",
                        stored(LongStream.concat(range(1, 990, 1), range(2_147_483_001, 2_147_483_011, 1))),
                        true),
                arguments(
                        "nine of a thousand stored ids",
                        stored(LongStream.concat(range(1, 990, 1), range(2_147_483_001, 2_147_483_010, 1))),
                        false),
                arguments("the last id of the type", stored(range(2_147_483_640L, 2_147_483_648L, 1)), true));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("columns")
    void ids_are_told_from_other_numbers(String what, Values values, boolean ids) {
        var column = new IntegerColumn(Given.TABLE.column("c"), Given.INTEGER, false, false, false, values, List.of());

        assertThat(new IdDistribution(column, false).looksLikeIds(THRESHOLD, NOW))
                .as(what)
                .isEqualTo(ids);
    }

    /** A key that began at a large number is no time, and one that is near the end everywhere is no random number. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("columns")
    void a_key_holds_ids_unless_its_values_are_hashes_or_exceptions(String what, Values values, boolean ids) {
        var column = new IntegerColumn(Given.TABLE.column("c"), Given.INTEGER, false, true, false, values, List.of());
        var byNature =
                what.contains("random") || what.contains("1970") || what.equals("hours") || what.equals("bit masks");

        assertThat(new IdDistribution(column, false).looksLikeIds(THRESHOLD, NOW))
                .as(what)
                .isEqualTo(ids || byNature);
    }

    private static LongStream range(long from, long to, long step) {
        return LongStream.iterate(from, value -> value < to, value -> value + step);
    }

    private static Values sampled(double correlation, LongStream histogram) {
        return new Values.Sampled(histogram.sorted().boxed().toList(), List.of(), correlation, null);
    }

    private static Values stored(LongStream values) {
        var all = values.boxed().toList();
        return new Values.Stored(
                all.getFirst(), all.stream().sorted(Comparator.reverseOrder()).toList());
    }
}
