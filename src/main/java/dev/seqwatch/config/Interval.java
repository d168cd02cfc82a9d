package dev.seqwatch.config;

import dev.seqwatch.api.v1alpha1.Rules;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a spec writes a duration: {@code 90s}, {@code 5m}, {@code 1h30m}. */
public final class Interval {
    private static final Pattern WRITTEN = Pattern.compile(Rules.INTERVAL);
    private static final Pattern PART = Pattern.compile("([0-9]+)([hms])");

    private Interval() {}

    /** Empty where the text is no such duration, or one that is too short or too long to be an interval. */
    public static Optional<Duration> parse(String text) {
        if (!WRITTEN.matcher(text).matches()) {
            return Optional.empty();
        }
        var duration = PART.matcher(text)
                .results()
                .map(part -> Duration.parse("PT" + part.group(1) + part.group(2)))
                .reduce(Duration.ZERO, Duration::plus);
        return Optional.of(duration)
                .filter(it -> it.toSeconds() >= Rules.INTERVAL_MIN_SECONDS)
                .filter(it -> it.compareTo(Duration.ofHours(Rules.INTERVAL_MAX_HOURS)) <= 0);
    }
}
