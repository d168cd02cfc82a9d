package dev.seqwatch.operator;

import dev.seqwatch.api.v1alpha1.SequenceMonitor;
import dev.seqwatch.inspection.Histories;
import dev.seqwatch.report.MonitorName;
import dev.seqwatch.report.StatusSamples;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the sequences of every monitor stood, in memory. What a restart or a change of leader loses comes back from the
 * few samples in the resource's status.
 */
final class HistoryBook {
    private final Map<MonitorName, Histories> books = new ConcurrentHashMap<>();

    Histories before(SequenceMonitor monitor) {
        return books.computeIfAbsent(Turns.name(monitor), _ -> StatusSamples.read(monitor.getStatus()));
    }

    void keep(MonitorName name, Histories histories) {
        books.put(name, histories);
    }

    void forget(MonitorName name) {
        books.remove(name);
    }
}
