package dev.seqwatch.check;

import java.util.Map;
import java.util.Set;

/**
 * What a monitor wants to hear of.
 *
 * @param severities of checks whose own severity is overridden, by name
 * @param off names of checks that are not run
 */
public record CheckPolicy(Thresholds exhaustion, Horizon forecast, Map<String, Severity> severities, Set<String> off) {
    public static final CheckPolicy DEFAULT = new CheckPolicy(Thresholds.DEFAULT, Horizon.DEFAULT, Map.of(), Set.of());

    public CheckPolicy {
        severities = Map.copyOf(severities);
        off = Set.copyOf(off);
    }

    /** The finding with the severity that the monitor gives its check, if it gives one. */
    public Finding judge(Finding finding) {
        return finding.withSeverity(severities.getOrDefault(finding.check(), finding.severity()));
    }

    /** Time left at the present rate of use, in days, up to which a sequence is reported. */
    public record Horizon(int warningDays, int criticalDays) {
        public static final Horizon DEFAULT = new Horizon(90, 30);
    }

    /** Used part of the range, in percent, from which a sequence is reported. */
    public record Thresholds(int warningPercent, int criticalPercent) {
        public static final Thresholds DEFAULT = new Thresholds(75, 90);
    }
}
