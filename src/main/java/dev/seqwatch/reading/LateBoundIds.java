package dev.seqwatch.reading;

import dev.seqwatch.assembly.LateBinding;
import dev.seqwatch.assembly.LateBinding.Ambiguous;
import dev.seqwatch.model.LinkEvidence;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.Server;
import dev.seqwatch.model.Uniqueness;
import dev.seqwatch.model.UnreadableReason;
import dev.seqwatch.postgres.catalog.IdColumnQuery;
import dev.seqwatch.postgres.catalog.SequenceDefaultQuery.DefaultRow;
import dev.seqwatch.postgres.catalog.SequenceQuery.SequenceRow;
import dev.seqwatch.postgres.connection.Session;
import dev.seqwatch.postgres.ids.IdSource;
import dev.seqwatch.postgres.ids.MaxIdReader;
import dev.seqwatch.postgres.ids.MaxIdReader.FarthestId;
import dev.seqwatch.postgres.ids.MaxIdReader.Wanted;
import dev.seqwatch.postgres.ids.PositionReader;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Compares the stored ids of a column whose default names its sequence by a text with every sequence of that name. Ids are
 * read before positions.
 */
final class LateBoundIds {
    private LateBoundIds() {}

    static void choose(
            Session session,
            Server server,
            LateBinding binding,
            List<DefaultRow> defaults,
            Map<IdColumnQuery.Column, IdColumnQuery.IdColumnRow> idColumns)
            throws SQLException {
        var readable = new HashMap<Ambiguous, IdSource>();
        for (var ambiguous : binding.ambiguous(defaults)) {
            source(ambiguous.defaultRow(), idColumns).ifPresent(source -> readable.put(ambiguous, source));
        }
        if (readable.isEmpty()) {
            return;
        }
        var ids = MaxIdReader.read(
                session,
                readable.values().stream()
                        .flatMap(source -> Stream.of(new Wanted(source, true), new Wanted(source, false)))
                        .distinct()
                        .toList());
        var positions = PositionReader.read(
                session,
                server,
                readable.keySet().stream()
                        .flatMap(ambiguous -> ambiguous.candidates().stream())
                        .distinct()
                        .toList());
        readable.forEach((ambiguous, source) ->
                binding.choose(ambiguous, candidate -> compare(candidate, source, ids, positions)));
    }

    private static LinkEvidence.Ids compare(
            SequenceRow candidate, IdSource source, Map<Wanted, FarthestId> ids, Map<Long, Position> positions) {
        var farthest = ids.get(new Wanted(source, candidate.sequence().ascending()));
        return farthest instanceof FarthestId.Value(var id)
                ? LinkEvidence.compare(
                        candidate.sequence(),
                        positions.getOrDefault(candidate.oid(), new Position.Unreadable(UnreadableReason.ServerError)),
                        id)
                : LinkEvidence.Ids.Unknown;
    }

    /** Only where an index answers: a scan for a hint would cost more than the hint is worth. */
    private static Optional<IdSource> source(
            DefaultRow defaultRow, Map<IdColumnQuery.Column, IdColumnQuery.IdColumnRow> idColumns) {
        return Optional.ofNullable(idColumns.get(
                        new IdColumnQuery.Column(defaultRow.attribute().relation(), defaultRow.column())))
                .filter(row -> row.kind().equals("r")
                        && row.readable()
                        && !row.rowSecurity()
                        && row.indexed()
                        && defaultRow.type().isNumeric())
                .map(row -> new IdSource(
                        row.attribute().relation(),
                        row.table().column(defaultRow.column()),
                        defaultRow.type(),
                        Uniqueness.Alone,
                        true,
                        true,
                        row.locks()));
    }
}
