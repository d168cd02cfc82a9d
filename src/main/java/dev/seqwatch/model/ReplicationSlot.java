package dev.seqwatch.model;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A slot of logical replication.
 *
 * @param active whether a receiver is connected
 * @param confirmed bytes of WAL up to which the receiver has stored everything; null where the server does not know
 * @param lost whether the server has removed WAL that the receiver still needs
 */
public record ReplicationSlot(
        String name, boolean active, @Nullable BigInteger confirmed, boolean lost) {}
