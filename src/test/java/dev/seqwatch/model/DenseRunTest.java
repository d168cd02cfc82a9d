package dev.seqwatch.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DenseRunTest {
    private static final Sequence BIGINT = Given.sequence("bigint");

    @ParameterizedTest
    @CsvSource({
        "bigint, 1, 1000",
        "bigint, 10001, 1000",
        "bigint, 1000001, 100000",
        "integer, 2000000001, 21474836",
        "smallint, 5, 327"
    })
    void a_gap_is_as_wide_as_a_tenth_of_the_way_and_a_hundredth_of_the_range_allow(
            String type, BigInteger id, BigInteger gap) {
        var sequence = Given.sequence(type);

        assertThat(DenseRun.widestGap(id, sequence, sequence.end())).isEqualTo(gap);
    }

    @ParameterizedTest
    @CsvSource({
        "'60000', 60000",
        "'60000 1000000000', 60000",
        "'59951 59980 60000 1000000000', 60000",
        "'100 59951 59980 60000', 60000",
        "'59951 59980 60000 61000', 61000"
    })
    void most_ends_agree_on_one(String ends, BigInteger end) {
        assertThat(DenseRun.commonEnd(numbers(ends), BIGINT, BIGINT.end())).isEqualTo(end);
    }

    @Test
    void runs_of_several_tables_are_one_where_they_follow_closely() {
        var far = new DenseRun(big(1_000_000_000), big(1_000_000_500), 500);
        var second = new DenseRun(big(101), big(200), 100);
        var first = new DenseRun(big(1), big(100), 100);

        assertThat(DenseRun.joined(List.of(far, second, first), BIGINT, BIGINT.end()))
                .isEqualTo(new DenseRun(big(1), big(200), 200));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, false", "10, 0, false", "10, 2, false", "100, 3, false", "10, 3, true", "10, 10, true"})
    void ids_that_are_stored_under_several_leading_values_begin_again(int sampled, int shared, boolean again) {
        assertThat(new LeadingValues("tenant", 5, true, 4, false, sampled, shared).beginAgain())
                .isEqualTo(again);
    }

    private static List<BigInteger> numbers(String text) {
        return Stream.of(text.split(" ")).map(BigInteger::new).toList();
    }

    private static BigInteger big(long number) {
        return BigInteger.valueOf(number);
    }
}
