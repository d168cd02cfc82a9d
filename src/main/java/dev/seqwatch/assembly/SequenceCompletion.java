package dev.seqwatch.assembly;

import dev.seqwatch.model.NotCheckedReason;
import dev.seqwatch.model.Reference;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.SequenceUses;
import dev.seqwatch.model.StoredIds.Gap;
import dev.seqwatch.model.WatchedSequence;
import dev.seqwatch.postgres.catalog.IdColumnQuery;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Adds the optional facts to sequences that were read.
 *
 * @param blockersKnown whether the objects that keep a type from being changed were read
 */
public record SequenceCompletion(
        CatalogRows core, OptionalRows rows, boolean blockersKnown, Map<Long, List<String>> callers) {
    public SequenceCompletion(CatalogRows core, OptionalRows rows, boolean blockersKnown) {
        this(core, rows, blockersKnown, core.calls().callers());
    }

    public List<WatchedSequence> complete(List<SequenceWithIds> sequences) {
        return sequences.stream().map(this::complete).toList();
    }

    /** All columns of foreign keys, each with the column that it points to. */
    public List<Reference> references() {
        return core.foreignKeys().values().stream()
                .flatMap(List::stream)
                .map(key -> new Reference(
                        key.table().column(key.column()),
                        key.type(),
                        key.constraint(),
                        key.keyColumn(),
                        key.keyType(),
                        blockers(List.of(), new IdColumnQuery.Column(key.root(), key.column()))))
                .toList();
    }

    private WatchedSequence complete(SequenceWithIds read) {
        var draft = read.draft();
        var oid = draft.found().oid();
        var sequenceColumns = Stream.iterate(0, i -> i < read.columns().size(), i -> i + 1)
                .map(i -> complete(read.columns().get(i), draft.columns().get(i)))
                .toList();
        return new WatchedSequence(
                draft.found().sequence(),
                read.position(),
                draft.owned(),
                sequenceColumns,
                draft.references().stream()
                        .map(found -> found.reference().withBlockers(blockers(List.of(), found.root())))
                        .toList(),
                Stream.concat(
                                rows.otherUses().getOrDefault(oid, List.of()).stream(),
                                core.mentions().getOrDefault(oid, List.of()).stream())
                        .toList(),
                new SequenceUses(
                        callers.getOrDefault(oid, List.of()),
                        draft.found().extension(),
                        draft.found().accesses()),
                rows.grants().missing().getOrDefault(oid, List.of()),
                draft.limit(),
                draft.partitions());
    }

    private SequenceColumn complete(SequenceColumn column, SequenceAssembler.UnreadSequence.Column draft) {
        var unknownViews = draft.members().stream()
                .flatMap(member -> rows.grants().unknown().getOrDefault(member, List.of()).stream())
                .distinct()
                .map(view -> new Gap(view, NotCheckedReason.ViewUnknown))
                .toList();
        var stored = unknownViews.isEmpty()
                ? column.stored()
                : column.stored()
                        .withGaps(Stream.concat(column.stored().gaps().stream(), unknownViews.stream())
                                .toList());
        return column.withBlockers(blockers(column.blockers(), draft.root())).withStored(stored);
    }

    /** What keeps the type of a column from being changed, in its table or below it. */
    private List<String> blockers(List<String> more, IdColumnQuery.Column column) {
        if (!blockersKnown) {
            return List.of(OptionalRows.UNKNOWN_BLOCKERS);
        }
        return Stream.concat(
                        core.trees().members(column.relation()).stream()
                                .map(member -> rows.blockers()
                                        .getOrDefault(new IdColumnQuery.Column(member, column.name()), List.of()))
                                .flatMap(List::stream),
                        more.stream())
                .distinct()
                .toList();
    }
}
