package dev.seqwatch.report;

import dev.seqwatch.api.v1alpha1.SequenceMonitorSpec;
import dev.seqwatch.api.v1alpha1.SequenceMonitorSpec.SequenceSeries;
import dev.seqwatch.check.Policy;
import java.time.Duration;

/**
 * Which series a monitor wants.
 *
 * @param sequences which sequences have series of their own
 * @param maxSequences of one database, and as many findings; the worst first, the rest is counted as omitted
 * @param interval between two inspections, as the spec asks for it
 */
public record SeriesPolicy(
        SequenceSeries sequences, int maxSequences, Duration interval, Policy.Thresholds exhaustion) {
    public static SeriesPolicy of(SequenceMonitorSpec spec, Duration interval) {
        var exhaustion = spec.thresholds().exhaustion();
        return new SeriesPolicy(
                spec.metrics().sequences(),
                spec.metrics().maxSequences(),
                interval,
                new Policy.Thresholds(exhaustion.warningPercent(), exhaustion.criticalPercent()));
    }
}
