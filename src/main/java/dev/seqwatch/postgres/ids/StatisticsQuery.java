package dev.seqwatch.postgres.ids;

import dev.seqwatch.model.ColumnName;
import dev.seqwatch.postgres.connection.Chunks;
import dev.seqwatch.postgres.connection.Session;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ids that the last ANALYZE saw, for columns that no index answers for: manual, section 53.27, pg_stats. */
public final class StatisticsQuery {
    private static final int BATCH = 50;
    private static final String SQL = """
            SELECT w.place, s.histogram_bounds::text::text[] AS histogram, s.most_common_vals::text::text[] AS common,
                   greatest(pg_catalog.pg_stat_get_last_analyze_time(w.relation),
                            pg_catalog.pg_stat_get_last_autoanalyze_time(w.relation)) AS analyzed
              FROM ROWS FROM (pg_catalog.unnest(?::pg_catalog.oid[]), pg_catalog.unnest(?::text[]), pg_catalog.unnest(?::text[]),
                              pg_catalog.unnest(?::text[])) WITH ORDINALITY AS w(relation, schemaname, tablename, attname, place)
             CROSS JOIN LATERAL (
               SELECT histogram_bounds, most_common_vals FROM pg_catalog.pg_stats s
                WHERE s.schemaname = w.schemaname AND s.tablename = w.tablename AND s.attname = w.attname
                  AND NOT s.inherited) s
            """;

    private StatisticsQuery() {}

    /**
     * A sample.
     *
     * @param ids some of the stored ids, in no order
     */
    public record IdStatistics(
            List<BigDecimal> ids, @Nullable Instant analyzed) {}

    /** Columns without statistics are missing from the answer. */
    public static Map<IdSource, IdStatistics> read(Session session, List<IdSource> sources) throws SQLException {
        var samples = new HashMap<IdSource, IdStatistics>();
        for (var batch : Chunks.of(sources, BATCH)) {
            var names = batch.stream().map(IdSource::column).toList();
            session.query(
                    SQL,
                    row -> samples.put(batch.get(row.getInt("place") - 1), sample(row)),
                    session.array("oid", batch.stream().map(IdSource::oid).toList()),
                    session.array(
                            "text",
                            names.stream().map(name -> name.table().schema()).toList()),
                    session.array(
                            "text",
                            names.stream().map(name -> name.table().name()).toList()),
                    session.array("text", names.stream().map(ColumnName::column).toList()));
        }
        return samples;
    }

    private static IdStatistics sample(ResultSet row) throws SQLException {
        var ids = new ArrayList<BigDecimal>();
        for (var column : List.of("histogram", "common")) {
            var array = row.getArray(column);
            if (array != null) {
                for (var value : (String[]) array.getArray()) {
                    if (value.matches("-?[0-9.]+")) {
                        ids.add(new BigDecimal(value));
                    }
                }
            }
        }
        var analyzed = row.getObject("analyzed", OffsetDateTime.class);
        return new IdStatistics(ids, analyzed == null ? null : analyzed.toInstant());
    }
}
