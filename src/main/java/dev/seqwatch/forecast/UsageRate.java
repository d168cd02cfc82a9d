package dev.seqwatch.forecast;

import java.time.Duration;

/**
 * How fast a sequence is used.
 *
 * @param perDay calls of nextval
 * @param seen how long that was watched
 */
record UsageRate(double perDay, Duration seen) {
    /** Who watched for this long knows nights and weekends: what is said of later days stands on them. */
    static final Duration WEEK = Duration.ofDays(7);

    private static final Duration DAY = Duration.ofDays(1);

    /** An hour speaks for four, a day for twelve, a week for any time. */
    boolean speaksFor(Duration ahead) {
        return seen.compareTo(WEEK) >= 0 || ahead.compareTo(seen.multipliedBy(seen.compareTo(DAY) < 0 ? 4 : 12)) <= 0;
    }
}
