package dev.seqwatch.postgres.connection;

import java.sql.SQLException;
import java.util.List;

/** No host of a target let us in. */
final class NotConnectedException extends SQLException {
    private static final long serialVersionUID = 1L;

    private final transient List<HostFailure> failures;

    /** Why one host did not. */
    record HostFailure(Target.Host host, SQLException cause) {}

    NotConnectedException(List<HostFailure> failures) {
        super(
                failures.getFirst().cause().getMessage(),
                failures.getFirst().cause().getSQLState());
        this.failures = List.copyOf(failures);
        failures.forEach(failure -> addSuppressed(failure.cause()));
    }

    /** In the order of the hosts; never empty. */
    List<HostFailure> failures() {
        return failures;
    }
}
