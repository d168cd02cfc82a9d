package dev.seqwatch.model;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A logical subscription of a database.
 *
 * @param slot at the publisher; null where it has none
 * @param running whether its worker runs
 * @param reported bytes of the publisher's WAL up to which the worker has applied everything; null where it has not said so
 * @param relations tables, and from PostgreSQL 19 on sequences
 */
public record SubscriptionState(
        String name,
        boolean enabled,
        @Nullable String slot,
        List<String> publications,
        boolean running,
        @Nullable BigInteger reported,
        List<SubscribedRelation> relations) {
    public SubscriptionState {
        publications = List.copyOf(publications);
        relations = List.copyOf(relations);
    }

    /**
     * A relation of a subscription.
     *
     * @param ready whether its first copy has ended
     */
    public record SubscribedRelation(RelationName name, boolean sequence, boolean ready) {}
}
