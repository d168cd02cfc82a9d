package dev.seqwatch.forecast;

import java.time.Duration;

/**
 * How fast a sequence is used.
 *
 * @param perDay calls of nextval
 * @param seen the length of the time in which they were counted
 * @param reach how far ahead that rate may be trusted for an alarm
 */
record UsageRate(double perDay, Duration seen, Duration reach) {
    /** A whole week holds nights and a weekend. */
    static final Duration WEEK = Duration.ofDays(7);

    private static final Duration DAY = Duration.ofDays(1);

    /** Of a rate that is not compared with an earlier one. */
    static UsageRate plain(double perDay, Duration seen) {
        return new UsageRate(
                perDay,
                seen,
                seen.compareTo(WEEK) >= 0 ? Forecast.HORIZON : seen.multipliedBy(seen.compareTo(DAY) < 0 ? 4 : 12));
    }

    boolean speaksFor(Duration ahead) {
        return ahead.compareTo(reach) <= 0;
    }
}
