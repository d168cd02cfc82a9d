package dev.seqwatch.sequence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * One database as one inspection read it.
 *
 * @param blindSchemas schemas that our role has no USAGE on
 */
public record Snapshot(
        String database,
        Server server,
        Instant takenAt,
        Duration took,
        List<WatchedSequence> sequences,
        Set<String> blindSchemas) {
    public Snapshot {
        sequences = List.copyOf(sequences);
        blindSchemas = Set.copyOf(blindSchemas);
    }
}
