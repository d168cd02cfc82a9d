package dev.seqwatch.assembly;

import dev.seqwatch.model.RelationName;
import dev.seqwatch.postgres.catalog.FunctionRow;
import dev.seqwatch.postgres.nextval.QualifiedName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the relation that code means by a name. */
record NamedRelations(Map<RelationName, Long> oids, Map<String, List<RelationName>> byName) {
    NamedRelations(Map<RelationName, Long> oids) {
        this(oids, byName(oids));
    }

    private static Map<String, List<RelationName>> byName(Map<RelationName, Long> oids) {
        var byName = new HashMap<String, List<RelationName>>();
        oids.keySet()
                .forEach(name -> byName.computeIfAbsent(name.name(), _ -> new ArrayList<>())
                        .add(name));
        return byName;
    }

    /**
     * By the schema that the code names, else by the function's own search_path. The session's is not known: of several
     * relations of one name it is the one beside the function and its table, and a name that one schema alone has is that.
     *
     * @param in the function with the name in it, or null
     * @param table whose INSERT calls the function, or null
     */
    Optional<Long> find(QualifiedName name, @Nullable FunctionRow in, @Nullable RelationName table) {
        var schema = name.schema();
        if (schema != null) {
            return in(schema, name.name());
        }
        if (in != null && !in.schemas().isEmpty()) {
            return in.schemas().stream()
                    .flatMap(each -> in(each, name.name()).stream())
                    .findFirst();
        }
        var beside = in != null && (table == null || table.schema().equals(in.schema()))
                ? in(in.schema(), name.name())
                : Optional.<Long>empty();
        var candidates = byName.getOrDefault(name.name(), List.of());
        return beside.or(() -> candidates.size() == 1
                ? Stream.ofNullable(oids.get(candidates.getFirst())).findFirst()
                : Optional.empty());
    }

    private Optional<Long> in(String schema, String name) {
        return Optional.ofNullable(oids.get(new RelationName(schema, name)));
    }
}
