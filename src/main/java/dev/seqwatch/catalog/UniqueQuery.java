package dev.seqwatch.catalog;

import dev.seqwatch.sequence.Uniqueness;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What protects columns from duplicates: valid, full unique indexes. */
final class UniqueQuery {
    private static final String SQL = """
            SELECT i.indrelid::bigint, k.attnum, min(i.indnkeyatts)
              FROM pg_catalog.pg_index i
             CROSS JOIN LATERAL pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, place)
             WHERE i.indrelid = ANY (?) AND i.indisunique AND i.indisvalid AND i.indpred IS NULL
               AND k.place <= i.indnkeyatts AND k.attnum > 0
             GROUP BY 1, 2
            """;

    private UniqueQuery() {}

    static Map<Attribute, Uniqueness> read(Session session, Collection<Long> relations) throws SQLException {
        var found = new HashMap<Attribute, Uniqueness>();
        for (var chunk : Chunks.of(List.copyOf(relations))) {
            session.query(
                    SQL,
                    row -> found.put(
                            new Attribute(row.getLong(1), row.getInt(2)),
                            row.getInt(3) == 1 ? Uniqueness.Alone : Uniqueness.Composite),
                    session.array("oid", chunk));
        }
        return found;
    }
}
