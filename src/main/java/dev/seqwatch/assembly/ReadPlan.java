package dev.seqwatch.assembly;

import dev.seqwatch.assembly.SequenceAssembler.UnreadSequence;
import dev.seqwatch.model.Position;
import dev.seqwatch.postgres.catalog.SequenceQuery;
import dev.seqwatch.postgres.ids.CollisionConfirmation.Suspect;
import dev.seqwatch.postgres.ids.IdSource;
import dev.seqwatch.postgres.ids.MaxIdReader.FarthestId;
import dev.seqwatch.postgres.ids.MaxIdReader.Wanted;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides which ids and positions are read for sequences, and completes the sequences with the answers. Pure. */
public record ReadPlan(List<UnreadSequence> drafts) {
    public ReadPlan {
        drafts = List.copyOf(drafts);
    }

    /** The first reads: the farthest id of each source, and its first id where that tells something. */
    public List<Wanted> farthestIds() {
        return drafts.stream()
                .flatMap(draft -> sources(draft)
                        .filter(source -> source.spelling() == null)
                        .flatMap(source ->
                                Stream.concat(Stream.of(draft.wanted(source)), draft.wantedFirst(source).stream())))
                .distinct()
                .toList();
    }

    /** Positions are read after the ids, so that inserts that run meanwhile do not look like ids ahead of their sequence. */
    public List<SequenceQuery.SequenceRow> positions() {
        return drafts.stream().map(UnreadSequence::found).toList();
    }

    /**
     * The reads that the first answers ask for.
     *
     * @param suspects sources whose ids seem to be ahead of the position, or could not be compared with it yet
     * @param unindexed sources that only the statistics of the last ANALYZE can answer for
     */
    public record SecondReads(List<Suspect> suspects, List<IdSource> unindexed) {
        public SecondReads {
            suspects = List.copyOf(suspects);
            unindexed = List.copyOf(unindexed);
        }
    }

    /**
     * The second reads.
     *
     * @param positions by the oid of the sequence; a sequence that was dropped meanwhile has none
     */
    public SecondReads secondReads(Map<Long, Position> positions, Map<Wanted, FarthestId> farthestIds) {
        var suspects = new ArrayList<Suspect>();
        var unindexed = new ArrayList<IdSource>();
        for (var draft : drafts) {
            var position = positions.get(draft.found().oid());
            sources(draft).forEach(source -> {
                var farthest = farthestIds.get(draft.wanted(source));
                if (position != null && isSuspect(source, farthest, draft, position)) {
                    suspects.add(draft.suspect(source));
                }
                if (farthest instanceof FarthestId.NotChecked) {
                    unindexed.add(source);
                }
            });
        }
        return new SecondReads(suspects, unindexed);
    }

    /** A sequence that was dropped meanwhile is left out. */
    public List<SequenceWithIds> complete(Map<Long, Position> positions, StoredIdsResolver ids) {
        return drafts.stream()
                .filter(draft -> positions.containsKey(draft.found().oid()))
                .map(draft -> complete(
                        draft,
                        Objects.requireNonNull(positions.get(draft.found().oid())),
                        ids))
                .toList();
    }

    private static SequenceWithIds complete(UnreadSequence draft, Position position, StoredIdsResolver ids) {
        var sequenceColumns = draft.columns().stream()
                .map(column -> column.sequenceColumn()
                        .withUniqueness(ids.uniqueness(draft, column))
                        .withStored(ids.of(draft, column.ids(), position)))
                .toList();
        return new SequenceWithIds(draft, position, sequenceColumns);
    }

    private static Stream<IdSource> sources(UnreadSequence draft) {
        return draft.columns().stream().flatMap(column -> column.ids().sources().stream());
    }

    private static boolean isSuspect(
            IdSource source, @Nullable FarthestId farthest, UnreadSequence draft, Position position) {
        return source.spelling() != null
                || (farthest != null
                        && (isAhead(farthest, draft, position) || StoredIdsResolver.byLeadingValues(source, farthest)));
    }

    /** Whether the farthest stored id lies in the sequence's future; it may still be beyond the limit. */
    private static boolean isAhead(FarthestId farthest, UnreadSequence draft, Position position) {
        var sequence = draft.found().sequence();
        var next = position.next(sequence);
        return switch (farthest) {
            case FarthestId.Value(var id) ->
                next != null
                        && id.compareTo(new BigDecimal(next))
                                        * sequence.increment().signum()
                                >= 0;
            case FarthestId.NotANumber _ -> next != null;
            case FarthestId.Empty _, FarthestId.NotChecked _ -> false;
        };
    }
}
