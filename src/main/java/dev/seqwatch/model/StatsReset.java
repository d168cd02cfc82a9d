package dev.seqwatch.model;

import java.time.Instant;

/**
 * Since when PostgreSQL counts in a database.
 *
 * @param known false where it does not say, as from 15 on until the first reset: then it is since the making of the
 *     server's data folder, or since later
 */
public record StatsReset(Instant since, boolean known) {}
