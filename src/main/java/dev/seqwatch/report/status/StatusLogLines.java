package dev.seqwatch.report.status;

import static java.util.stream.Collectors.toMap;

import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus;
import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus.FindingSeverity;
import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus.FindingStatus;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What changed from one status of a monitor to the next that whoever reads the operator's log wants to know, a line each. */
public final class StatusLogLines {
    private StatusLogLines() {}

    /** Conditions first, then Critical findings. Empty where only figures and times differ. */
    public static List<String> lines(SequenceMonitorStatus previous, SequenceMonitorStatus next) {
        var before = critical(previous);
        var after = critical(next);
        return Stream.of(
                        Stream.of(SequenceMonitorStatus.READY, SequenceMonitorStatus.HEALTHY)
                                .flatMap(type -> condition(type, previous, next).stream()),
                        after.entrySet().stream()
                                .filter(entry -> !before.containsKey(entry.getKey()))
                                .map(entry -> "Critical finding: " + MonitorEvents.subject(entry.getValue()) + ": "
                                        + entry.getValue().message()),
                        before.entrySet().stream()
                                .filter(entry -> !after.containsKey(entry.getKey()))
                                .map(entry -> "Critical no more: " + MonitorEvents.subject(entry.getValue())))
                .flatMap(lines -> lines)
                .toList();
    }

    private static Optional<String> condition(String type, SequenceMonitorStatus previous, SequenceMonitorStatus next) {
        var before = find(type, previous);
        return find(type, next)
                .filter(now -> before.isEmpty()
                        || !Objects.equals(before.get().getStatus(), now.getStatus())
                        || !Objects.equals(before.get().getReason(), now.getReason()))
                .map(now -> type + " is " + now.getStatus() + " (" + now.getReason() + "): " + now.getMessage());
    }

    private static Optional<Condition> find(String type, SequenceMonitorStatus status) {
        return status.conditions().stream()
                .filter(condition -> type.equals(condition.getType()))
                .findFirst();
    }

    private static Map<FindingList.Key, FindingStatus> critical(SequenceMonitorStatus status) {
        return status.findings().stream()
                .filter(finding -> finding.severity() == FindingSeverity.Critical)
                .collect(toMap(FindingList.Key::of, finding -> finding, (one, _) -> one, LinkedHashMap::new));
    }
}
