package dev.seqwatch.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HeadroomTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        // what, min, max, start, increment, position, limit, remaining, used
        "fresh, 1, 100, 1, 1, n1, 100, 100, 0",
        "one drawn, 1, 100, 1, 1, 1, 100, 99, 1",
        "last value drawn, 1, 100, 1, 1, 100, 100, 0, 100",
        "one left after setval false, 1, 100, 1, 1, n100, 100, 1, 99",
        "past the limit of a column, 1, 100000, 1, 1, 500, 100, 0, 500",
        "never called past the limit, 1, 100000, 1, 1, n101, 100, 0, 100",
        "steps of seven, 1, 100, 1, 7, 1, 100, 14, 1",
        "steps of seven at the end, 1, 100, 1, 7, 99, 100, 0, 15",
        "steps of seven at the end of another class, 1, 100, 1, 7, 94, 100, 0, 14",
        "descending, -100, -1, -1, -1, -40, -100, 60, 40",
        "descending at its end, -100, -1, -1, -1, -100, -100, 0, 100",
        "descending in steps of three, 1, 1000, 1000, -3, 1000, 1, 333, 1",
        "below zero, -100, 100, -100, 1, 0, 100, 100, 101",
        "wide minvalue that nothing starts at, -100, 100, 1, 1, 50, 100, 50, 50",
        "wide maxvalue that nothing starts at, -100, 100, -1, -1, -50, -100, 50, 50",
        "set below the range start, -100, 100, 1, 1, -50, 100, 150, 51",
        "ends of bigint, -9223372036854775808, 9223372036854775807, -9223372036854775808, 1, -9223372036854775808, "
                + "9223372036854775807, 18446744073709551615, 1",
        "at the end of bigint, -9223372036854775808, 9223372036854775807, -9223372036854775808, 1, 9223372036854775807, "
                + "9223372036854775807, 0, 18446744073709551616"
    })
    void countsWholeSteps(
            String what,
            BigInteger min,
            BigInteger max,
            BigInteger start,
            BigInteger increment,
            String position,
            BigInteger limit,
            BigInteger remaining,
            BigInteger used) {
        var sequence = Given.sequence(new ValueRange(min, max), start, increment, false);
        var headroom = Headroom.of(sequence, position(position), Given.limit(limit));

        assertThat(headroom).as(what).isEqualTo(new Headroom.Finite(remaining, used));
    }

    @ParameterizedTest
    @CsvSource({
        "75, 25, 75, true",
        "74, 26, 75, false",
        "90, 10, 90, true",
        "89, 11, 90, false",
        "0, 0, 100, true",
        "99, 1, 100, false"
    })
    void thresholdsAreExact(BigInteger used, BigInteger remaining, int percent, boolean reached) {
        assertThat(new Headroom.Finite(remaining, used).usedAtLeast(percent)).isEqualTo(reached);
    }

    @Test
    void thresholdsAreExactWhereADoubleIsNot() {
        var total = BigInteger.TWO.pow(63).subtract(BigInteger.ONE);
        var used = total.multiply(BigInteger.valueOf(90)).divide(BigInteger.valueOf(100));
        var justBelow = new Headroom.Finite(total.subtract(used), used);
        assertThat(justBelow.usedAtLeast(90)).isFalse();
        assertThat(new Headroom.Finite(total.subtract(used).subtract(BigInteger.ONE), used.add(BigInteger.ONE))
                        .usedAtLeast(90))
                .isTrue();
    }

    @Test
    void aRatioIsOneOnlyWhereNothingRemains() {
        var almost = new Headroom.Finite(BigInteger.ONE, BigInteger.TWO.pow(64));
        assertThat(almost.usedRatio()).isLessThan(1);
        assertThat(new Headroom.Finite(BigInteger.ZERO, BigInteger.ZERO).usedRatio())
                .isEqualTo(1);
        assertThat(new Headroom.Finite(BigInteger.TEN, BigInteger.ZERO).usedRatio())
                .isZero();
    }

    @Test
    void aCycleEndsOnlyAtAColumn() {
        var sequence = Given.sequence(ValueRange.INTEGER, BigInteger.ONE, BigInteger.ONE, true);
        var own = Limit.ofOwnRange(sequence);
        var column = Given.limit(BigInteger.valueOf(32767));
        var position = new Position.At(BigInteger.valueOf(32767));

        assertThat(Headroom.of(sequence, position, own)).isEqualTo(new Headroom.Endless());
        assertThat(Headroom.of(sequence, position, column))
                .isEqualTo(new Headroom.Finite(BigInteger.ZERO, BigInteger.valueOf(32767)));
    }

    @ParameterizedTest
    @EnumSource(UnreadableReason.class)
    void anUnreadPositionIsUnknownAndNothingElse(UnreadableReason reason) {
        var sequence = Given.sequence(ValueRange.INTEGER, BigInteger.ONE, BigInteger.ONE, true);
        var limit = Limit.ofOwnRange(sequence);

        assertThat(Headroom.of(sequence, new Position.Unreadable(reason), limit))
                .isEqualTo(new Headroom.Unknown(reason));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 100, 1, 1, 1",
        "0, 100, 1, 1, 1",
        "0, 100, 0, 1, 0",
        "-100, 100, 1, 1, 1",
        "-100, 100, 50, 1, 1",
        "-100, 100, -100, 1, -100",
        "-100, 100, 0, 1, -100",
        "10, 100, 50, 1, 10",
        "-100, -1, -1, -1, -1",
        "-100, 100, -1, -1, -1",
        "-100, 100, 100, -1, 100",
        "-100, 100, 0, -1, 100",
        "1, 1000, 1000, -1, 1000"
    })
    void theRangeStartsWhereItsValuesDo(
            BigInteger min, BigInteger max, BigInteger start, BigInteger increment, BigInteger expected) {
        var sequence = Given.sequence(new ValueRange(min, max), start, increment, false);
        assertThat(sequence.rangeStart()).isEqualTo(expected);
    }

    private static Position position(String text) {
        return text.startsWith("n")
                ? new Position.NeverCalled(new BigInteger(text.substring(1)))
                : new Position.At(new BigInteger(text));
    }
}
