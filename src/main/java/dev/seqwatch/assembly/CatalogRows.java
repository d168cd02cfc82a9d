package dev.seqwatch.assembly;

import dev.seqwatch.model.DatabaseState.LateBound;
import dev.seqwatch.postgres.catalog.ColumnId;
import dev.seqwatch.postgres.catalog.ForeignKeyQuery;
import dev.seqwatch.postgres.catalog.IdColumnQuery;
import dev.seqwatch.postgres.catalog.RelationQuery;
import dev.seqwatch.postgres.catalog.Scope;
import dev.seqwatch.postgres.catalog.SequenceDefaultQuery;
import dev.seqwatch.postgres.catalog.SequenceQuery;
import dev.seqwatch.postgres.catalog.UniqueColumns;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The core of what the catalogs say, before anything is made of it. Anyone may read all of it. */
public record CatalogRows(
        List<SequenceQuery.SequenceRow> sequences,
        Map<Long, List<SequenceDefaultQuery.DefaultRow>> defaults,
        Map<IdColumnQuery.Column, Set<Long>> sequencesByColumn,
        InheritanceTree trees,
        Map<Long, RelationQuery.RelationRow> relations,
        Map<IdColumnQuery.Column, IdColumnQuery.IdColumnRow> idColumns,
        UniqueColumns uniqueColumns,
        Map<ColumnId, List<ForeignKeyQuery.ForeignKeyRow>> foreignKeys,
        NextvalUses calls,
        Map<Long, List<String>> mentions,
        ColumnLimits limits) {

    /** Every table with a column that takes values from a sequence, and those below it. */
    public Set<Long> tables() {
        return relations.keySet();
    }

    /** The part that is needed after {@link SequenceAssembler}, so that the rest need not be held while ids are read. */
    public CatalogRows afterAssembly() {
        return new CatalogRows(
                List.of(),
                defaults,
                Map.of(),
                trees,
                relations,
                Map.of(),
                UniqueColumns.UNKNOWN,
                foreignKeys,
                calls,
                mentions,
                ColumnLimits.NONE);
    }

    /** Late-bound defaults that no sequence was found for; the copies on partitions and children are left out. */
    public List<LateBound> unresolved(Scope scope) {
        var unresolved = defaults.getOrDefault(0L, List.of());
        return unresolved.stream()
                .filter(draw -> !inherited(draw, unresolved))
                .map(draw -> new LateBound(
                        Objects.requireNonNull(relations.get(draw.attribute().relation()))
                                .name()
                                .column(draw.column()),
                        String.valueOf(draw.expression())))
                .filter(draw -> scope.schemas().test(draw.column().table().schema()))
                .toList();
    }

    /** A partition or child has its parent's default copied; the tree counts as one table. */
    boolean inherited(SequenceDefaultQuery.DefaultRow draw, List<SequenceDefaultQuery.DefaultRow> all) {
        var ancestors = trees.ancestors(draw.attribute().relation());
        return all.stream()
                .anyMatch(other ->
                        other.attribute().relation() != draw.attribute().relation()
                                && other.column().equals(draw.column())
                                && ancestors.contains(other.attribute().relation()));
    }
}
