package dev.seqwatch.catalog;

import dev.seqwatch.catalog.ExtremeReader.Extreme;
import dev.seqwatch.catalog.ExtremeReader.Wanted;
import dev.seqwatch.sequence.Position;
import dev.seqwatch.sequence.Server;
import dev.seqwatch.sequence.WatchedSequence;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Reads stored ids first and positions after them, looks again at what seems behind, and completes the drafts. */
record IdReader(Session session, Server server) {
    List<WatchedSequence> complete(List<Assembly.Draft> drafts) throws SQLException {
        var wanted = drafts.stream()
                .flatMap(draft -> draft.columns().stream()
                        .flatMap(column -> column.ids().sources().stream())
                        .filter(source -> source.type().numeric())
                        .map(source -> wanted(draft, source)))
                .distinct()
                .toList();
        var extremes = ExtremeReader.read(session, wanted);
        var positions = PositionReader.read(
                session, server, drafts.stream().map(Assembly.Draft::found).toList());
        var suspects = new ArrayList<CollisionReader.Suspect>();
        var unindexed = new ArrayList<IdSource>();
        for (var draft : drafts) {
            var position = positions.get(draft.found().oid());
            for (var column : draft.columns()) {
                for (var source : column.ids().sources()) {
                    var extreme = extremes.get(wanted(draft, source));
                    if (position != null
                            && (source.type().spelled() || (extreme != null && ahead(extreme, draft, position)))) {
                        suspects.add(suspect(draft, source));
                    }
                    if (extreme instanceof Extreme.NotChecked) {
                        unindexed.add(source);
                    }
                }
            }
        }
        var answers = CollisionReader.read(session, server, suspects);
        var samples = StatisticsQuery.read(session, unindexed);
        var ids = new StoredIdsOf(extremes, answers, samples);
        return drafts.stream()
                .filter(draft -> positions.containsKey(draft.found().oid()))
                .map(draft -> watched(
                        draft,
                        Objects.requireNonNull(positions.get(draft.found().oid())),
                        ids))
                .toList();
    }

    static Wanted wanted(Assembly.Draft draft, IdSource source) {
        return new Wanted(source, draft.found().sequence().ascending());
    }

    static CollisionReader.Suspect suspect(Assembly.Draft draft, IdSource source) {
        return new CollisionReader.Suspect(draft.found(), draft.limit(), source);
    }

    /** Whether the farthest stored id lies in the sequence's future; it may still be beyond the limit. */
    private static boolean ahead(Extreme extreme, Assembly.Draft draft, Position position) {
        var sequence = draft.found().sequence();
        var next = position.next(sequence);
        return switch (extreme) {
            case Extreme.Value(var id) ->
                next != null
                        && id.compareTo(new BigDecimal(next))
                                        * sequence.increment().signum()
                                >= 0;
            case Extreme.NotANumber _ -> next != null;
            case Extreme.Empty _, Extreme.NotChecked _ -> false;
        };
    }

    private static WatchedSequence watched(Assembly.Draft draft, Position position, StoredIdsOf ids) {
        var consumers = draft.columns().stream()
                .map(column -> column.consumer()
                        .withUniqueness(ids.uniqueness(draft, column))
                        .withStored(ids.of(draft, column.ids(), position)))
                .toList();
        return new WatchedSequence(
                draft.found().sequence(),
                position,
                draft.owned(),
                consumers,
                draft.references(),
                draft.otherUses(),
                draft.withoutUsage(),
                draft.limit());
    }
}
