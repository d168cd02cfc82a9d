package dev.seqwatch.check;

import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.forecast.Forecast;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Fact;
import dev.seqwatch.model.Numbers;
import dev.seqwatch.model.WatchedSequence;
import dev.seqwatch.remedy.WidenRemedy;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** At its present rate of use the limit is near, however much of the range is left. */
public final class ExhaustionForecast implements Check {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);

    @Override
    public Set<Fact> needs() {
        return Set.of(Fact.StatsReset);
    }

    @Override
    public Stream<Finding> examine(DatabaseState state, CheckPolicy policy, DatabaseHistory history) {
        return state.sequences().stream()
                .flatMap(
                        watched -> Forecast.of(watched, state, history)
                                .flatMap(forecast -> examine(watched, state, forecast, policy))
                                .stream());
    }

    private Optional<Finding> examine(
            WatchedSequence watched, DatabaseState state, Forecast forecast, CheckPolicy policy) {
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
                        DATE.format(state.takenAt().plus(forecast.left())),
                        Numbers.rounded(forecast.perDay()),
                        forecast.basis(),
                        ExhaustionEffect.breaks(watched));
        return Optional.of(Finding.of(
                        this,
                        severity,
                        Subjects.of(watched),
                        text,
                        WidenRemedy.of(watched, policy.exhaustion().warningPercent()))
                .withRemaining(forecast.left()));
    }
}
