package dev.seqwatch.operator;

import dev.seqwatch.api.v1alpha1.SequenceMonitor;
import dev.seqwatch.inspection.ServerHistory;
import dev.seqwatch.report.MonitorName;
import dev.seqwatch.report.PersistedHistory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the sequences of every monitor stood, in memory. What a restart or a change of leader loses comes back from the
 * few samples in the resource's status.
 */
final class HistoryStore {
    private final Map<MonitorName, ServerHistory> books = new ConcurrentHashMap<>();

    ServerHistory before(SequenceMonitor monitor) {
        var kept = books.get(InspectionSchedule.name(monitor));
        return kept == null ? PersistedHistory.read(monitor.getStatus()) : kept;
    }

    void keep(MonitorName name, ServerHistory histories) {
        books.put(name, histories);
    }

    void forget(MonitorName name) {
        books.remove(name);
    }
}
