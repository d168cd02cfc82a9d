package dev.seqwatch.model;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * The ids that one partition takes.
 *
 * @param first null where it has no lower end
 * @param last the last that it takes; null where it has no upper end
 */
public record PartitionRange(
        RelationName partition,
        @Nullable BigInteger first,
        @Nullable BigInteger last) {
    boolean takes(BigInteger id) {
        return (first == null || first.compareTo(id) <= 0) && (last == null || id.compareTo(last) <= 0);
    }
}
