package dev.seqwatch.reading;

import dev.seqwatch.assembly.ReadPlan;
import dev.seqwatch.assembly.SequenceAssembler;
import dev.seqwatch.assembly.SequenceWithIds;
import dev.seqwatch.assembly.StoredIdsResolver;
import dev.seqwatch.model.Fact;
import dev.seqwatch.model.Server;
import dev.seqwatch.postgres.connection.OptionalReads;
import dev.seqwatch.postgres.connection.Session;
import dev.seqwatch.postgres.ids.CollisionConfirmation;
import dev.seqwatch.postgres.ids.IdSource;
import dev.seqwatch.postgres.ids.MaxIdReader;
import dev.seqwatch.postgres.ids.PositionReader;
import dev.seqwatch.postgres.ids.StatisticsQuery;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Makes the reads that a {@link ReadPlan} asks for: stored ids, then positions, then what these leave open. */
record SequenceReader(Session session, Server server, OptionalReads optional) {
    List<SequenceWithIds> read(List<SequenceAssembler.UnreadSequence> drafts) throws SQLException {
        var plan = new ReadPlan(drafts);
        var farthestIds = MaxIdReader.read(session, plan.farthestIds());
        var positions = PositionReader.read(session, server, plan.positions());
        var second = plan.secondReads(positions, farthestIds);
        var answers = CollisionConfirmation.read(session, server, second.suspects());
        Map<IdSource, StatisticsQuery.IdStatistics> samples =
                optional.read(Fact.ColumnStatistics, () -> StatisticsQuery.read(session, second.unindexed()), Map.of());
        return plan.complete(positions, new StoredIdsResolver(farthestIds, answers, samples));
    }
}
