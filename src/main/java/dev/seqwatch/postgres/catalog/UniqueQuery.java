package dev.seqwatch.postgres.catalog;

import dev.seqwatch.model.Uniqueness;
import dev.seqwatch.postgres.connection.Chunks;
import dev.seqwatch.postgres.connection.Session;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;

/** What protects columns from duplicates: valid, full unique indexes, and exclusion by equality. */
public final class UniqueQuery {
    private static final String SQL = """
            SELECT i.indrelid::bigint, k.attnum, min(i.indnkeyatts)
              FROM pg_catalog.pg_index i
             CROSS JOIN LATERAL pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, place)
             WHERE i.indrelid = ANY (?) AND i.indisvalid AND
            """ + IndexSql.WHOLE + """
               AND k.place <= i.indnkeyatts AND k.attnum > 0
               AND (i.indisunique
                    OR (i.indisexclusion
                        AND EXISTS (SELECT FROM pg_catalog.pg_constraint x
                                      JOIN pg_catalog.pg_operator o ON o.oid = x.conexclop[k.place] AND o.oprname = '='
                                     WHERE x.conrelid = i.indrelid AND x.conindid = i.indexrelid)))
             GROUP BY 1, 2
            """;

    private UniqueQuery() {}

    public static UniqueColumns read(Session session, Collection<Long> relations) throws SQLException {
        var found = new HashMap<ColumnId, Uniqueness>();
        for (var chunk : Chunks.of(List.copyOf(relations))) {
            session.query(
                    SQL,
                    row -> found.put(
                            new ColumnId(row.getLong(1), row.getInt(2)),
                            row.getInt(3) == 1 ? Uniqueness.Alone : Uniqueness.Composite),
                    session.array("oid", chunk));
        }
        return new UniqueColumns(found, Uniqueness.None);
    }
}
