package dev.seqwatch.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnTypeTest {
    @ParameterizedTest
    @CsvSource({
        "int2, -32768, 32767",
        "int4, -2147483648, 2147483647",
        "int8, -9223372036854775808, 9223372036854775807",
        "oid, 0, 4294967295"
    })
    void integers(String base, BigInteger min, BigInteger max) {
        assertThat(new ColumnType(base, base, -1, false).bounds()).isEqualTo(new ValueRange(min, max));
    }

    @ParameterizedTest
    @CsvSource({
        "5, 0, 99999",
        "1, 0, 9",
        "19, 0, 9999999999999999999",
        "6, 2, 9999",
        "6, 6, 0",
        "3, 5, 0",
        // rounded to hundreds: 9949 stores 9900, 9950 is 10000 and overflows
        "2, -2, 9949",
        "1, -1, 94",
        "1000, 0, -1"
    })
    void numerics(int precision, int scale, BigInteger max) {
        var bounds = isNumeric(precision, scale).bounds();
        var expected = max.signum() < 0 ? BigInteger.TEN.pow(1000).subtract(BigInteger.ONE) : max;
        assertThat(bounds).isEqualTo(ValueRange.symmetric(expected));
        assertThat(isNumeric(precision, scale).scale()).isEqualTo(scale);
    }

    @ParameterizedTest
    @CsvSource({"varchar, 1, 0, 9", "varchar, 3, -99, 999", "bpchar, 3, -99, 999", "varchar, 5, -9999, 99999"})
    void characters(String base, int length, BigInteger min, BigInteger max) {
        assertThat(new ColumnType(base, base, length + 4, false).bounds()).isEqualTo(new ValueRange(min, max));
    }

    @Test
    void aLongVarcharHoldsEveryBigint() {
        var bounds = new ColumnType("character varying(255)", "varchar", 259, false).bounds();
        assertThat(bounds).isNotNull().matches(range -> range.contains(ValueRange.BIGINT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"numeric", "varchar", "bpchar", "text", "uuid"})
    void boundless(String base) {
        assertThat(new ColumnType(base, base, -1, false).bounds()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "text, integer, 2147483647",
        "int8, integer, 2147483647",
        "int8, smallint, 32767",
        "int2, integer, 32767",
        "int4, integer, 2147483647",
        "int4, bigint, 2147483647",
        "oid, integer, 2147483647"
    })
    void aCastInTheDefaultNarrows(String base, String cast, BigInteger max) {
        var type = new ColumnType(base, base, -1, false).castTo(cast);
        assertThat(type.bounds()).isNotNull().extracting(ValueRange::max).isEqualTo(max);
        assertThat(type.base()).isEqualTo(base);
    }

    @Test
    void aCastThatIsNotNarrowerLeavesTheType() {
        var type = new ColumnType("integer", "int4", -1, false);
        assertThat(type.castTo("integer")).isSameAs(type);
        assertThat(type.castTo("bigint")).isSameAs(type);
        assertThat(type.castTo("text")).isSameAs(type);
    }

    @ParameterizedTest
    @CsvSource({"int2, true", "int4, true", "int8, true", "oid, true", "numeric, true", "text, false", "varchar, false"
    })
    void onlyNumbersCompare(String base, boolean isNumeric) {
        assertThat(new ColumnType(base, base, -1, false).isNumeric()).isEqualTo(isNumeric);
    }

    /** As numeric.c packs it; a scale takes eleven bits, its sign the highest of them. */
    private static ColumnType isNumeric(int precision, int scale) {
        return new ColumnType("numeric", "numeric", ((precision << 16) | (scale & 0x7ff)) + 4, false);
    }
}
