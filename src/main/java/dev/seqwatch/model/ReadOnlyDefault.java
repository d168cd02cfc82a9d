package dev.seqwatch.model;

import java.time.Instant;
import java.util.Set;

/**
 * What {@code default_transaction_read_only} says to the clients of a database.
 *
 * @param level the level that sets it for everyone; a role may have a setting of its own
 * @param configurationLoadedAt since when every session follows the configuration file, from its next transaction on
 * @param readOnlyRoles roles that it is set on for
 * @param writingRoles roles that it is set off for
 */
public record ReadOnlyDefault(
        Level level, Instant configurationLoadedAt, Set<String> readOnlyRoles, Set<String> writingRoles) {
    public ReadOnlyDefault {
        readOnlyRoles = Set.copyOf(readOnlyRoles);
        writingRoles = Set.copyOf(writingRoles);
    }

    /** Whether both hold for the same sessions. */
    public boolean sameRules(ReadOnlyDefault other) {
        return level == other.level
                && readOnlyRoles.equals(other.readOnlyRoles)
                && writingRoles.equals(other.writingRoles);
    }

    /** Who the setting reaches. */
    public enum Level {
        /** Transactions write unless they ask for less. */
        Off,
        /** ALTER DATABASE, or ALTER ROLE ALL: sessions that were open before keep what they had. */
        NewSessions,
        /** The configuration of the server: open sessions follow it too. */
        Server
    }
}
