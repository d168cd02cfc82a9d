package dev.seqwatch.postgres.connection;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;

/** Runs a batch; where it fails, halves it until the one bad object is alone, and the rest is read. */
public final class BatchBisect {
    /** Waits for locks in one session, each as long as lock_timeout; after these a batch with a locked object is given up. */
    private static final int MOST_LOCK_WAITS = 25;

    /** An exclusive lock that is waited for stops us as well: we would be behind it in the queue. */
    private static final String LOCKED = """
            SELECT DISTINCT l.relation::bigint
              FROM pg_catalog.pg_locks l
             WHERE l.locktype = 'relation' AND l.mode = 'AccessExclusiveLock' AND l.pid <> pg_catalog.pg_backend_pid()
               AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
            """;

    private BatchBisect() {}

    public static <T> void run(List<T> batch, Statement<T> statement, Refused<T> refused) throws SQLException {
        try {
            statement.run(batch);
        } catch (SQLException e) {
            var refusal = refusal(e);
            if (batch.size() == 1) {
                refused.accept(batch.getFirst(), refusal);
                return;
            }
            var middle = batch.size() / 2;
            run(batch.subList(0, middle), statement, refused);
            run(batch.subList(middle, batch.size()), statement, refused);
        }
    }

    /**
     * The same for relations. Where one is locked, the server is asked which are, and those are not tried: a statement would
     * wait for each of a thousand locked partitions. What is locked otherwise, for example an index, is found by halving.
     *
     * @param oid of the relation that the statement reads
     */
    public static <T> void run(
            Session session, List<T> batch, ToLongFunction<T> oid, Statement<T> statement, Refused<T> refused)
            throws SQLException {
        try {
            statement.run(batch);
        } catch (SQLException e) {
            var refusal = refusal(e);
            var lockWaits = refusal == StatementError.Locked ? session.countLockWait() : 0;
            if (batch.size() == 1 || lockWaits > MOST_LOCK_WAITS) {
                for (var object : batch) {
                    refused.accept(object, refusal);
                }
                return;
            }
            if (refusal == StatementError.Locked) {
                var locked = locked(session);
                var free = batch.stream()
                        .filter(object -> !locked.contains(oid.applyAsLong(object)))
                        .toList();
                if (free.size() < batch.size()) {
                    for (var object : batch) {
                        if (locked.contains(oid.applyAsLong(object))) {
                            refused.accept(object, refusal);
                        }
                    }
                    if (!free.isEmpty()) {
                        run(session, free, oid, statement, refused);
                    }
                    return;
                }
            }
            var middle = batch.size() / 2;
            run(session, batch.subList(0, middle), oid, statement, refused);
            run(session, batch.subList(middle, batch.size()), oid, statement, refused);
        }
    }

    /** Relations of the database that other sessions lock, or are about to lock, in the mode that nothing can be read beside. */
    public static Set<Long> locked(Session session) throws SQLException {
        return Set.copyOf(session.query(LOCKED, row -> row.getLong(1)));
    }

    private static StatementError refusal(SQLException e) throws SQLException {
        var refusal = StatementError.of(e);
        if (refusal == StatementError.ConnectionLost) {
            throw e;
        }
        return refusal;
    }

    @FunctionalInterface
    public interface Statement<T> {
        public void run(List<T> batch) throws SQLException;
    }

    @FunctionalInterface
    public interface Refused<T> {
        void accept(T object, StatementError refusal);
    }
}
