package dev.seqwatch.check;

import dev.seqwatch.sequence.Snapshot;
import dev.seqwatch.sequence.WatchedSequence;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** At its present rate of use the limit is near, however much of the range is left. */
final class ExhaustionForecast implements Check {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);

    @Override
    public Stream<Finding> examine(Snapshot snapshot, Policy policy, History history) {
        return snapshot.sequences().stream()
                .flatMap(watched -> Forecast.of(watched, snapshot, history)
                        .flatMap(forecast -> examine(watched, snapshot, forecast, policy))
                        .stream());
    }

    private Optional<Finding> examine(WatchedSequence watched, Snapshot snapshot, Forecast forecast, Policy policy) {
        var horizon = policy.forecast();
        if (!forecast.within(horizon.warningDays())) {
            return Optional.empty();
        }
        var severity = forecast.within(horizon.criticalDays()) ? Severity.Critical : Severity.Warning;
        var text = "%s reaches its limit, %s, in %s (about %s) at %s values a day, %s.%s"
                .formatted(
                        watched.name(),
                        watched.limit(),
                        Forecast.words(forecast.left()),
                        DATE.format(snapshot.takenAt().plus(forecast.left())),
                        String.format(Locale.ROOT, "%,.0f", forecast.perDay()),
                        forecast.basis(),
                        AtTheLimit.breaks(watched));
        return Optional.of(Widening.of(watched, policy.exhaustion().warningPercent())
                .finding(this, severity, Subjects.of(watched), text));
    }
}
