package dev.seqwatch.assembly;

import dev.seqwatch.model.DatabaseState.LateBound;
import dev.seqwatch.model.LinkEvidence;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.postgres.catalog.ColumnId;
import dev.seqwatch.postgres.catalog.RelationQuery;
import dev.seqwatch.postgres.catalog.Scope;
import dev.seqwatch.postgres.catalog.SequenceDefaultQuery.DefaultRow;
import dev.seqwatch.postgres.catalog.SequenceQuery.SequenceRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds the sequence of a default that PostgreSQL itself resolves only when it runs. */
public final class LateBinding {
    /** Of more sequences the ids of a column are not compared: a schema for each tenant has thousands of one name. */
    private static final int COMPARED = 10;

    private final Map<RelationName, SequenceRow> inspected;
    private final Map<String, List<SequenceRow>> bySimpleName;
    private final Map<String, List<RelationName>> names = new HashMap<>();
    private final Map<Long, RelationQuery.RelationRow> relations;
    private final Map<ColumnId, Optional<SequenceRow>> chosenByIds = new HashMap<>();
    private final List<DefaultRow> lateBound = new ArrayList<>();

    /**
     * @param all sequences of the database: a default may mean one that the monitor does not inspect
     * @param inspected those of the schemas that the monitor inspects
     */
    public LateBinding(
            List<SequenceRow> all, List<SequenceRow> inspected, Map<Long, RelationQuery.RelationRow> relations) {
        this.inspected = inspected.stream()
                .collect(Collectors.toMap(found -> found.sequence().name(), Function.identity()));
        this.bySimpleName = all.stream()
                .collect(Collectors.groupingBy(found -> found.sequence().name().name()));
        this.relations = relations;
    }

    /**
     * A default whose name several sequences have.
     *
     * @param candidates those sequences
     */
    public record Ambiguous(DefaultRow defaultRow, List<SequenceRow> candidates) {}

    /** The defaults for which the stored ids may tell which of several sequences is meant. */
    public List<Ambiguous> ambiguous(List<DefaultRow> defaults) {
        return defaults.stream()
                .filter(defaultRow -> defaultRow.sequence() == 0)
                .map(defaultRow -> new Ambiguous(defaultRow, named(defaultRow)))
                .filter(defaultRow -> defaultRow.candidates().size() > 1
                        && defaultRow.candidates().size() <= COMPARED)
                .toList();
    }

    /** Takes the sequence whose position the stored ids agree with; the most likely one by its schema where no ids speak. */
    public void choose(Ambiguous ambiguous, Function<SequenceRow, LinkEvidence.Ids> compare) {
        var agreeing = ambiguous.candidates().stream()
                .filter(candidate -> compare.apply(candidate) == LinkEvidence.Ids.Agree)
                .toList();
        var likely = bySchema(ambiguous.defaultRow());
        if (!agreeing.isEmpty() && (likely.isEmpty() || !agreeing.contains(likely.get()))) {
            chosenByIds.put(
                    ambiguous.defaultRow().attribute(),
                    agreeing.size() == 1
                            ? Optional.of(agreeing.getFirst())
                                    .filter(found -> inspected.containsKey(
                                            found.sequence().name()))
                            : Optional.empty());
        }
    }

    /** Draws by the oid of their sequence; 0 holds those that no sequence could be found for. */
    public Map<Long, List<DefaultRow>> bySequence(List<DefaultRow> defaults) {
        var found = new HashMap<Long, List<DefaultRow>>();
        for (var defaultRow : defaults) {
            var sequence = defaultRow.sequence();
            if (sequence == 0) {
                lateBound.add(defaultRow);
                sequence = Objects.requireNonNullElseGet(
                                chosenByIds.get(defaultRow.attribute()), () -> bySchema(defaultRow))
                        .map(SequenceRow::oid)
                        .orElse(0L);
            }
            found.computeIfAbsent(sequence, _ -> new ArrayList<>(1)).add(defaultRow);
        }
        return found;
    }

    /** The defaults that more or less than one sequence may be meant by; the copies on partitions and children are left out. */
    List<LateBound> uncertain(Map<Long, List<DefaultRow>> bySequence, CatalogRows rows, Scope scope) {
        var unresolved = rows.roots(bySequence.getOrDefault(0L, List.of())).stream()
                .map(DefaultRow::attribute)
                .collect(Collectors.toCollection(HashSet::new));
        return rows.roots(lateBound).stream()
                .filter(defaultRow -> unresolved.contains(defaultRow.attribute())
                        || named(defaultRow).size() > 1)
                .flatMap(defaultRow -> lateBound(defaultRow).stream())
                .filter(defaultRow ->
                        scope.schemas().test(defaultRow.column().table().schema()))
                .toList();
    }

    private Optional<LateBound> lateBound(DefaultRow defaultRow) {
        return Optional.ofNullable(relations.get(defaultRow.attribute().relation()))
                .map(table -> new LateBound(
                        table.name().column(defaultRow.column()),
                        String.valueOf(defaultRow.expression()),
                        names(named(defaultRow))));
    }

    /** One list for each name, however many defaults have it. */
    private List<RelationName> names(List<SequenceRow> candidates) {
        return candidates.isEmpty()
                ? List.of()
                : names.computeIfAbsent(
                        candidates.getFirst().sequence().name().name(),
                        _ -> candidates.stream()
                                .map(found -> found.sequence().name())
                                .toList());
    }

    /** All sequences that a name without a schema may mean. */
    private List<SequenceRow> named(DefaultRow defaultRow) {
        return path(defaultRow)
                .filter(path -> path.path().size() == 1)
                .map(path -> bySimpleName.getOrDefault(path.path().getFirst(), List.of()))
                .orElse(List.of());
    }

    private static Optional<DefaultExpression.LateBound> path(DefaultRow defaultRow) {
        return defaultRow.expression() != null
                        && DefaultExpression.parse(defaultRow.expression())
                                instanceof DefaultExpression.LateBound lateBound
                ? Optional.of(lateBound)
                : Optional.empty();
    }

    /** The one beside the table, else the one of public, else the only one of that name. */
    private Optional<SequenceRow> bySchema(DefaultRow defaultRow) {
        var table = relations.get(defaultRow.attribute().relation());
        var path = path(defaultRow);
        if (table == null || path.isEmpty()) {
            return Optional.empty();
        }
        return DefaultExpression.candidates(path.get(), table.name()).stream()
                .flatMap(name -> Optional.ofNullable(inspected.get(name)).stream())
                .findFirst()
                .or(() -> Optional.of(named(defaultRow))
                        .filter(all -> all.size() == 1)
                        .map(List::getFirst)
                        .filter(only -> inspected.containsKey(only.sequence().name())));
    }
}
