package dev.seqwatch.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.seqwatch.model.ReadResult;
import dev.seqwatch.postgres.catalog.Scope;
import dev.seqwatch.postgres.connection.HeapPermits.TooManySequencesException;
import dev.seqwatch.reading.DatabaseReader;
import dev.seqwatch.testing.PostgresServer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What does not fit into memory beside the others waits, and what does not fit alone is refused. */
class HeapPermitsIT {
    private static final long MEBIBYTE = 1 << 20;
    private static final Scope NOTHING = new Scope(_ -> false, List.of(), List.of());

    @Test
    void the_heap_of_the_image_holds_60_000_sequences_and_not_twice_as_many() {
        assertThat(new HeapPermits(256 * MEBIBYTE).capacity()).isBetween(60_000L, 100_000L);
    }

    @Test
    void a_database_that_does_not_fit_alone_is_refused_with_what_to_do() {
        assertThatThrownBy(() -> new HeapPermits(256 * MEBIBYTE).acquire(100_000, 20_000, () -> false))
                .isInstanceOf(TooManySequencesException.class)
                .hasMessage(
                        "has 120,000 sequences, and the memory of Seqwatch holds 89,478. Inspect fewer schemas, or raise the"
                                + " memory limit.");
    }

    @Test
    void the_next_database_waits_until_the_one_before_is_no_longer_held() throws Exception {
        var heap = new HeapPermits(256 * MEBIBYTE);
        var held = heap.acquire(60_000, 0, () -> false).releaseWith(new StringBuilder("state"));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var next = threads.submit(() -> heap.acquire(60_000, 0, () -> false));
            assertThat(next.isDone()).isFalse();
            assertThat(held).hasToString("state");
            held = null;
            assertThat(next.get(Duration.ofSeconds(30).toMillis(), TimeUnit.MILLISECONDS))
                    .isNotNull();
        }
    }

    @Test
    void a_database_that_does_not_fit_is_not_read() throws SQLException {
        var server = PostgresServer.of(PostgresServer.MAJORS.getLast());
        try (var database = server.database()) {
            database.execute("CREATE TABLE a(id serial); CREATE TABLE b(id serial); CREATE TABLE c(id serial)");
            var reader = new DatabaseReader(InstantSource.system());
            var heap = new HeapPermits(7_000);

            assertThat(reader.read(database.target(), database.name(), Scope.ALL, new OptionalReads(), heap))
                    .isInstanceOfSatisfying(ReadResult.Unreachable.class, unreachable -> {
                        assertThat(unreachable.reason()).isEqualTo(ReadResult.Reason.TooManySequences);
                        assertThat(unreachable.message())
                                .endsWith(
                                        "has 3 sequences, and the memory of Seqwatch holds 2. Inspect fewer schemas, or raise"
                                                + " the memory limit.");
                    });
            assertThat(reader.read(database.target(), database.name(), NOTHING, new OptionalReads(), heap))
                    .isInstanceOf(ReadResult.Success.class);
        }
    }
}
