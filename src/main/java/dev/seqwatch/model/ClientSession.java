package dev.seqwatch.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A connection of a client to a database, as {@code pg_stat_activity} shows it.
 *
 * @param application may be empty
 * @param since when it was opened; null where our role may not see it
 * @param transactionSince when its transaction began; null where it has none, and where our role may not see it
 * @param writing whether its transaction has changed something
 * @param mayWrite whether its role, or one that it may change to, can change a table or a sequence
 */
public record ClientSession(
        int pid,
        String role,
        String application,
        @Nullable Instant since,
        @Nullable Instant transactionSince,
        boolean writing,
        boolean mayWrite) {}
