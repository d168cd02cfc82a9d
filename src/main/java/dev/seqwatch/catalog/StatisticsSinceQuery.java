package dev.seqwatch.catalog;

import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** When the counters of this database began; from 15 on PostgreSQL knows only of a reset, not of the beginning. */
final class StatisticsSinceQuery {
    private static final String SQL = """
            SELECT stats_reset FROM pg_catalog.pg_stat_database WHERE datname = pg_catalog.current_database()
            """;

    private StatisticsSinceQuery() {}

    static @Nullable Instant read(Session session) throws SQLException {
        for (var since : session.query(SQL, row -> new Since(row.getObject(1, OffsetDateTime.class)))) {
            return since.time() == null ? null : since.time().toInstant();
        }
        return null;
    }

    private record Since(@Nullable OffsetDateTime time) {}
}
