package dev.seqwatch.assembly;

import dev.seqwatch.model.InsertGrant;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.postgres.catalog.ColumnId;
import java.util.List;
import java.util.Map;

/**
 * The roles that may insert and may not call the sequence that the INSERT needs: in a default, or in a function or trigger
 * that runs with the rights of the role that inserts, which is every one but SECURITY DEFINER (manual, CREATE FUNCTION).
 * Identity columns need no grant: their sequence is called with the rights of the table (manual, section 5.3).
 *
 * @param missing by the oid of the sequence
 * @param unknown views over a column that uses a sequence, which could not be inspected
 */
public record InsertGrants(Map<Long, List<InsertGrant>> missing, Map<ColumnId, List<RelationName>> unknown) {}
