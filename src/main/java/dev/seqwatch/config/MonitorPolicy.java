package dev.seqwatch.config;

import dev.seqwatch.api.v1alpha1.SequenceMonitorSpec;
import dev.seqwatch.check.CheckPolicy;
import dev.seqwatch.check.Severity;
import java.util.HashMap;
import java.util.HashSet;

/** What a monitor's spec wants to hear of, as the checks understand it. */
public final class MonitorPolicy {
    private MonitorPolicy() {}

    /** Of a spec without {@link SpecValidator}. */
    public static CheckPolicy of(SequenceMonitorSpec spec) {
        var severities = new HashMap<String, Severity>();
        var off = new HashSet<String>();
        for (var setting : spec.checks()) {
            var check = setting.name().name();
            switch (setting.severity()) {
                case Critical -> severities.put(check, Severity.Critical);
                case Warning -> severities.put(check, Severity.Warning);
                case Info -> severities.put(check, Severity.Info);
                case Off -> off.add(check);
            }
        }
        var exhaustion = spec.thresholds().exhaustion();
        var thresholds = new CheckPolicy.Thresholds(exhaustion.warningPercent(), exhaustion.criticalPercent());
        var forecast = spec.thresholds().forecast();
        var horizon = new CheckPolicy.Horizon(forecast.warningDays(), forecast.criticalDays());
        return new CheckPolicy(thresholds, horizon, severities, off);
    }
}
