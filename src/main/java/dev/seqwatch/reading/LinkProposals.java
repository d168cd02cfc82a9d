package dev.seqwatch.reading;

import dev.seqwatch.model.ColumnName;
import dev.seqwatch.model.DatabaseState.UnknownCall;
import dev.seqwatch.model.LinkEvidence;
import dev.seqwatch.model.NotCheckedReason;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.Server;
import dev.seqwatch.model.Uniqueness;
import dev.seqwatch.model.UnreadableReason;
import dev.seqwatch.model.ValueSource;
import dev.seqwatch.postgres.catalog.IdColumnQuery;
import dev.seqwatch.postgres.catalog.KeyColumnQuery;
import dev.seqwatch.postgres.catalog.Scope;
import dev.seqwatch.postgres.catalog.SequenceDefaultQuery;
import dev.seqwatch.postgres.catalog.SequenceQuery;
import dev.seqwatch.postgres.connection.Session;
import dev.seqwatch.postgres.ids.IdSource;
import dev.seqwatch.postgres.ids.MaxIdReader;
import dev.seqwatch.postgres.ids.MaxIdReader.FarthestId;
import dev.seqwatch.postgres.ids.MaxIdReader.Wanted;
import dev.seqwatch.postgres.ids.PositionReader;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the probable column of each sequence that no column is known to use: the key that owns it, or the one key whose name
 * and stored ids fit. Ids are read before positions.
 */
final class LinkProposals {
    private LinkProposals() {}

    private record Proposal(
            SequenceQuery.SequenceRow sequence, KeyColumnQuery.KeyColumnRow key, ValueSource source, Wanted wanted) {
        static Proposal of(SequenceQuery.SequenceRow sequence, KeyColumnQuery.KeyColumnRow key, ValueSource source) {
            return new Proposal(
                    sequence,
                    key,
                    source,
                    new Wanted(LinkProposals.source(key), sequence.sequence().ascending()));
        }
    }

    /**
     * What was found.
     *
     * @param rows for the columns that are judged
     * @param unread keys that a sequence fits and for which the ids do not tell
     */
    record Answer(List<SequenceDefaultQuery.DefaultRow> rows, List<UnknownCall> unread) {
        static final Answer NONE = new Answer(List.of(), List.of());
    }

    /**
     * Judges which columns the sequences feed.
     *
     * @param sequences those that no column is known to use
     * @param filledOtherwise columns that a trigger fills with something else
     * @param denied pairs that the monitor says are not related
     */
    static Answer read(
            Session session,
            Server server,
            List<SequenceQuery.SequenceRow> sequences,
            Set<IdColumnQuery.Column> filledOtherwise,
            Set<Scope.Link> denied)
            throws SQLException {
        if (sequences.isEmpty()) {
            return Answer.NONE;
        }
        var keys = KeyColumnQuery.read(session).stream()
                .filter(key -> !filledOtherwise.contains(
                        new IdColumnQuery.Column(key.attribute().relation(), key.column())))
                .toList();
        var index = new Keys(keys);
        var proposals = sequences.stream()
                .flatMap(sequence -> index.proposals(sequence).stream())
                .filter(proposal -> !denied.contains(new Scope.Link(
                        proposal.sequence().sequence().name(),
                        proposal.key().table().column(proposal.key().column()))))
                .toList();
        var ids = MaxIdReader.read(
                session,
                proposals.stream()
                        .filter(proposal -> proposal.key().readable())
                        .map(Proposal::wanted)
                        .distinct()
                        .toList());
        var positions = PositionReader.read(
                session,
                server,
                proposals.stream().map(Proposal::sequence).distinct().toList());
        var rows = proposals.stream()
                .filter(proposal -> holds(proposal, ids, positions))
                .map(proposal -> SequenceDefaultQuery.DefaultRow.of(
                        proposal.sequence().oid(),
                        proposal.key().row(),
                        new SequenceDefaultQuery.Caller(proposal.source(), null)))
                .toList();
        var unread = proposals.stream()
                .filter(proposal ->
                        !LinkEvidence.feedsAll(proposal.sequence().sequence().name()))
                .flatMap(proposal -> reason(proposal, ids, positions)
                        .map(reason -> new UnknownCall(
                                "sequence " + proposal.sequence().sequence().name(),
                                proposal.key().table(),
                                proposal.key().column(),
                                reason))
                        .stream())
                .toList();
        return new Answer(rows, unread);
    }

    /** Why it is not known whether the sequence feeds the key; empty where that is known. */
    private static Optional<NotCheckedReason> reason(
            Proposal proposal, Map<Wanted, FarthestId> ids, Map<Long, Position> positions) {
        return switch (compared(proposal, ids, positions)) {
            case Unknown ->
                proposal.source() == ValueSource.LinkedByName
                        ? Optional.of(NotCheckedReason.ProbableUse)
                        : Optional.empty();
            case Ahead -> Optional.of(NotCheckedReason.ProbableUseAhead);
            case Agree, None, FarBefore -> Optional.empty();
        };
    }

    /** Keys by what leads from a sequence to them. */
    private static final class Keys {
        private final Map<ColumnName, List<KeyColumnQuery.KeyColumnRow>> byColumn = new HashMap<>();
        private final Map<String, List<KeyColumnQuery.KeyColumnRow>> bySchema = new HashMap<>();
        private final Map<RelationName, List<KeyColumnQuery.KeyColumnRow>> byName = new HashMap<>();

        Keys(List<KeyColumnQuery.KeyColumnRow> keys) {
            for (var key : keys) {
                var table = key.table();
                add(byColumn, table.column(key.column()), key);
                add(bySchema, table.schema(), key);
                LinkEvidence.namesOf(table.name(), key.column())
                        .forEach(name -> add(byName, new RelationName(table.schema(), name), key));
            }
        }

        private static <K> void add(
                Map<K, List<KeyColumnQuery.KeyColumnRow>> keys, K by, KeyColumnQuery.KeyColumnRow key) {
            keys.computeIfAbsent(by, _ -> new ArrayList<>(1)).add(key);
        }

        /** The key that owns the sequence, else those that its name fits: one of them, or all where it feeds all by its name. */
        List<Proposal> proposals(SequenceQuery.SequenceRow sequence) {
            var name = sequence.sequence().name();
            var owned = sequence.owned();
            if (owned != null) {
                return byColumn.getOrDefault(owned.column(), List.of()).stream()
                        .map(key -> Proposal.of(sequence, key, ValueSource.OwnedWithoutCall))
                        .toList();
            }
            if (LinkEvidence.feedsAll(name)) {
                return bySchema.getOrDefault(name.schema(), List.of()).stream()
                        .map(key -> Proposal.of(sequence, key, ValueSource.LinkedByName))
                        .toList();
            }
            var fitting = LinkEvidence.stems(name.name()).stream()
                    .flatMap(stem -> byName.getOrDefault(new RelationName(name.schema(), stem), List.of()).stream())
                    .distinct()
                    .toList();
            return fitting.size() == 1
                    ? List.of(Proposal.of(sequence, fitting.getFirst(), ValueSource.LinkedByName))
                    : List.of();
        }
    }

    private static LinkEvidence.Ids compared(
            Proposal proposal, Map<Wanted, FarthestId> ids, Map<Long, Position> positions) {
        var position = positions.getOrDefault(
                proposal.sequence().oid(), new Position.Unreadable(UnreadableReason.ServerError));
        var answer = ids.get(proposal.wanted());
        return answer instanceof FarthestId.Value || answer instanceof FarthestId.Empty
                ? LinkEvidence.compare(proposal.sequence().sequence(), position, value(answer))
                : LinkEvidence.Ids.Unknown;
    }

    private static boolean holds(Proposal proposal, Map<Wanted, FarthestId> ids, Map<Long, Position> positions) {
        var owned = proposal.source() == ValueSource.OwnedWithoutCall;
        return switch (compared(proposal, ids, positions)) {
            case Agree -> true;
            case None, FarBefore, Unknown -> owned;
            case Ahead -> false;
        };
    }

    private static @Nullable BigDecimal value(FarthestId answer) {
        return answer instanceof FarthestId.Value(var id) ? id : null;
    }

    private static IdSource source(KeyColumnQuery.KeyColumnRow key) {
        return new IdSource(
                key.attribute().relation(),
                key.table().column(key.column()),
                key.type(),
                Uniqueness.Alone,
                true,
                true,
                1 + key.indexes());
    }
}
