package dev.seqwatch.postgres.ids;

import dev.seqwatch.model.IntegerColumn.Values.Stored;
import dev.seqwatch.postgres.connection.BatchBisect;
import dev.seqwatch.postgres.connection.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The values at the end of integer columns, from an index or from a small table. */
public final class LargestValuesReader {
    /** Rows that are read at the end of an index. */
    private static final int ROWS = 1_000;

    private LargestValuesReader() {}

    /** Columns that are empty, or that no index answers for, are missing from the answer. */
    public static Map<IdSource, Stored> read(Session session, List<IdSource> sources) throws SQLException {
        var found = new HashMap<IdSource, Stored>();
        for (var batch : MaxIdReader.batches(sources, IdSource::locks)) {
            BatchBisect.run(
                    session,
                    batch,
                    IdSource::oid,
                    part -> session.query(text(part), row -> {
                        var source = part.get(row.getInt(1));
                        stored(row).ifPresent(values -> found.put(source, values));
                        return source;
                    }),
                    (_, _) -> {});
        }
        return found;
    }

    private static String text(List<IdSource> batch) {
        return IntStream.range(0, batch.size())
                .mapToObj(i -> text(i, batch.get(i)))
                .collect(Collectors.joining(" UNION ALL "));
    }

    private static String text(int index, IdSource source) {
        var column = source.column().sql();
        var readable = MaxIdReader.readable(source);
        return """
                SELECT %s, CASE WHEN %s THEN (SELECT pg_catalog.min(%s)::bigint FROM %s) END,
                       CASE WHEN %s THEN (SELECT pg_catalog.array_agg(DISTINCT last.id::bigint)
                                            FROM (SELECT %s AS id FROM %s WHERE %s IS NOT NULL ORDER BY %s DESC LIMIT %s) AS last) END
                """.formatted(
                        index, readable, column, source.from(), readable, column, source.from(), column, column, ROWS);
    }

    private static Optional<Stored> stored(ResultSet row) throws SQLException {
        var smallest = row.getLong(2);
        var array = row.getArray(3);
        return array == null
                ? Optional.empty()
                : Optional.of(new Stored(
                        smallest,
                        Stream.of((Long[]) array.getArray())
                                .sorted(Comparator.reverseOrder())
                                .toList()));
    }
}
