package dev.seqwatch.reading;

import dev.seqwatch.assembly.CatalogRows;
import dev.seqwatch.assembly.OptionalRows;
import dev.seqwatch.model.ColumnName;
import dev.seqwatch.model.ColumnType;
import dev.seqwatch.model.DatabaseState.IntegerColumns;
import dev.seqwatch.model.Fact;
import dev.seqwatch.model.IntegerColumn;
import dev.seqwatch.model.IntegerColumn.Values;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.Uniqueness;
import dev.seqwatch.model.WatchedSequence;
import dev.seqwatch.postgres.catalog.BlockerQuery;
import dev.seqwatch.postgres.catalog.IdColumnQuery;
import dev.seqwatch.postgres.catalog.IntegerColumnQuery;
import dev.seqwatch.postgres.catalog.IntegerColumnQuery.IntegerColumnRow;
import dev.seqwatch.postgres.catalog.IntegerStatisticsQuery;
import dev.seqwatch.postgres.catalog.Scope;
import dev.seqwatch.postgres.connection.OptionalReads;
import dev.seqwatch.postgres.connection.Session;
import dev.seqwatch.postgres.ids.IdSource;
import dev.seqwatch.postgres.ids.LargestValuesReader;
import dev.seqwatch.postgres.ids.MaxIdReader;
import dev.seqwatch.postgres.ids.MaxIdReader.FarthestId;
import dev.seqwatch.postgres.ids.MaxIdReader.Wanted;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the integer columns whose values lie beyond half of their type. Statistics answer first, for the whole database in
 * one statement. A table is read only where they know such a value, where the largest id of a sequence column is known
 * already, and where there are no statistics: at most {@link #MOST_READS} columns of the last kind, keys first.
 */
record IntegerColumnReader(Session session, OptionalReads optional, CatalogRows rows) {
    /** Columns without statistics that are read in one inspection. */
    static final int MOST_READS = 2_000;

    IntegerColumns read(Scope scope, List<WatchedSequence> sequences) throws SQLException {
        var farthest = farthest(sequences);
        var found = IntegerColumnQuery.read(session, chosen(sequences, farthest)).stream()
                .filter(row -> scope.schemas().test(row.column().table().schema()))
                .toList();
        if (found.isEmpty()) {
            return IntegerColumns.NONE;
        }
        var tables = IdColumnQuery.read(
                session,
                found.stream()
                        .flatMap(row -> rows.trees().ancestors(row.id().relation()).stream()
                                .map(relation -> new IdColumnQuery.Column(
                                        relation, row.column().column())))
                        .distinct()
                        .toList());
        var roots = found.stream()
                .filter(row -> tables.containsKey(row.byName()))
                .collect(Collectors.toMap(row -> row, row -> root(row, tables), (a, _) -> a, LinkedHashMap::new));
        var unread = roots.keySet().stream()
                .filter(row -> !row.analyzed() && !farthest.containsKey(roots.get(row)))
                .sorted(Comparator.comparing((IntegerColumnRow row) -> !row.key())
                        .thenComparing(row -> !row.indexed()))
                .toList();
        var maxima = maxima(unread, tables);
        var candidates = roots.keySet().stream()
                .filter(row -> row.analyzed()
                        || isBeyondHalf(row.type(), farthest.get(roots.get(row)))
                        || isBeyondHalf(row.type(), maxima.get(row)))
                .toList();
        var stored = LargestValuesReader.read(
                session,
                candidates.stream()
                        .filter(row -> !row.array())
                        .flatMap(row -> source(row, tables).stream())
                        .toList());
        var values = new HashMap<IntegerColumnRow, Values>();
        for (var row : candidates) {
            source(row, tables).map(stored::get).ifPresent(last -> values.put(row, last));
        }
        values.putAll(IntegerStatisticsQuery.read(
                session,
                candidates.stream()
                        .filter(row -> row.analyzed() && !values.containsKey(row))
                        .toList()));
        var unknown = Stream.concat(
                        unread.stream().filter(row -> !maxima.containsKey(row)),
                        candidates.stream().filter(row -> !values.containsKey(row)))
                .map(roots::get)
                .collect(Collectors.toSet());
        return new IntegerColumns(columns(roots, values), unknown);
    }

    /** The fullest table speaks for its tree. */
    private List<IntegerColumn> columns(Map<IntegerColumnRow, ColumnName> roots, Map<IntegerColumnRow, Values> values)
            throws SQLException {
        var fullest = new LinkedHashMap<ColumnName, IntegerColumnRow>();
        roots.forEach((row, root) -> {
            var own = values.get(row);
            if (own != null && isBeyondHalf(row.type(), BigInteger.valueOf(own.largest()))) {
                fullest.merge(
                        root,
                        row,
                        (a, b) -> Objects.requireNonNull(values.get(a)).largest() >= own.largest() ? a : b);
            }
        });
        if (fullest.isEmpty()) {
            return List.of();
        }
        var referencing = rows.foreignKeys().values().stream()
                .flatMap(List::stream)
                .map(key -> key.table().column(key.column()))
                .collect(Collectors.toSet());
        var relations = new HashSet<Long>();
        fullest.values().forEach(row -> relations.addAll(tree(row)));
        Map<IdColumnQuery.Column, List<String>> blockers =
                optional.read(Fact.TypeChangeBlockers, () -> BlockerQuery.read(session, relations), Map.of());
        var known = optional.knows(Fact.TypeChangeBlockers);
        var columns = new ArrayList<IntegerColumn>();
        fullest.forEach((root, row) -> columns.add(new IntegerColumn(
                root,
                row.type(),
                row.array(),
                row.key(),
                referencing.contains(root),
                Objects.requireNonNull(values.get(row)),
                !known
                        ? List.of(OptionalRows.UNKNOWN_BLOCKERS)
                        : tree(row).stream()
                                .flatMap(relation -> blockers
                                        .getOrDefault(
                                                new IdColumnQuery.Column(
                                                        relation, row.column().column()),
                                                List.of())
                                        .stream())
                                .distinct()
                                .toList())));
        return columns;
    }

    private Set<Long> tree(IntegerColumnRow row) {
        return rows.trees().ancestors(row.id().relation());
    }

    /** The largest stored id of each integer column that a sequence feeds, as far as it has been read. */
    private static Map<ColumnName, BigInteger> farthest(List<WatchedSequence> sequences) {
        var farthest = new HashMap<ColumnName, BigInteger>();
        for (var watched : sequences) {
            for (var column : watched.sequenceColumns()) {
                var id = column.stored().farthest();
                if (id != null && watched.sequence().ascending() && isInteger(column.type())) {
                    farthest.merge(column.column(), id, BigInteger::max);
                }
            }
        }
        return farthest;
    }

    /**
     * The tables of sequence columns that are beyond half: an id that came since the last ANALYZE is in no statistics.
     *
     * @param farthest by the name of the column
     */
    private List<IdColumnQuery.Column> chosen(List<WatchedSequence> sequences, Map<ColumnName, BigInteger> farthest) {
        var trees = new HashMap<RelationName, Set<Long>>();
        rows.relations()
                .values()
                .forEach(relation -> trees.put(relation.name(), rows.trees().members(relation.oid())));
        return sequences.stream()
                .flatMap(watched -> watched.sequenceColumns().stream())
                .filter(column -> isBeyondHalf(column.type(), farthest.get(column.column())))
                .flatMap(column -> trees.getOrDefault(column.column().table(), Set.of()).stream()
                        .map(member ->
                                new IdColumnQuery.Column(member, column.column().column())))
                .distinct()
                .toList();
    }

    /** The topmost table that has the column, by the name of its column. */
    private ColumnName root(IntegerColumnRow row, Map<IdColumnQuery.Column, IdColumnQuery.IdColumnRow> tables) {
        return rows.trees().ancestors(row.id().relation()).stream()
                .filter(relation -> row.inherited() || relation == row.id().relation())
                .map(relation -> tables.get(
                        new IdColumnQuery.Column(relation, row.column().column())))
                .flatMap(Stream::ofNullable)
                .reduce((_, above) -> above)
                .map(top -> top.table().column(row.column().column()))
                .orElse(row.column());
    }

    private Map<IntegerColumnRow, BigInteger> maxima(
            List<IntegerColumnRow> unread, Map<IdColumnQuery.Column, IdColumnQuery.IdColumnRow> tables)
            throws SQLException {
        var wanted = new LinkedHashMap<IntegerColumnRow, Wanted>();
        unread.stream()
                .filter(row -> !row.array())
                .limit(MOST_READS)
                .forEach(row -> source(row, tables).ifPresent(source -> wanted.put(row, new Wanted(source, true))));
        var answers = MaxIdReader.read(session, List.copyOf(wanted.values()));
        var maxima = new HashMap<IntegerColumnRow, BigInteger>();
        wanted.forEach((row, of) -> {
            switch (answers.get(of)) {
                case FarthestId.Value(BigDecimal id) -> maxima.put(row, id.toBigInteger());
                case FarthestId.Empty _ -> maxima.put(row, BigInteger.ZERO);
                case FarthestId.NotANumber _, FarthestId.NotChecked _ -> {}
                case null -> {}
            }
        });
        return maxima;
    }

    private static Optional<IdSource> source(
            IntegerColumnRow row, Map<IdColumnQuery.Column, IdColumnQuery.IdColumnRow> tables) {
        var table = Objects.requireNonNull(tables.get(row.byName()));
        return table.readable() && !table.rowSecurity() && table.locks() <= IdSource.MAX_LOCKS
                ? Optional.of(new IdSource(
                        row.id().relation(),
                        row.column(),
                        row.type(),
                        Uniqueness.None,
                        true,
                        table.indexed(),
                        table.locks()))
                : Optional.empty();
    }

    private static boolean isInteger(ColumnType type) {
        return type.base().equals("int2") || type.base().equals("int4");
    }

    private static boolean isBeyondHalf(ColumnType type, @Nullable BigInteger value) {
        return value != null
                && isInteger(type)
                && value.compareTo(Objects.requireNonNull(type.bounds()).max().shiftRight(1)) > 0;
    }
}
