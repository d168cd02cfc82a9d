package dev.seqwatch.inspection;

import dev.seqwatch.forecast.DatabaseHistory;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What earlier inspections of one server are remembered for, by the names of its databases.
 *
 * @param databases where the sequences stood
 * @param findings what was open after the last inspection
 */
public record ServerHistory(Map<String, DatabaseHistory> databases, Map<String, List<EarlierFinding>> findings) {
    public static final ServerHistory NONE = new ServerHistory(Map.of());

    public ServerHistory {
        databases = Map.copyOf(databases);
        findings = Map.copyOf(findings);
    }

    /** Of inspections whose findings nobody remembers. */
    public ServerHistory(Map<String, DatabaseHistory> databases) {
        this(databases, Map.of());
    }

    public static ServerHistory of(List<Inspection> inspections) {
        return new ServerHistory(
                inspections.stream()
                        .collect(Collectors.toMap(Inspection::database, Inspection::history, (one, _) -> one)),
                inspections.stream()
                        .collect(Collectors.toMap(Inspection::database, Inspection::open, (one, _) -> one)));
    }

    /** What is left where the address is another one: databases that their server identified, and their findings. */
    public ServerHistory identified() {
        var same = databases.entrySet().stream()
                .filter(entry -> entry.getValue().database() != null)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new ServerHistory(
                same,
                findings.entrySet().stream()
                        .filter(entry -> same.containsKey(entry.getKey()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    public DatabaseHistory of(String database) {
        return databases.getOrDefault(database, DatabaseHistory.NONE);
    }

    public List<EarlierFinding> findings(String database) {
        return findings.getOrDefault(database, List.of());
    }
}
