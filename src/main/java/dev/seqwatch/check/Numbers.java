package dev.seqwatch.check;

import java.math.BigInteger;
import java.util.Locale;

/** Numbers as a person reads them in a message. */
final class Numbers {
    private Numbers() {}

    static String grouped(BigInteger number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 value}, {@code 47,483,647 values}. */
    static String count(BigInteger number, String noun) {
        return grouped(number) + " " + noun + (number.equals(BigInteger.ONE) ? "" : "s");
    }

    /** Rounded to a whole number, in groups of three digits. */
    static String rounded(double number) {
        return String.format(Locale.ROOT, "%,.0f", number);
    }

    /** Rounded down, so that nothing reads as 100 % before it is. */
    static String percent(double ratio) {
        return String.format(Locale.ROOT, "%.1f %%", Math.floor(ratio * 1000) / 10);
    }
}
