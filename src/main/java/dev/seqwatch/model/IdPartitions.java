package dev.seqwatch.model;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * The partitions of a table that is partitioned by ranges of ids and has no DEFAULT partition: an id outside of them is
 * refused.
 *
 * @param column the partition key, which stores the values of a sequence
 * @param branch whether the table is a partition itself, so that other rows of the tree may go elsewhere
 */
public record IdPartitions(ColumnName column, List<PartitionRange> ranges, boolean branch) {
    public IdPartitions {
        ranges = List.copyOf(ranges);
    }

    /** Whether a partition takes the id. */
    public boolean take(BigInteger id) {
        return ranges.stream().anyMatch(range -> range.takes(id));
    }

    /**
     * The last partition before ids are refused, of those that follow each other from the one that takes {@code id} on;
     * empty where none takes it, and where they have no end.
     */
    public Optional<PartitionRange> lastFrom(BigInteger id, boolean ascending) {
        var current = taking(id);
        for (var steps = ranges.size(); current.isPresent() && steps > 0; steps--) {
            var end = ascending ? current.get().last() : current.get().first();
            if (end == null) {
                return Optional.empty();
            }
            var next = taking(ascending ? end.add(BigInteger.ONE) : end.subtract(BigInteger.ONE));
            if (next.isEmpty()) {
                return current;
            }
            current = next;
        }
        return Optional.empty();
    }

    private Optional<PartitionRange> taking(BigInteger id) {
        return ranges.stream().filter(range -> range.takes(id)).findFirst();
    }
}
