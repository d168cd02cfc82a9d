package dev.seqwatch.assembly;

import dev.seqwatch.model.ColumnName;
import dev.seqwatch.model.IdPartitions;
import dev.seqwatch.model.Limit;
import dev.seqwatch.model.Limits;
import dev.seqwatch.model.Ownership;
import dev.seqwatch.model.Reference;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.TableCopies;
import dev.seqwatch.model.ValueSource;
import dev.seqwatch.postgres.catalog.ColumnId;
import dev.seqwatch.postgres.catalog.IdColumnQuery;
import dev.seqwatch.postgres.catalog.Scope;
import dev.seqwatch.postgres.catalog.SequenceDefaultQuery;
import dev.seqwatch.postgres.catalog.SequenceQuery;
import dev.seqwatch.postgres.ids.CollisionConfirmation;
import dev.seqwatch.postgres.ids.IdSource;
import dev.seqwatch.postgres.ids.MaxIdReader;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes of the catalogs' rows what is known of each sequence before any position, stored id or optional fact is read. */
public record SequenceAssembler(CatalogRows rows, SequenceColumnFactory columns, List<Scope.DeclaredLimit> limits) {
    /** A sequence whose position and stored ids are still to be read. */
    public record UnreadSequence(
            SequenceQuery.SequenceRow found,
            @Nullable Ownership owned,
            List<Column> columns,
            List<UnreadReference> references,
            Limit limit,
            List<IdPartitions> partitions) {
        public UnreadSequence {
            columns = List.copyOf(columns);
            references = List.copyOf(references);
            partitions = List.copyOf(partitions);
        }

        /**
         * A column without its stored ids.
         *
         * @param root the topmost table with the column
         * @param members the column in each table of its tree that stores the sequence's values
         */
        public record Column(
                SequenceColumn sequenceColumn, IdSources ids, IdColumnQuery.Column root, List<ColumnId> members) {
            public Column {
                members = List.copyOf(members);
            }
        }

        /** @param root the topmost table with the column */
        record UnreadReference(Reference reference, IdColumnQuery.Column root) {}

        /** The read of the farthest id in the direction in which the sequence counts. */
        public MaxIdReader.Wanted wanted(IdSource source) {
            return new MaxIdReader.Wanted(source, found.sequence().ascending());
        }

        /** The read of the first stored id of the sequence's range; empty where it would tell nothing. */
        public Optional<MaxIdReader.Wanted> wantedFirst(IdSource source) {
            var sequence = found.sequence();
            return sequence.asksForFirstId() && source.spelling() == null
                    ? Optional.of(new MaxIdReader.Wanted(source, !sequence.ascending(), sequence.turn()))
                    : Optional.empty();
        }

        /** The read that confirms a collision. */
        public CollisionConfirmation.Suspect suspect(IdSource source) {
            return new CollisionConfirmation.Suspect(found, limit, source);
        }
    }

    public List<UnreadSequence> drafts() {
        return rows.sequences().stream().map(this::draft).toList();
    }

    private UnreadSequence draft(SequenceQuery.SequenceRow found) {
        var defaults = rows.defaults().getOrDefault(found.oid(), List.of());
        var roots = rows.roots(defaults);
        var unreadColumns = roots.stream()
                .map(defaultRow -> columns.sequenceColumn(found, defaultRow))
                .toList();
        var sequenceColumns = unreadColumns.stream()
                .map(UnreadSequence.Column::sequenceColumn)
                .toList();
        var references = roots.stream()
                .filter(defaultRow -> SequenceColumnFactory.valueSource(defaultRow) != ValueSource.Derived)
                .flatMap(defaultRow -> columns.references(found, defaultRow).stream())
                .distinct()
                .toList();
        var known = references.stream()
                .map(UnreadSequence.UnreadReference::reference)
                .toList();
        var owned = owned(found, defaults, sequenceColumns);
        var written = sequenceColumns.stream()
                .filter(column -> !TableCopies.idle(column, owned, sequenceColumns))
                .toList();
        // a copy that keeps old rows is closed by such a constraint, and its rows bring their ids along
        var originals = written.stream()
                .filter(column ->
                        TableCopies.original(column, owned, sequenceColumns).isEmpty())
                .toList();
        return new UnreadSequence(
                found,
                owned,
                unreadColumns,
                references,
                Limits.tightest(
                        found.sequence(),
                        written,
                        known,
                        Stream.of(
                                        declared(found, sequenceColumns, known),
                                        ofColumns(found, roots, unreadColumns, originals),
                                        ofReferences(found, references))
                                .flatMap(List::stream)
                                .toList()),
                partitions(unreadColumns, references, originals));
    }

    /** Limits that are no type. */
    private List<Limit> ofColumns(
            SequenceQuery.SequenceRow found,
            List<SequenceDefaultQuery.DefaultRow> roots,
            List<UnreadSequence.Column> unreadColumns,
            List<SequenceColumn> written) {
        return IntStream.range(0, roots.size())
                .filter(i -> written.contains(unreadColumns.get(i).sequenceColumn()))
                .mapToObj(i -> rows.limits()
                        .of(
                                unreadColumns.get(i).sequenceColumn(),
                                unreadColumns.get(i).root(),
                                roots.get(i).expression(),
                                found.sequence().ascending()))
                .flatMap(List::stream)
                .toList();
    }

    private List<Limit> ofReferences(SequenceQuery.SequenceRow found, List<UnreadSequence.UnreadReference> references) {
        return references.stream()
                .flatMap(unread -> rows
                        .limits()
                        .ofReference(
                                unread.reference().column(),
                                unread.root(),
                                found.sequence().ascending())
                        .stream())
                .toList();
    }

    private List<IdPartitions> partitions(
            List<UnreadSequence.Column> unreadColumns,
            List<UnreadSequence.UnreadReference> references,
            List<SequenceColumn> written) {
        var ofColumns = unreadColumns.stream()
                .filter(column -> column.sequenceColumn().storesValues() && written.contains(column.sequenceColumn()))
                .flatMap(column ->
                        partitions(column.root(), column.sequenceColumn().column()));
        var ofReferences = references.stream()
                .flatMap(found -> partitions(found.root(), found.reference().column()));
        return Stream.concat(ofColumns, ofReferences).distinct().toList();
    }

    /** Of the table, and of its partitions that are partitioned themselves. */
    private Stream<IdPartitions> partitions(IdColumnQuery.Column root, ColumnName name) {
        return rows.trees().members(root.relation()).stream()
                .flatMap(member -> rows
                        .limits()
                        .partitions(
                                new IdColumnQuery.Column(member, root.name()),
                                member == root.relation() ? name : nameBelow(member, name),
                                member != root.relation())
                        .stream());
    }

    private ColumnName nameBelow(long member, ColumnName name) {
        var relation = rows.relations().get(member);
        return relation == null ? name : relation.name().column(name.column());
    }

    private @Nullable Ownership owned(
            SequenceQuery.SequenceRow found,
            List<SequenceDefaultQuery.DefaultRow> defaults,
            List<SequenceColumn> sequenceColumns) {
        var owned = found.owned();
        return owned == null
                ? null
                : new Ownership(
                        shared(owned.column(), sequenceColumns),
                        owned.identity(),
                        owned.identity()
                                || defaults.stream()
                                        .anyMatch(defaultRow -> columns.table(defaultRow)
                                                .column(defaultRow.column())
                                                .equals(owned.column())));
    }

    /** The same name, in the instance that the column itself has: there are tens of thousands of each. */
    private static ColumnName shared(ColumnName name, List<SequenceColumn> sequenceColumns) {
        return sequenceColumns.stream()
                .map(SequenceColumn::column)
                .filter(name::equals)
                .findFirst()
                .orElse(name);
    }

    private List<Limit> declared(
            SequenceQuery.SequenceRow found, List<SequenceColumn> sequenceColumns, List<Reference> references) {
        return limits.stream()
                .filter(limit -> limit.concerns(sequenceColumns, references) && limit.liesAhead(found.sequence()))
                .map(Scope.DeclaredLimit::limit)
                .toList();
    }
}
