package dev.seqwatch.inspection;

import dev.seqwatch.check.DatabaseHistory;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The histories of one server's databases, by their names. */
public record ServerHistory(Map<String, DatabaseHistory> databases) {
    public static final ServerHistory NONE = new ServerHistory(Map.of());

    public ServerHistory {
        databases = Map.copyOf(databases);
    }

    public static ServerHistory of(List<Inspection> inspections) {
        return new ServerHistory(inspections.stream()
                .collect(Collectors.toMap(Inspection::database, Inspection::history, (one, _) -> one)));
    }

    public DatabaseHistory of(String database) {
        return databases.getOrDefault(database, DatabaseHistory.NONE);
    }
}
