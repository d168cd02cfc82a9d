package dev.seqwatch.cutover;

import static dev.seqwatch.cutover.Replication.differences;
import static dev.seqwatch.cutover.Replication.insert;
import static dev.seqwatch.cutover.Replication.run;
import static dev.seqwatch.cutover.Replication.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.seqwatch.compare.CutoverVerdict;
import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.PostgresServer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An application inserts while it is compared, and moves to the target once the answer is "go". */
class CutoverIT {
    private static final int OLDEST = PostgresServer.MAJORS.getFirst();
    private static final int NEWEST = PostgresServer.MAJORS.getLast();

    static Stream<Arguments> pairs() {
        return Stream.of(List.of(OLDEST, NEWEST), List.of(NEWEST, OLDEST))
                .distinct()
                .map(pair -> Arguments.of(PostgresServer.of(pair.getFirst()), PostgresServer.of(pair.getLast())));
    }

    @BeforeEach
    void serversReachEachOther() {
        assumeFalse(
                System.getProperty("seqwatch.postgres", "embedded").equals("containers"),
                "containers do not reach each other by the ports of this machine");
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void no_id_is_given_twice_after_go_and_the_script(PostgresServer from, PostgresServer to) throws Exception {
        try (var replication = Replication.start(from, to);
                var application = Executors.newSingleThreadExecutor()) {
            var source = replication.source();
            var target = replication.target();
            var role = replication.name();
            var stop = new AtomicBoolean();
            var running = application.submit(() -> insertUntil(stop, source, role));
            try {
                var during = replication.compare();
                assertThat(differences(during))
                        .as(() -> text(during))
                        .contains("NotYet SourceWritable source", "No PositionBehind sales.orders_id_seq");
            } finally {
                stop.set(true);
            }
            var given = new ArrayList<>(running.get());
            source.execute("DELETE FROM sales.orders WHERE id > 2; DELETE FROM sales.down WHERE id < -2");
            replication.caughtUp();
            insertsFail(target, role);

            var stopped = replication.until(CutoverVerdict.No);
            assertThat(differences(stopped))
                    .as(() -> text(stopped))
                    .containsExactly(
                            "No PositionBehind sales.Odd Name_the Id_seq",
                            "No PositionBehind sales.down_id_seq",
                            "No PositionBehind sales.lines_id_seq",
                            "No PositionBehind sales.orders_id_seq",
                            "No PositionBehind sales.ticket");
            run(target, stopped);
            run(target, stopped);
            replication.until(CutoverVerdict.Go);

            for (var i = 0; i < 5; i++) {
                given.addAll(insert(target, role, i));
            }
            assertThat(new HashSet<>(given)).hasSameSizeAs(given);
        }
    }

    private static List<String> insertUntil(AtomicBoolean stop, Database source, String role)
            throws SQLException, InterruptedException {
        var given = new ArrayList<String>();
        for (var batch = 0; batch < 3 || !stop.get(); batch++) {
            given.addAll(insert(source, role, batch));
            Thread.sleep(20);
        }
        return given;
    }

    /** The duplicate keys that a cutover without the script meets. */
    private static void insertsFail(Database target, String role) {
        assertThatThrownBy(() -> insert(target, role, 0)).hasMessageContaining("duplicate key");
    }
}
