package dev.seqwatch.report.metrics;

import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus;
import dev.seqwatch.check.CheckPolicy;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.inspection.ServerInspection;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.report.status.PersistedHistory;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the metrics of all monitors, each as a whole snapshot: what is not in the last one is gone. A scrape reads
 * numbers kept here and never a database. Safe for several threads.
 */
public final class MonitorMetrics {
    private final MeterRegistry registry;
    private final Map<MonitorName, Monitor> monitors = new ConcurrentHashMap<>();

    public MonitorMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Where no database is set aside. */
    public void publish(MonitorName name, List<Inspection> inspections, MetricSettings policy) {
        publish(name, ServerInspection.of(inspections), policy);
    }

    /** Replaces the series of a monitor by those of its last inspection. */
    public void publish(MonitorName name, ServerInspection server, MetricSettings policy) {
        var inspections = server.inspections();
        monitors.compute(name, (_, monitor) -> {
            var now = monitor == null ? new Monitor(registry, name) : monitor;
            var series = new HashMap<String, DatabaseSeries>();
            inspections.forEach(inspection -> series.put(
                    inspection.database(),
                    DatabaseSeries.of(inspection, policy, now.databases.get(inspection.database()))));
            now.show(series, allRead(inspections), server.setAside().size());
            return now;
        });
    }

    /**
     * Says that a monitor is known and was not inspected yet by this process, unless it was. Until it is, its findings
     * are those of its status.
     */
    public void expect(MonitorName name, @Nullable SequenceMonitorStatus status, CheckPolicy.Thresholds thresholds) {
        monitors.computeIfAbsent(name, _ -> {
            var now = new Monitor(registry, name);
            var findings = PersistedHistory.findings(status);
            now.show(
                    findings.keySet().stream()
                            .collect(toMap(
                                    identity(),
                                    database -> DatabaseSeries.restored(
                                            database, findings.getOrDefault(database, List.of()), thresholds))),
                    false);
            return now;
        });
    }

    /**
     * Says that a monitor is known and that its databases rest: until its next inspection, the series are those of its
     * status.
     */
    public void rest(MonitorName name, SequenceMonitorStatus status, MetricSettings settings) {
        monitors.computeIfAbsent(name, _ -> {
            var now = new Monitor(registry, name);
            var findings = PersistedHistory.findings(status);
            var series = new HashMap<String, DatabaseSeries>();
            for (var database : status.databases()) {
                var of = String.valueOf(database.name());
                series.put(of, DatabaseSeries.resting(database, of, findings.getOrDefault(of, List.of()), settings));
            }
            now.show(series, isReady(status));
            return now;
        });
    }

    private static boolean isReady(SequenceMonitorStatus status) {
        return status.conditions().stream()
                .anyMatch(condition -> SequenceMonitorStatus.READY.equals(condition.getType())
                        && "True".equals(condition.getStatus()));
    }

    /** Removes every series of a monitor but the one that says why. */
    public void suspended(MonitorName name) {
        monitors.compute(name, (_, monitor) -> {
            var now = monitor == null ? new Monitor(registry, name) : monitor;
            now.suspend();
            return now;
        });
    }

    /**
     * Says that no database of a monitor can be looked at, and keeps what is known of them. Where nothing is known yet,
     * one series with an empty database says it.
     */
    public void down(MonitorName name) {
        monitors.compute(name, (_, monitor) -> {
            var now = monitor == null ? new Monitor(registry, name) : monitor;
            var known = now.databases.isEmpty() ? List.of("") : List.copyOf(now.databases.keySet());
            now.show(
                    known.stream()
                            .collect(toMap(
                                    identity(),
                                    database -> DatabaseSeries.down(database, now.databases.get(database)))),
                    false);
            return now;
        });
    }

    /** Says whether the Kubernetes API accepted the last status of a known monitor. */
    public void statusWritten(MonitorName name, boolean written) {
        monitors.computeIfPresent(name, (_, monitor) -> {
            monitor.statusWritten(written);
            return monitor;
        });
    }

    /** Removes every series of a monitor. */
    public void forget(MonitorName name) {
        monitors.computeIfPresent(name, (_, monitor) -> {
            monitor.clear();
            return null;
        });
    }

    private static boolean allRead(List<Inspection> inspections) {
        return !inspections.isEmpty()
                && inspections.stream().allMatch(inspection -> inspection.reading() instanceof ReadResult.Success);
    }

    private static final class Monitor {
        private final Map<Metric, Gauges> gauges;
        private Map<String, DatabaseSeries> databases = Map.of();
        private boolean statusWritten = true;

        Monitor(MeterRegistry registry, MonitorName name) {
            gauges = Arrays.stream(Metric.values())
                    .collect(toMap(identity(), metric -> new Gauges(registry, name, metric)));
        }

        void show(Map<String, DatabaseSeries> series, boolean ready, int setAside) {
            var own = new MetricValues();
            own.set(Metric.DatabasesSetAside, Tags.empty(), setAside);
            show(series, own, ready);
        }

        void show(Map<String, DatabaseSeries> series, boolean ready) {
            show(series, new MetricValues(), ready);
        }

        private void show(Map<String, DatabaseSeries> series, MetricValues own, boolean ready) {
            own.set(Metric.MonitorReady, Tags.empty(), ready ? 1 : 0);
            own.set(Metric.MonitorSuspended, Tags.empty(), 0);
            setStatusWritten(own);
            show(series, own);
        }

        void suspend() {
            var own = new MetricValues();
            own.set(Metric.MonitorSuspended, Tags.empty(), 1);
            setStatusWritten(own);
            show(Map.of(), own);
        }

        void statusWritten(boolean written) {
            statusWritten = written;
            var own = new MetricValues();
            setStatusWritten(own);
            requireNonNull(gauges.get(Metric.MonitorStatusWritten)).show(own.of(Metric.MonitorStatusWritten));
        }

        private void setStatusWritten(MetricValues own) {
            own.set(Metric.MonitorStatusWritten, Tags.empty(), statusWritten ? 1 : 0);
        }

        void clear() {
            show(Map.of(), new MetricValues());
        }

        private void show(Map<String, DatabaseSeries> series, MetricValues own) {
            databases = Map.copyOf(series);
            var samples = MetricValues.merge(
                    Stream.concat(Stream.of(own), databases.values().stream().map(DatabaseSeries::samples)));
            gauges.forEach((metric, gauge) -> gauge.show(samples.of(metric)));
        }
    }

    /** One metric of one monitor. A gauge that stays is never taken away in between, so no scrape misses it. */
    private static final class Gauges {
        private final MultiGauge rows;
        private final Map<Tags, Double> values = new ConcurrentHashMap<>();

        Gauges(MeterRegistry registry, MonitorName name, Metric metric) {
            rows = MultiGauge.builder(metric.fullName())
                    .description(metric.description())
                    .tags("namespace", name.namespace(), "monitor", name.name())
                    .register(registry);
        }

        void show(Map<Tags, Double> next) {
            values.putAll(next);
            rows.register(
                    next.keySet().stream()
                            .map(tags -> MultiGauge.Row.of(tags, values, known -> value(known.get(tags))))
                            .toList(),
                    false);
            values.keySet().retainAll(next.keySet());
        }

        private static double value(@Nullable Double value) {
            return value == null ? Double.NaN : value;
        }
    }
}
