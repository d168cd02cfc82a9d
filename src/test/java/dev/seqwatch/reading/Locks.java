package dev.seqwatch.reading;

import dev.seqwatch.testing.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/** Looks from a second connection at what the reader holds while it reads. */
final class Locks {
    private Locks() {}

    static void sampleLocks(Connection watcher, Database database, Set<String> modes, int[] most) {
        try (var statement = watcher.createStatement();
                var rows = statement.executeQuery("""
                        SELECT count(*), array_to_string(array_agg(DISTINCT mode), ',') FROM pg_locks
                         WHERE locktype = 'relation'
                           AND pid IN (SELECT pid FROM pg_stat_activity WHERE application_name = 'seqwatch' AND datname = '%s')
                        """.formatted(database.name()))) {
            rows.next();
            most[0] = Math.max(most[0], rows.getInt(1));
            var seen = rows.getString(2);
            if (seen != null) {
                modes.addAll(List.of(seen.split(",")));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static <T> T during(Callable<T> work, Runnable sample) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var result = threads.submit(work);
            while (!result.isDone()) {
                sample.run();
                Thread.sleep(1);
            }
            return result.get();
        }
    }
}
