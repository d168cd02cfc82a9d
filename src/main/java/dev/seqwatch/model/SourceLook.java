package dev.seqwatch.model;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One look at a database that others replicate from. Two of them show whether it still changes.
 *
 * @param at by the clock of the server
 * @param serverStarted when the server started, which tells two servers with the same identifier apart
 * @param walPosition bytes of WAL that the server has written; null on a standby
 * @param sessions of clients other than us; workers of the server itself and senders of WAL left out
 * @param preparedTransactions that wait for COMMIT PREPARED
 * @param changedRows rows of tables of users that were inserted, updated or deleted since the statistics began
 * @param slots of logical replication from this database
 */
public record SourceLook(
        Instant at,
        Instant serverStarted,
        @Nullable BigInteger walPosition,
        List<ClientSession> sessions,
        ReadOnlyDefault readOnly,
        int preparedTransactions,
        BigInteger changedRows,
        Map<RelationName, Position> positions,
        List<ReplicationSlot> slots) {
    public SourceLook {
        sessions = List.copyOf(sessions);
        positions = Map.copyOf(positions);
        slots = List.copyOf(slots);
    }
}
