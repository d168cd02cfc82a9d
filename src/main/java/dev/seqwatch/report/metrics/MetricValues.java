package dev.seqwatch.report.metrics;

import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Values of metrics, by metric and labels. */
final class MetricValues {
    private final Map<Metric, Map<Tags, Double>> values = new EnumMap<>(Metric.class);

    MetricValues() {}

    static MetricValues copyOf(MetricValues other) {
        var copy = new MetricValues();
        other.values.forEach((metric, values) -> copy.values.put(metric, new HashMap<>(values)));
        return copy;
    }

    static MetricValues merge(Stream<MetricValues> parts) {
        var all = new MetricValues();
        parts.forEach(
                part -> part.values.forEach((metric, values) -> all.of(metric).putAll(values)));
        return all;
    }

    void set(Metric metric, Tags tags, double value) {
        of(metric).put(tags, value);
    }

    void set(Metric metric, Tags tags, OptionalDouble value) {
        value.ifPresent(number -> set(metric, tags, number));
    }

    Map<Tags, Double> of(Metric metric) {
        return values.computeIfAbsent(metric, _ -> new HashMap<>());
    }

    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining("\n"));
    }
}
