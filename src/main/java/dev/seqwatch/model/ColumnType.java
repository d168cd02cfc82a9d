package dev.seqwatch.model;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * The type of a column that stores ids.
 *
 * @param display as {@code format_type} prints it, e.g. {@code integer} or {@code isNumeric(5,0)}; for a domain its name
 * @param base the type below all domains, as {@code pg_type.typname} holds it: {@code int4}, {@code isNumeric}
 * @param typmod of the base type, -1 where there is none
 * @param domain whether the column is declared with a domain
 * @param cast {@code smallint} or {@code integer}, where the column's default casts to it what nextval gives and so is
 *     narrower than the type; else null
 */
public record ColumnType(
        String display,
        String base,
        int typmod,
        boolean domain,
        @Nullable String cast) {
    /** Without a cast. */
    public ColumnType(String display, String base, int typmod, boolean domain) {
        this(display, base, typmod, domain, null);
    }

    /** The same type behind a default that casts to {@code type}. */
    public ColumnType castTo(String type) {
        var bounds = bounds();
        var range = ValueRange.ofInteger(type);
        return range == null || (bounds != null && range.contains(bounds))
                ? this
                : new ColumnType(type + " by the cast in its default", base, typmod, domain, type);
    }

    /** The values that fit, or null where nothing sets a bound that matters to a sequence. */
    public @Nullable ValueRange bounds() {
        var stored = storedBounds();
        var given = cast == null ? null : ValueRange.ofInteger(cast);
        return stored == null ? given : given == null ? stored : stored.common(given);
    }

    private @Nullable ValueRange storedBounds() {
        return switch (base) {
            case "int2" -> ValueRange.SMALLINT;
            case "int4" -> ValueRange.INTEGER;
            case "int8" -> ValueRange.BIGINT;
            case "oid" -> ValueRange.OID;
            case "float4" -> ValueRange.EXACT_IN_REAL;
            case "float8" -> ValueRange.EXACT_IN_DOUBLE;
            case "numeric" -> typmod < 4 ? null : numericBounds();
            case "varchar", "bpchar" -> typmod <= 4 ? null : characterBounds();
            default -> null;
        };
    }

    /** Whether ids can be compared in SQL without a parse: MAX of a text column is no number. */
    public boolean isNumeric() {
        return switch (base) {
            case "int2", "int4", "int8", "numeric", "oid", "float4", "float8" -> true;
            default -> false;
        };
    }

    /** Whether it rounds large ids, so that different ones become equal (manual, section 8.1.3). */
    public boolean isFloat() {
        return base.equals("float4") || base.equals("float8");
    }

    /** Whether it stores ids as PostgreSQL spells them. */
    public boolean isText() {
        return switch (base) {
            case "text", "varchar", "bpchar", "citext" -> true;
            default -> false;
        };
    }

    /** Of {@code varchar(n)} and {@code char(n)}; null where nothing limits them. */
    public @Nullable Integer characters() {
        return (base.equals("varchar") || base.equals("bpchar")) && typmod > 4 ? Integer.valueOf(typmod - 4) : null;
    }

    /** Digits behind the point of {@code isNumeric(p,s)}; 0 elsewhere. */
    public int scale() {
        return base.equals("numeric") && typmod >= 4 ? (((typmod - 4) & 0x7ff) ^ 1024) - 1024 : 0;
    }

    private static BigInteger ten(int exponent) {
        return BigInteger.TEN.pow(exponent);
    }

    /**
     * {@code isNumeric(p,s)} overflows where the value, rounded to s digits, reaches 10^(p-s) (manual, section 8.1.2). The
     * packing of p and s into the modifier is that of numeric.c; s may be negative or above p from PostgreSQL 15 on.
     */
    private ValueRange numericBounds() {
        var precision = ((typmod - 4) >> 16) & 0xffff;
        var scale = scale();
        if (scale >= precision) {
            return ValueRange.symmetric(BigInteger.ZERO);
        }
        var end = ten(precision - scale);
        var rounded = scale < 0 ? ten(-scale).shiftRight(1) : BigInteger.ZERO;
        return ValueRange.symmetric(end.subtract(rounded).subtract(BigInteger.ONE));
    }

    /** {@code varchar(n)} and {@code char(n)}: n digits, the minus sign counted (manual, section 8.3). */
    private ValueRange characterBounds() {
        var length = Math.min(typmod - 4, 40);
        return new ValueRange(
                ten(length - 1).negate().add(BigInteger.ONE), ten(length).subtract(BigInteger.ONE));
    }
}
