package dev.seqwatch.postgres.catalog;

import dev.seqwatch.model.StatsReset;
import dev.seqwatch.postgres.connection.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Up to 14 the statistics of a database know since when they count: its first use, a reset, or the last crash, which
 * loses them. From 15 on they know of a reset alone. They are never older than the data folder, whose identifier holds
 * the second in which initdb or pg_upgrade made it.
 */
public final class StatsResetQuery {
    private static final String RESET = """
            SELECT stats_reset, pg_catalog.has_function_privilege('pg_catalog.pg_control_system()', 'EXECUTE')
              FROM pg_catalog.pg_stat_database
             WHERE datname = pg_catalog.current_database()
            """;
    private static final String MADE = "SELECT system_identifier FROM pg_catalog.pg_control_system()";

    private StatsResetQuery() {}

    public static @Nullable StatsReset read(Session session) throws SQLException {
        for (var reset :
                session.query(RESET, row -> new Reset(row.getObject(1, OffsetDateTime.class), row.getBoolean(2)))) {
            if (reset.time() != null) {
                return new StatsReset(reset.time().toInstant(), true);
            }
            return reset.mayAsk() ? sinceMade(session) : null;
        }
        return null;
    }

    /** Some hosted servers do not answer; an estimate less is no reading less. */
    private static @Nullable StatsReset sinceMade(Session session) {
        try {
            var identifier = session.query(MADE, row -> row.getLong(1)).getFirst();
            return new StatsReset(made(identifier), false);
        } catch (SQLException _) {
            return null;
        }
    }

    /** The upper half of the identifier is the second, without a sign: from 2038-01-19 on its first bit is set. */
    static Instant made(long systemIdentifier) {
        return Instant.ofEpochSecond(systemIdentifier >>> Integer.SIZE);
    }

    private record Reset(@Nullable OffsetDateTime time, boolean mayAsk) {}
}
