package dev.seqwatch.postgres.connection;

import java.sql.SQLException;
import java.util.List;

/** Runs a batch; where it fails, halves it until the one bad object is alone, and the rest is read. */
public final class BatchBisect {
    private BatchBisect() {}

    public static <T> void run(List<T> batch, Statement<T> statement, Refused<T> refused) throws SQLException {
        try {
            statement.run(batch);
        } catch (SQLException e) {
            var refusal = StatementError.of(e);
            if (refusal == StatementError.ConnectionLost) {
                throw e;
            }
            if (batch.size() == 1) {
                refused.accept(batch.getFirst(), refusal);
                return;
            }
            var middle = batch.size() / 2;
            run(batch.subList(0, middle), statement, refused);
            run(batch.subList(middle, batch.size()), statement, refused);
        }
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
