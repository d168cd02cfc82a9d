package dev.seqwatch.model;

import java.math.BigInteger;
import java.util.Locale;

/** Numbers as a person reads them in a message. */
public final class Numbers {
    private Numbers() {}

    public static String grouped(BigInteger number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 value}, {@code 47,483,647 values}. */
    public static String count(BigInteger number, String noun) {
        return grouped(number) + " " + noun + (number.equals(BigInteger.ONE) ? "" : "s");
    }

    /** Rounded to a whole number, in groups of three digits. */
    public static String rounded(double number) {
        return String.format(Locale.ROOT, "%,.0f", number);
    }

    /** Rounded down, so that nothing reads as 100 % before it is. */
    public static String percent(double ratio) {
        return String.format(Locale.ROOT, "%.1f %%", Math.floor(ratio * 1000) / 10);
    }
}
