package dev.seqwatch.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.seqwatch.model.ReadResult;
import dev.seqwatch.postgres.catalog.Scope;
import dev.seqwatch.reading.DatabaseReader;
import dev.seqwatch.testing.BadServer;
import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.PostgresServer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConnectionGuardIT {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final Duration SHORT = Duration.ofMillis(300);

    /** Less than any limit that would end the wait by itself, and much on a busy machine. */
    private static final Duration AT_ONCE = Duration.ofSeconds(4);

    private final WorkPermits onePermit = new WorkPermits(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource(names = {"Silent", "Unreachable", "Drip"})
    void an_inspection_ends_when_its_time_is_over_whatever_the_server_does(BadServer.Kind kind) throws Exception {
        try (var bad = BadServer.start(kind)) {
            var guard = new ConnectionGuard(CLOCK, onePermit);
            guard.limit(Duration.ofSeconds(1));
            var from = Instant.now();
            var reading = read(guard, bad.port());
            assertThat(Duration.between(from, Instant.now())).isLessThan(Target.Timeouts.DEFAULT.connect());
            assertThat(reading.reason()).isEqualTo(ReadResult.Reason.TimedOut);
            assertThat(reading.message()).contains("was not read within the 1 s that one inspection may take");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"Silent", "Unreachable", "Drip"})
    void an_inspection_that_is_cancelled_ends(BadServer.Kind kind) throws Exception {
        try (var bad = BadServer.start(kind)) {
            var guard = new ConnectionGuard(CLOCK, onePermit);
            var reading = inBackground(() -> read(guard, bad.port()));
            Thread.sleep(SHORT);
            guard.cancel();
            await().atMost(AT_ONCE).until(reading::isDone);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"Silent", "Unreachable", "Drip"})
    void a_server_that_lets_us_wait_does_not_keep_the_permit(BadServer.Kind kind) throws Exception {
        try (var bad = BadServer.start(kind)) {
            var guard = new ConnectionGuard(CLOCK, onePermit);
            var reading = inBackground(() -> read(guard, bad.port()));
            Thread.sleep(SHORT);
            var acquired = inBackground(() -> {
                onePermit.acquire();
                return true;
            });
            await().atMost(AT_ONCE).until(acquired::isDone);
            assertThat(reading.isDone()).isFalse();
            guard.cancel();
        }
    }

    @Test
    void a_large_answer_waits_for_a_permit_and_a_small_one_does_not() throws Exception {
        var server = PostgresServer.of(18);
        onePermit.acquire();
        var small = inBackground(() -> bytes(server, 1_000));
        assertThat(small.get()).isEqualTo(1_000);
        var large = inBackground(() -> bytes(server, 1_000_000));
        Thread.sleep(Duration.ofSeconds(2));
        assertThat(large.isDone()).isFalse();
        onePermit.release();
        assertThat(large.get()).isEqualTo(1_000_000);
        onePermit.acquire(); // it has been returned
    }

    @Test
    void statement_time_is_what_the_server_worked() throws Exception {
        var server = PostgresServer.of(18);
        var guard = new ConnectionGuard(CLOCK, onePermit);
        try (var guarded = guard.open();
                var session = Session.open(target(server.port(), server.superuser()), "postgres", guarded)) {
            Thread.sleep(Duration.ofSeconds(2));
            session.query("SELECT pg_catalog.pg_sleep(0.5)", row -> row.getString(1));
        }
        assertThat(guard.statementTime()).isBetween(Duration.ofMillis(490), Duration.ofSeconds(2));
    }

    private int bytes(PostgresServer server, int count) throws Exception {
        var guard = new ConnectionGuard(CLOCK, onePermit);
        try (var guarded = guard.open();
                var session = Session.open(target(server.port(), server.superuser()), "postgres", guarded)) {
            return session.query(
                            "SELECT pg_catalog.repeat('x', " + count + ")",
                            row -> row.getString(1).length())
                    .getFirst();
        }
    }

    private static ReadResult.Unreachable read(ConnectionGuard guard, int port) throws IOException {
        return switch (new DatabaseReader(CLOCK, guard).read(target(port, "seqwatch"), "shop", Scope.ALL)) {
            case ReadResult.Unreachable unreachable -> unreachable;
            case ReadResult.Success _ -> throw new IOException("it was read");
        };
    }

    private <T> Future<T> inBackground(Callable<T> work) throws ExecutionException {
        return threads.submit(work);
    }

    private static Target target(int port, String user) {
        return new Target(
                List.of(new Target.Host("127.0.0.1", port)),
                new Target.Credentials(user, null),
                new Target.Tls(Target.Tls.Mode.Disable, null),
                1,
                Target.Timeouts.DEFAULT,
                Database.ORIGIN);
    }
}
