package dev.seqwatch.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What was read of two databases between which applications are about to move.
 *
 * @param first a look at the source before the two databases were read
 * @param second a look at it after that
 * @param targetLook subscriptions of the target
 * @param searchPaths of the source: by role, and for everyone by the empty text
 * @param publications of the source that those name and that exist
 * @param missing privileges that roles have at the source and not at the target
 */
public record CutoverState(
        DatabaseState source,
        DatabaseState target,
        SourceLook first,
        SourceLook second,
        TargetLook targetLook,
        Map<String, String> searchPaths,
        List<Publication> publications,
        List<UserTable> sourceTables,
        List<UserTable> targetTables,
        List<MissingPrivilege> missing) {
    public CutoverState {
        searchPaths = Map.copyOf(searchPaths);
        publications = List.copyOf(publications);
        sourceTables = List.copyOf(sourceTables);
        targetTables = List.copyOf(targetTables);
        missing = List.copyOf(missing);
    }

    /**
     * One look at the target.
     *
     * @param serverStarted as in {@link SourceLook}
     * @param searchPaths by role, and for everyone by the empty text
     */
    public record TargetLook(
            Instant serverStarted,
            List<SubscriptionState> subscriptions,
            ReadOnlyDefault readOnly,
            Map<String, String> searchPaths) {
        public TargetLook {
            subscriptions = List.copyOf(subscriptions);
            searchPaths = Map.copyOf(searchPaths);
        }
    }

    /**
     * A privilege that the target does not give.
     *
     * @param roleExists whether the target has a role of that name
     */
    public record MissingPrivilege(RolePrivilege privilege, boolean roleExists) {}
}
