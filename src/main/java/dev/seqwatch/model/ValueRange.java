package dev.seqwatch.model;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whole numbers from {@code min} to {@code max}, both included. */
public record ValueRange(BigInteger min, BigInteger max) {
    /** Bounds of {@code smallint}, {@code integer} and {@code bigint}: manual, section 8.1.1. */
    public static final ValueRange SMALLINT = twosComplement(16);

    public static final ValueRange INTEGER = twosComplement(32);
    public static final ValueRange BIGINT = twosComplement(64);

    /** Of {@code oid}: manual, section 8.19. */
    public static final ValueRange OID =
            new ValueRange(BigInteger.ZERO, BigInteger.TWO.pow(32).subtract(BigInteger.ONE));

    /** Whole numbers that {@code real} and {@code double precision} keep apart: IEEE 754 has 24 and 53 bits for them. */
    public static final ValueRange EXACT_IN_REAL = symmetric(BigInteger.TWO.pow(24));

    public static final ValueRange EXACT_IN_DOUBLE = symmetric(BigInteger.TWO.pow(53));

    /** Those of an integer type, and those of a sequence that nobody gave a MINVALUE or MAXVALUE. */
    private static final List<ValueRange> COMMON = Stream.of(BIGINT, INTEGER, SMALLINT)
            .flatMap(type -> Stream.of(new ValueRange(BigInteger.ONE, type.max), type))
            .toList();

    public ValueRange {
        if (min.compareTo(max) > 0) {
            throw new IllegalArgumentException("an empty range: " + min + " to " + max);
        }
    }

    /** The same range, in the one instance that most sequences and columns have where it is a common one. */
    public static ValueRange of(BigInteger min, BigInteger max) {
        return COMMON.stream()
                .filter(range -> range.min.equals(min) && range.max.equals(max))
                .findFirst()
                .orElseGet(() -> new ValueRange(min, max));
    }

    public static ValueRange symmetric(BigInteger max) {
        return new ValueRange(max.negate(), max);
    }

    /** Of one of PostgreSQL's integer types by its name; null for any other. */
    public static @Nullable ValueRange ofInteger(String type) {
        return switch (type) {
            case "smallint" -> SMALLINT;
            case "integer" -> INTEGER;
            case "bigint" -> BIGINT;
            default -> null;
        };
    }

    public boolean contains(BigInteger value) {
        return min.compareTo(value) <= 0 && value.compareTo(max) <= 0;
    }

    public boolean contains(ValueRange other) {
        return contains(other.min) && contains(other.max);
    }

    /** What lies in both; they must overlap. */
    public ValueRange common(ValueRange other) {
        var highestMin = min.max(other.min);
        var lowestMax = max.min(other.max);
        return new ValueRange(highestMin, lowestMax);
    }

    /** The end that a sequence runs towards. */
    public BigInteger end(boolean ascending) {
        return ascending ? max : min;
    }

    private static ValueRange twosComplement(int bits) {
        var end = BigInteger.TWO.pow(bits - 1);
        return new ValueRange(end.negate(), end.subtract(BigInteger.ONE));
    }
}
