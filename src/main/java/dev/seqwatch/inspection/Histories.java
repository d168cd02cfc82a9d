package dev.seqwatch.inspection;

import dev.seqwatch.check.History;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The histories of one server's databases, by their names. */
public record Histories(Map<String, History> databases) {
    public static final Histories NONE = new Histories(Map.of());

    public Histories {
        databases = Map.copyOf(databases);
    }

    public static Histories of(List<Inspection> inspections) {
        return new Histories(inspections.stream()
                .collect(Collectors.toMap(Inspection::database, Inspection::history, (one, _) -> one)));
    }

    public History of(String database) {
        return databases.getOrDefault(database, History.NONE);
    }
}
