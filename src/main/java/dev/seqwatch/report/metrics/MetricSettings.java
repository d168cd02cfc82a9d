package dev.seqwatch.report.metrics;

import dev.seqwatch.api.v1alpha1.SequenceMonitorSpec;
import dev.seqwatch.api.v1alpha1.SequenceMonitorSpec.SequenceSeries;
import dev.seqwatch.check.CheckPolicy;
import java.time.Duration;

/**
 * Which series a monitor wants.
 *
 * @param sequences which sequences have series of their own
 * @param maxSequences of one database, and as many findings; the worst first, the rest is counted as omitted
 * @param interval between two inspections, as the spec asks for it or longer
 */
public record MetricSettings(
        SequenceSeries sequences, int maxSequences, Duration interval, CheckPolicy.Thresholds exhaustion) {
    public static MetricSettings of(SequenceMonitorSpec spec, Duration interval) {
        var exhaustion = spec.thresholds().exhaustion();
        return new MetricSettings(
                spec.metrics().sequences(),
                spec.metrics().maxSequences(),
                interval,
                new CheckPolicy.Thresholds(exhaustion.warningPercent(), exhaustion.criticalPercent()));
    }
}
