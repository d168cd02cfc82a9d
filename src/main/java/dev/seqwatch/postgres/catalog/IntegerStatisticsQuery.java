package dev.seqwatch.postgres.catalog;

import dev.seqwatch.model.IntegerColumn.Values.Sampled;
import dev.seqwatch.postgres.catalog.IntegerColumnQuery.IntegerColumnRow;
import dev.seqwatch.postgres.connection.Chunks;
import dev.seqwatch.postgres.connection.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The statistics of a few integer columns in full: manual, section 53.27, pg_stats. */
public final class IntegerStatisticsQuery {
    private static final int BATCH = 200;
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+");
    private static final String SQL = """
            SELECT w.place, s.histogram_bounds::text AS histogram, s.most_common_vals::text AS common,
                   s.most_common_elems::text AS elements, s.correlation,
                   greatest(pg_catalog.pg_stat_get_last_analyze_time(w.relation),
                            pg_catalog.pg_stat_get_last_autoanalyze_time(w.relation)) AS analyzed
              FROM ROWS FROM (pg_catalog.unnest(?::pg_catalog.oid[]), pg_catalog.unnest(?::text[]), pg_catalog.unnest(?::text[]),
                              pg_catalog.unnest(?::text[])) WITH ORDINALITY AS w(relation, schemaname, tablename, attname, place)
              JOIN pg_catalog.pg_stats s
                ON s.schemaname = w.schemaname AND s.tablename = w.tablename AND s.attname = w.attname AND NOT s.inherited
            """;

    private IntegerStatisticsQuery() {}

    /** Columns without a known value are missing from the answer. */
    public static Map<IntegerColumnRow, Sampled> read(Session session, List<IntegerColumnRow> columns)
            throws SQLException {
        var found = new HashMap<IntegerColumnRow, Sampled>();
        for (var batch : Chunks.of(columns, BATCH)) {
            session.query(
                    SQL,
                    row -> {
                        var column = batch.get(row.getInt("place") - 1);
                        var sampled = sampled(row, column.array());
                        if (!sampled.histogram().isEmpty() || !sampled.common().isEmpty()) {
                            found.put(column, sampled);
                        }
                        return column;
                    },
                    session.array(
                            "oid",
                            batch.stream().map(column -> column.id().relation()).toList()),
                    session.array(
                            "text",
                            batch.stream()
                                    .map(column -> column.column().table().schema())
                                    .toList()),
                    session.array(
                            "text",
                            batch.stream()
                                    .map(column -> column.column().table().name())
                                    .toList()),
                    session.array(
                            "text",
                            batch.stream()
                                    .map(column -> column.column().column())
                                    .toList()));
        }
        return found;
    }

    private static Sampled sampled(ResultSet row, boolean array) throws SQLException {
        var analyzed = row.getObject("analyzed", OffsetDateTime.class);
        return new Sampled(
                numbers(row.getString("histogram")),
                numbers(row.getString(array ? "elements" : "common")),
                row.getDouble("correlation"),
                analyzed == null ? null : analyzed.toInstant());
    }

    private static List<Long> numbers(@Nullable String array) {
        return array == null
                ? List.of()
                : NUMBER.matcher(array)
                        .results()
                        .map(number -> Long.valueOf(number.group()))
                        .sorted()
                        .toList();
    }
}
