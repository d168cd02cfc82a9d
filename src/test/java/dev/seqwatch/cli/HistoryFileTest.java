package dev.seqwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.forecast.PositionHistory;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.model.RelationName;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HistoryFileTest {
    private static final RelationName ORDERS = new RelationName("public", "orders_id_seq");
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private static final ReadResult UNREACHABLE =
            new ReadResult.Unreachable(ReadResult.Reason.ConnectionFailed, "no answer", NOON, Duration.ZERO);

    @TempDir
    private Path folder;

    private Path path;

    @BeforeEach
    void name() {
        path = folder.resolve("history.json");
    }

    @Test
    void what_one_run_writes_the_next_reads() throws Exception {
        of("a:5432").write(List.of(inspection("shop", track(1, 2))));

        assertThat(of("a:5432").read().of("shop").of(ORDERS)).isEqualTo(track(1, 2));
    }

    @Test
    void ids_of_columns_are_read_again() throws Exception {
        var column = new RelationName("public", "orders").column("customer_id");
        var history = new DatabaseHistory(Map.of(), Map.of(column, track(1, 2)), null);
        of("a:5432").write(List.of(new Inspection("shop", UNREACHABLE, List.of(), List.of(), history)));
        of("b:5432").write(List.of(inspection("shop", track(7))));

        assertThat(of("a:5432").read().of("shop").columns()).isEqualTo(Map.of(column, track(1, 2)));
        assertThat(of("b:5432").read().of("shop").columns()).isEmpty();
    }

    @Test
    void runs_for_two_servers_share_a_file_and_never_mix() throws Exception {
        of("a:5432").write(List.of(inspection("shop", track(1, 2))));
        of("b:5432").write(List.of(inspection("shop", track(7, 8, 9))));

        assertThat(of("a:5432").read().of("shop").of(ORDERS)).isEqualTo(track(1, 2));
        assertThat(of("b:5432").read().of("shop").of(ORDERS)).isEqualTo(track(7, 8, 9));
    }

    @Test
    void a_run_for_one_database_leaves_the_others() throws Exception {
        of("a:5432").write(List.of(inspection("shop", track(1, 2)), inspection("blog", track(5))));
        of("a:5432").write(List.of(inspection("shop", track(1, 2, 3))));

        assertThat(of("a:5432").read().of("shop").of(ORDERS)).isEqualTo(track(1, 2, 3));
        assertThat(of("a:5432").read().of("blog").of(ORDERS)).isEqualTo(track(5));
    }

    @Test
    void runs_at_the_same_time_lose_nothing() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var runs = IntStream.range(0, 40)
                    .mapToObj(i -> threads.submit(() -> {
                        of("server" + i + ":5432").write(List.of(inspection("shop", track(i))));
                        return i;
                    }))
                    .toList();
            for (var run : runs) {
                run.get();
            }
        }
        for (var i = 0; i < 40; i++) {
            assertThat(of("server" + i + ":5432").read().of("shop").of(ORDERS)).isEqualTo(track(i));
        }
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(2); // the history and its lock
        }
    }

    @Test
    void mode_and_link_stay() throws Exception {
        var real = folder.resolve("real.json");
        Files.writeString(real, "{\"sequences\":[]}");
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-r--r--"));
        Files.createSymbolicLink(path, real);

        of("a:5432").write(List.of(inspection("shop", track(1, 2))));

        assertThat(path).isSymbolicLink();
        assertThat(Files.getPosixFilePermissions(real)).isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(of("a:5432").read().of("shop").of(ORDERS)).isEqualTo(track(1, 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{}",
                "{'sequences':[null]}",
                "{'sequences':[{'server':'a:5432'}]}",
                "{'sequences':[{'server':'a:5432','database':'d','schema':'s','sequence':'q','samples':[null]}]}",
                "{'sequences':[{'server':'a:5432','database':'d','schema':'s','sequence':'q','samples':[{'time':'noon','next':'1'}]}]}",
                "{'sequences':[{'server':'a:5432','database':'d','schema':'s','sequence':'q','samples':[{'time':'2026-11-21T12:00:00Z','next':'x'}]}]}"
            })
    void another_file_is_refused_by_name_and_left_alone(String quoted) throws Exception {
        var text = quoted.replace('\'', '"');
        Files.writeString(path, text);

        assertThatThrownBy(() -> of("a:5432").read())
                .isInstanceOf(UsageException.class)
                .hasMessage(path + " is no history of seqwatch: name another file, or remove this one.");
        assertThat(path).hasContent(text);
    }

    private HistoryFile of(String server) {
        return new HistoryFile(path, server);
    }

    private static Inspection inspection(String database, PositionHistory track) {
        return new Inspection(database, UNREACHABLE, List.of(), List.of(), new DatabaseHistory(Map.of(ORDERS, track)));
    }

    private static PositionHistory track(long... values) {
        var track = PositionHistory.EMPTY;
        for (var i = 0; i < values.length; i++) {
            track = track.with(new PositionHistory.Sample(NOON.plusSeconds(i), BigInteger.valueOf(values[i])));
        }
        return track;
    }
}
