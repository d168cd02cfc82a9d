package dev.seqwatch.reading;

import dev.seqwatch.assembly.CatalogRows;
import dev.seqwatch.assembly.InheritanceTree;
import dev.seqwatch.assembly.OptionalRows;
import dev.seqwatch.model.ColumnName;
import dev.seqwatch.model.ColumnType;
import dev.seqwatch.model.DatabaseState.IntegerColumns;
import dev.seqwatch.model.Fact;
import dev.seqwatch.model.IntegerColumn;
import dev.seqwatch.model.IntegerColumn.Values;
import dev.seqwatch.model.Reference;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.Uniqueness;
import dev.seqwatch.model.UnreadColumns;
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
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the integer columns whose values lie beyond half of their type. Statistics answer first, for the whole database in
 * one statement. A table is read only where they know such a value, where the largest id of a sequence column is known
 * already, and where there are no statistics: at most {@link #MOST_READS} columns of the last kind, keys first.
 */
record IntegerColumnReader(
        Session session, OptionalReads optional, InheritanceTree trees, Collection<Reference> references) {
    /** Columns without statistics that are read in one inspection. */
    static final int MOST_READS = 2_000;

    private static final int RANKS = 3;

    /**
     * The sequence columns that are beyond half, in each table of their trees: an id that came since the last ANALYZE is in
     * no statistics.
     */
    static List<IdColumnQuery.Column> beyondHalf(List<WatchedSequence> sequences, CatalogRows rows) {
        var farthest = farthest(sequences);
        var beyond = sequences.stream()
                .flatMap(watched -> watched.sequenceColumns().stream())
                .filter(column -> isBeyondHalf(column.type(), farthest.get(column.column())))
                .map(SequenceColumn::column)
                .collect(Collectors.groupingBy(
                        ColumnName::table, Collectors.mapping(ColumnName::column, Collectors.toSet())));
        return rows.relations().values().stream()
                .flatMap(relation -> beyond.getOrDefault(relation.name(), Set.of()).stream()
                        .flatMap(column -> rows.trees().members(relation.oid()).stream()
                                .map(member -> new IdColumnQuery.Column(member, column))))
                .distinct()
                .toList();
    }

    /** @param chosen columns that are judged whatever their statistics say: {@link #beyondHalf} */
    IntegerColumns read(Scope scope, List<WatchedSequence> sequences, List<IdColumnQuery.Column> chosen)
            throws SQLException {
        var farthest = farthest(sequences);
        var found = new Found(farthest);
        IntegerColumnQuery.read(session, chosen, row -> {
            if (scope.schemas().test(row.column().table().schema())) {
                found.add(row);
            }
        });
        if (found.rows.isEmpty()) {
            return IntegerColumns.NONE;
        }
        var roots = roots(found.rows);
        var unread = roots.keySet().stream()
                .filter(row -> !row.analyzed() && !farthest.containsKey(roots.get(row)))
                .sorted(Comparator.comparingInt(Found::rank))
                .toList();
        var readFirst =
                unread.stream().filter(row -> !row.array()).limit(MOST_READS).toList();
        var known = roots.keySet().stream()
                .filter(row -> row.analyzed() || isBeyondHalf(row.type(), farthest.get(roots.get(row))))
                .toList();
        var tables = IdColumnQuery.read(
                session,
                Stream.concat(readFirst.stream(), known.stream())
                        .map(IntegerColumnRow::byName)
                        .distinct()
                        .toList());
        var maxima = maxima(readFirst, tables);
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
        var dropped = Stream.concat(readFirst.stream(), known.stream())
                .filter(row -> !tables.containsKey(row.byName()))
                .collect(Collectors.toSet());
        var unknown = Stream.concat(
                        unread.stream().filter(row -> !maxima.containsKey(row)),
                        candidates.stream().filter(row -> !values.containsKey(row)))
                .filter(row -> !dropped.contains(row))
                .mapToInt(row -> Objects.requireNonNull(roots.get(row)).hashCode());
        return new IntegerColumns(
                columns(roots, values), new UnreadColumns(IntStream.concat(found.leftOut.build(), unknown)));
    }

    /**
     * The rows that matter. A database may have a million columns without statistics, of which only {@link #MOST_READS} are
     * read: the others are counted and not held.
     */
    private final class Found {
        final List<IntegerColumnRow> rows = new ArrayList<>();
        final IntStream.Builder leftOut = IntStream.builder();
        private final Map<ColumnName, BigInteger> farthest;
        private final int[] unread = new int[RANKS];

        Found(Map<ColumnName, BigInteger> farthest) {
            this.farthest = farthest;
        }

        void add(IntegerColumnRow row) {
            if (row.analyzed() || trees.hasParent(row.id().relation())) {
                rows.add(row);
                return;
            }
            var id = farthest.get(row.column());
            if (id != null) {
                if (isBeyondHalf(row.type(), id)) {
                    rows.add(row);
                }
            } else if (unread[rank(row)]++ < MOST_READS) {
                rows.add(row);
            } else {
                leftOut.add(row.column().hashCode());
            }
        }

        /** Keys first, then columns that an index answers for. */
        static int rank(IntegerColumnRow row) {
            return row.key() ? 0 : row.indexed() ? 1 : 2;
        }
    }

    /** The rows in their order, each with the column of the topmost table that has it. */
    private Map<IntegerColumnRow, ColumnName> roots(List<IntegerColumnRow> rows) throws SQLException {
        var above = IdColumnQuery.read(
                session,
                rows.stream()
                        .filter(row ->
                                row.inherited() && trees.hasParent(row.id().relation()))
                        .flatMap(row -> trees.ancestors(row.id().relation()).stream()
                                .skip(1)
                                .map(relation -> new IdColumnQuery.Column(
                                        relation, row.column().column())))
                        .distinct()
                        .toList());
        var roots = new LinkedHashMap<IntegerColumnRow, ColumnName>();
        rows.forEach(row -> roots.putIfAbsent(row, root(row, above)));
        return roots;
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
        var referencing = references.stream()
                .map(Reference::column)
                .filter(fullest::containsKey)
                .collect(Collectors.toSet());
        var trees = fullest.values().stream()
                .flatMap(row -> tree(row).stream()
                        .map(relation ->
                                new IdColumnQuery.Column(relation, row.column().column())))
                .distinct()
                .toList();
        Map<IdColumnQuery.Column, List<String>> blockers =
                optional.read(Fact.TypeChangeBlockers, () -> BlockerQuery.read(session, trees), Map.of());
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

    /** All tables whose column changes its type together with that of the row. */
    private Set<Long> tree(IntegerColumnRow row) {
        return trees.ancestors(row.id().relation()).stream()
                .filter(table -> !trees.hasParent(table))
                .flatMap(root -> trees.members(root).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
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

    /** The topmost table that has the column, by the name of its column. */
    private ColumnName root(IntegerColumnRow row, Map<IdColumnQuery.Column, IdColumnQuery.IdColumnRow> above) {
        if (!row.inherited() || !trees.hasParent(row.id().relation())) {
            return row.column();
        }
        return trees.ancestors(row.id().relation()).stream()
                .map(relation -> above.get(
                        new IdColumnQuery.Column(relation, row.column().column())))
                .flatMap(Stream::ofNullable)
                .reduce((_, top) -> top)
                .map(top -> top.table().column(row.column().column()))
                .orElse(row.column());
    }

    private Map<IntegerColumnRow, BigInteger> maxima(
            List<IntegerColumnRow> unread, Map<IdColumnQuery.Column, IdColumnQuery.IdColumnRow> tables)
            throws SQLException {
        var wanted = new LinkedHashMap<IntegerColumnRow, Wanted>();
        unread.forEach(row -> source(row, tables).ifPresent(source -> wanted.put(row, new Wanted(source, true))));
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
        var table = tables.get(row.byName());
        return table != null && table.readable() && !table.rowSecurity() && table.locks() <= IdSource.MAX_LOCKS
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
