package dev.seqwatch.assembly;

import dev.seqwatch.postgres.catalog.IdColumnQuery;
import java.util.List;
import java.util.Map;

/**
 * What the catalogs say about sequences and columns beyond the core. It is read after positions and stored ids, each part
 * by itself, so that none can cost them.
 *
 * @param blockers objects that keep the type of a column from being changed
 * @param otherUses by the oid of the sequence
 */
public record OptionalRows(
        Map<IdColumnQuery.Column, List<String>> blockers, Map<Long, List<String>> otherUses, InsertGrants grants) {
    /** In the list of blockers, where they could not be read: nobody may take that for "nothing blocks". */
    public static final String UNKNOWN_BLOCKERS = "objects that could not be read";
}
