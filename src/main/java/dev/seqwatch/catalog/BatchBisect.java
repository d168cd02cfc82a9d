package dev.seqwatch.catalog;

import java.sql.SQLException;
import java.util.List;

/** Runs a batch; where it fails, halves it until the one bad object is alone, and the rest is read. */
final class BatchBisect {
    private BatchBisect() {}

    static <T> void run(List<T> batch, Statement<T> statement, Refused<T> refused) throws SQLException {
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
    interface Statement<T> {
        void run(List<T> batch) throws SQLException;
    }

    @FunctionalInterface
    interface Refused<T> {
        void accept(T object, StatementError refusal);
    }
}
