package dev.seqwatch.operator;

import dev.seqwatch.api.v1alpha1.SequenceMonitor;
import dev.seqwatch.inspection.ServerHistory;
import dev.seqwatch.postgres.connection.Target;
import dev.seqwatch.report.metrics.MonitorName;
import dev.seqwatch.report.status.PersistedHistory;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the sequences of every monitor stood, in memory. What a restart or a change of leader loses comes back from the
 * few samples in the resource's status. Another server may have databases and sequences of the same names: after all hosts of
 * a monitor were replaced, only what was read of databases that their servers identify is kept, and the inspection compares
 * the identities.
 */
final class HistoryStore {
    private final Map<MonitorName, Kept> books = new ConcurrentHashMap<>();

    private record Kept(Set<Target.Host> hosts, ServerHistory history) {}

    /** @param hosts of the inspection that is about to begin */
    ServerHistory before(SequenceMonitor monitor, Collection<Target.Host> hosts) {
        var kept = books.get(InspectionSchedule.name(monitor));
        if (kept == null) {
            return PersistedHistory.read(monitor.getStatus());
        }
        return Collections.disjoint(kept.hosts, hosts) ? kept.history.identified() : kept.history;
    }

    /** @param hosts that were inspected */
    void keep(MonitorName name, Collection<Target.Host> hosts, ServerHistory history) {
        books.put(name, new Kept(Set.copyOf(hosts), history));
    }

    void forget(MonitorName name) {
        books.remove(name);
    }
}
