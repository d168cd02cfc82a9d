package dev.seqwatch.postgres.catalog;

import dev.seqwatch.model.Uniqueness;
import java.util.Map;

/**
 * What protects columns from duplicates.
 *
 * @param others of all columns that are not listed: {@link Uniqueness#None}, or {@link Uniqueness#Unknown} where the
 *     indexes could not be read
 */
public record UniqueColumns(Map<ColumnId, Uniqueness> listed, Uniqueness others) {
    public static final UniqueColumns UNKNOWN = new UniqueColumns(Map.of(), Uniqueness.Unknown);

    public Uniqueness of(ColumnId column) {
        return listed.getOrDefault(column, others);
    }
}
