package dev.seqwatch.reading;

import dev.seqwatch.assembly.ReadSequence;
import dev.seqwatch.assembly.SequenceAssembler;
import dev.seqwatch.assembly.StoredIdsResolver;
import dev.seqwatch.model.Fact;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.Server;
import dev.seqwatch.postgres.connection.OptionalReads;
import dev.seqwatch.postgres.connection.Session;
import dev.seqwatch.postgres.ids.CollisionConfirmation;
import dev.seqwatch.postgres.ids.IdSource;
import dev.seqwatch.postgres.ids.MaxIdReader;
import dev.seqwatch.postgres.ids.MaxIdReader.FarthestId;
import dev.seqwatch.postgres.ids.PositionReader;
import dev.seqwatch.postgres.ids.StatisticsQuery;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads stored ids first and positions after them, and reads again what seems behind. A sequence that was dropped meanwhile
 * is left out.
 */
record SequenceReader(Session session, Server server, OptionalReads optional) {
    List<ReadSequence> read(List<SequenceAssembler.UnreadSequence> drafts) throws SQLException {
        var wanted = drafts.stream()
                .flatMap(draft -> draft.columns().stream()
                        .flatMap(column -> column.ids().sources().stream())
                        .filter(source -> source.spelling() == null)
                        .flatMap(source ->
                                Stream.concat(Stream.of(draft.wanted(source)), draft.wantedFirst(source).stream())))
                .distinct()
                .toList();
        var extremes = MaxIdReader.read(session, wanted);
        var positions = PositionReader.read(
                session,
                server,
                drafts.stream().map(SequenceAssembler.UnreadSequence::found).toList());
        var suspects = new ArrayList<CollisionConfirmation.Suspect>();
        var unindexed = new ArrayList<IdSource>();
        for (var draft : drafts) {
            var position = positions.get(draft.found().oid());
            for (var column : draft.columns()) {
                for (var source : column.ids().sources()) {
                    var extreme = extremes.get(draft.wanted(source));
                    if (position != null && suspicious(source, extreme, draft, position)) {
                        suspects.add(draft.suspect(source));
                    }
                    if (extreme instanceof FarthestId.NotChecked) {
                        unindexed.add(source);
                    }
                }
            }
        }
        var answers = CollisionConfirmation.read(session, server, suspects);
        Map<IdSource, StatisticsQuery.IdStatistics> samples =
                optional.read(Fact.ColumnStatistics, () -> StatisticsQuery.read(session, unindexed), Map.of());
        var ids = new StoredIdsResolver(extremes, answers, samples);
        return drafts.stream()
                .filter(draft -> positions.containsKey(draft.found().oid()))
                .map(draft -> read(
                        draft,
                        Objects.requireNonNull(positions.get(draft.found().oid())),
                        ids))
                .toList();
    }

    private static boolean suspicious(
            IdSource source, @Nullable FarthestId farthest, SequenceAssembler.UnreadSequence draft, Position position) {
        return source.spelling() != null
                || (farthest != null
                        && (ahead(farthest, draft, position) || StoredIdsResolver.byLeadingValues(source, farthest)));
    }

    /** Whether the farthest stored id lies in the sequence's future; it may still be beyond the limit. */
    private static boolean ahead(FarthestId extreme, SequenceAssembler.UnreadSequence draft, Position position) {
        var sequence = draft.found().sequence();
        var next = position.next(sequence);
        return switch (extreme) {
            case FarthestId.Value(var id) ->
                next != null
                        && id.compareTo(new BigDecimal(next))
                                        * sequence.increment().signum()
                                >= 0;
            case FarthestId.NotANumber _ -> next != null;
            case FarthestId.Empty _, FarthestId.NotChecked _ -> false;
        };
    }

    private static ReadSequence read(SequenceAssembler.UnreadSequence draft, Position position, StoredIdsResolver ids) {
        var sequenceColumns = draft.columns().stream()
                .map(column -> column.sequenceColumn()
                        .withUniqueness(ids.uniqueness(draft, column))
                        .withStored(ids.of(draft, column.ids(), position)))
                .toList();
        return new ReadSequence(draft, position, sequenceColumns);
    }
}
