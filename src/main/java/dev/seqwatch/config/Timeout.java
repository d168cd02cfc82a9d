package dev.seqwatch.config;

import dev.seqwatch.api.v1alpha1.ConnectionSpec;
import dev.seqwatch.api.v1alpha1.Rules;
import dev.seqwatch.postgres.connection.Target;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The limits of {@code spec.connection.timeouts}: durations such as {@code 100ms}, {@code 10s} or {@code 1m30s}. */
final class Timeout {
    private static final Pattern WRITTEN = Pattern.compile(Rules.TIMEOUT);
    private static final Pattern PART = Pattern.compile("([0-9]+)(h|ms|m|s)");
    private static final Duration SOCKET_BEYOND_STATEMENT = Duration.ofSeconds(20);
    private static final Duration SHORTEST_DEFAULT_INSPECTION = Duration.ofMinutes(2);

    private Timeout() {}

    /** Empty for null and for text that is no such duration. */
    static Optional<Duration> parse(@Nullable String text) {
        if (text == null || text.isEmpty() || !WRITTEN.matcher(text).matches()) {
            return Optional.empty();
        }
        return Optional.of(PART.matcher(text)
                .results()
                .map(part -> of(Long.parseLong(part.group(1)), part.group(2)))
                .reduce(Duration.ZERO, Duration::plus));
    }

    /** The limits of a spec that {@link SpecValidator} accepts. */
    static Target.Timeouts of(ConnectionSpec.Timeouts spec) {
        var statement = parse(spec.statement()).orElseThrow();
        return new Target.Timeouts(
                parse(spec.connect()).orElseThrow(),
                parse(spec.socket()).orElse(statement.plus(SOCKET_BEYOND_STATEMENT)),
                statement,
                parse(spec.lock()).orElseThrow());
    }

    /** Time for an inspection as a whole. */
    static Duration inspection(ConnectionSpec.Timeouts spec, Duration interval) {
        return parse(spec.inspection())
                .orElse(interval.compareTo(SHORTEST_DEFAULT_INSPECTION) > 0 ? interval : SHORTEST_DEFAULT_INSPECTION);
    }

    private static Duration of(long number, String unit) {
        return switch (unit) {
            case "h" -> Duration.ofHours(number);
            case "m" -> Duration.ofMinutes(number);
            case "s" -> Duration.ofSeconds(number);
            default -> Duration.ofMillis(number);
        };
    }
}
