package dev.seqwatch.assembly;

import dev.seqwatch.model.ColumnType;
import dev.seqwatch.model.Given;
import dev.seqwatch.model.Persistence;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.Sequence;
import dev.seqwatch.model.Server;
import dev.seqwatch.model.Subscription;
import dev.seqwatch.model.TableStatistics;
import dev.seqwatch.model.Uniqueness;
import dev.seqwatch.postgres.catalog.ColumnId;
import dev.seqwatch.postgres.catalog.ForeignKeyQuery;
import dev.seqwatch.postgres.catalog.IdColumnQuery;
import dev.seqwatch.postgres.catalog.InheritanceQuery;
import dev.seqwatch.postgres.catalog.RelationQuery;
import dev.seqwatch.postgres.catalog.SequenceDefaultQuery;
import dev.seqwatch.postgres.catalog.SequenceQuery;
import dev.seqwatch.postgres.catalog.UniqueColumns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a small database for tests of what is assembled from them. Tables are in schema public, and the column that
 * matters in each is its first.
 */
final class Catalog {
    static final Server PRIMARY = new Server("18.6", 180006, Server.Role.Primary, "watcher");
    static final Server STANDBY = new Server("18.6", 180006, Server.Role.Standby, "watcher");

    private final List<SequenceQuery.SequenceRow> sequences = new ArrayList<>();
    private final Map<Long, List<SequenceDefaultQuery.DefaultRow>> defaults = new HashMap<>();
    private final Map<IdColumnQuery.Column, Set<Long>> sequencesByColumn = new HashMap<>();
    private final List<InheritanceQuery.Edge> edges = new ArrayList<>();
    private final Map<Long, RelationQuery.RelationRow> relations = new HashMap<>();
    private final Map<IdColumnQuery.Column, IdColumnQuery.IdColumnRow> idColumns = new HashMap<>();
    private final Map<ColumnId, Uniqueness> uniqueness = new HashMap<>();
    private final Map<ColumnId, List<ForeignKeyQuery.ForeignKeyRow>> foreignKeys = new HashMap<>();
    private final Map<String, Long> oids = new HashMap<>();

    /** An ordinary table with an indexed, unique column {@code id} that our role may read. */
    Catalog table(String name) {
        return table(name, UnaryOperator.identity());
    }

    Catalog table(String name, UnaryOperator<TableOptions> options) {
        var chosen = options.apply(new TableOptions("r", true, false, 1, true, Uniqueness.Alone, 0));
        var oid = oid(name);
        var relation = new RelationName("public", name);
        relations.put(
                oid,
                new RelationQuery.RelationRow(
                        oid,
                        relation,
                        chosen.kind,
                        Persistence.Permanent,
                        "owner",
                        Subscription.None,
                        true,
                        new TableStatistics(chosen.rows, 0, chosen.rows, null)));
        idColumns.put(
                new IdColumnQuery.Column(oid, "id"),
                new IdColumnQuery.IdColumnRow(
                        id(name),
                        relation,
                        chosen.kind,
                        false,
                        chosen.readable,
                        chosen.rowSecurity,
                        chosen.indexes,
                        chosen.indexed,
                        List.of(),
                        List.of()));
        uniqueness.put(id(name), chosen.uniqueness);
        return this;
    }

    /**
     * How a table differs from an ordinary one.
     *
     * @param kind as {@code pg_class.relkind}
     */
    record TableOptions(
            String kind,
            boolean readable,
            boolean rowSecurity,
            int indexes,
            boolean indexed,
            Uniqueness uniqueness,
            long rows) {
        TableOptions partitioned() {
            return new TableOptions("p", readable, rowSecurity, indexes, indexed, uniqueness, rows);
        }

        TableOptions foreign() {
            return new TableOptions("f", readable, rowSecurity, indexes, indexed, uniqueness, rows);
        }

        TableOptions unreadable() {
            return new TableOptions(kind, false, rowSecurity, indexes, indexed, uniqueness, rows);
        }

        TableOptions withPolicies() {
            return new TableOptions(kind, readable, true, indexes, indexed, uniqueness, rows);
        }

        TableOptions withIndexes(int count) {
            return new TableOptions(kind, readable, rowSecurity, count, indexed, uniqueness, rows);
        }

        TableOptions notUnique() {
            return new TableOptions(kind, readable, rowSecurity, indexes, indexed, Uniqueness.None, rows);
        }

        TableOptions rows(long count) {
            return new TableOptions(kind, readable, rowSecurity, indexes, indexed, uniqueness, count);
        }
    }

    Catalog child(String name, String parent) {
        edges.add(new InheritanceQuery.Edge(oid(name), oid(parent)));
        return this;
    }

    Catalog sequence(String name) {
        return sequence(name, Given.sequence("bigint"));
    }

    /** @param like gives all but the name */
    Catalog sequence(String name, Sequence like) {
        sequences.add(new SequenceQuery.SequenceRow(
                oid(name),
                new Sequence(
                        new RelationName("public", name),
                        like.dataType(),
                        like.range(),
                        like.start(),
                        like.increment(),
                        like.cache(),
                        like.cycle(),
                        like.persistence(),
                        like.owner()),
                true,
                true,
                true,
                null,
                null,
                0));
        return this;
    }

    /** The column's default calls nextval for the sequence. */
    Catalog feeds(String sequence, String table, ColumnType type) {
        return feeds(sequence, table, type, "nextval('%s'::regclass)".formatted(sequence));
    }

    Catalog feeds(String sequence, String table, ColumnType type, @Nullable String expression) {
        defaults.computeIfAbsent(oid(sequence), _ -> new ArrayList<>())
                .add(new SequenceDefaultQuery.DefaultRow(
                        oid(sequence), id(table), "id", expression == null ? "d" : "", type, expression, null, true));
        sequencesByColumn
                .computeIfAbsent(new IdColumnQuery.Column(oid(table), "id"), _ -> new HashSet<>())
                .add(oid(sequence));
        return this;
    }

    /** The first column of one table references that of another. */
    Catalog references(String table, ColumnType type, String key, ColumnType keyType) {
        foreignKeys
                .computeIfAbsent(id(key), _ -> new ArrayList<>())
                .add(new ForeignKeyQuery.ForeignKeyRow(
                        table + "_fkey",
                        id(table),
                        oid(table),
                        new RelationName("public", table),
                        "id",
                        type,
                        id(key),
                        new RelationName("public", key).column("id"),
                        keyType));
        return this;
    }

    CatalogRows rows() {
        return new CatalogRows(
                sequences,
                defaults,
                sequencesByColumn,
                new InheritanceTree(edges),
                relations,
                idColumns,
                new UniqueColumns(uniqueness, Uniqueness.None),
                foreignKeys,
                NextvalUses.NONE,
                Map.of(),
                ColumnLimits.NONE,
                List.of());
    }

    List<SequenceAssembler.UnreadSequence> drafts() {
        return drafts(PRIMARY);
    }

    List<SequenceAssembler.UnreadSequence> drafts(Server server) {
        return new SequenceAssembler(rows(), new SequenceColumnFactory(rows(), server), List.of()).drafts();
    }

    long oid(String name) {
        return oids.computeIfAbsent(name, _ -> 20_000L + oids.size());
    }

    private ColumnId id(String table) {
        return new ColumnId(oid(table), 1);
    }
}
