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
import java.util.Set;
import java.util.stream.Collectors;

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
        ColumnLimits limits,
        List<LateBound> lateBound) {

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
                ColumnLimits.NONE,
                lateBound);
    }

    /** With the late-bound defaults whose sequence is uncertain. */
    public CatalogRows with(LateBinding binding, Scope scope) {
        return new CatalogRows(
                sequences,
                defaults,
                sequencesByColumn,
                trees,
                relations,
                idColumns,
                uniqueColumns,
                foreignKeys,
                calls,
                mentions,
                limits,
                binding.uncertain(defaults, this, scope));
    }

    /** A partition or child has its parent's default copied; the tree counts as one table. */
    List<SequenceDefaultQuery.DefaultRow> roots(List<SequenceDefaultQuery.DefaultRow> all) {
        if (all.size() < 2) {
            return all;
        }
        var columns = all.stream().map(CatalogRows::column).collect(Collectors.toSet());
        return all.stream()
                .filter(defaultRow -> trees.ancestors(defaultRow.attribute().relation()).stream()
                        .skip(1)
                        .noneMatch(
                                ancestor -> columns.contains(new IdColumnQuery.Column(ancestor, defaultRow.column()))))
                .toList();
    }

    private static IdColumnQuery.Column column(SequenceDefaultQuery.DefaultRow defaultRow) {
        return new IdColumnQuery.Column(defaultRow.attribute().relation(), defaultRow.column());
    }
}
