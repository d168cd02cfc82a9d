package dev.seqwatch.inspection;

import dev.seqwatch.catalog.CatalogReader;
import dev.seqwatch.catalog.Scope;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** STUB of the lead's: looks at every database of an assignment. */
public record Inspector(InstantSource clock) {
    public List<Inspection> inspect(Assignment assignment, Set<String> knownDatabases) {
        var reader = new CatalogReader(clock);
        return switch (reader.databases(assignment.target(), "postgres")) {
            case CatalogReader.Databases.Found(var names) ->
                names.stream()
                        .map(name -> Inspection.of(
                                name, reader.read(assignment.target(), name, Scope.ALL), assignment.policy()))
                        .toList();
            case CatalogReader.Databases.Unknown(var reading) ->
                (knownDatabases.isEmpty() ? Set.of("postgres") : knownDatabases)
                        .stream()
                                .sorted()
                                .map(name -> new Inspection(name, reading, List.of()))
                                .toList();
        };
    }
}
