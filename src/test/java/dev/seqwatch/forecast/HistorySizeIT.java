package dev.seqwatch.forecast;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Given;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.Sequence;
import dev.seqwatch.model.WatchedSequence;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the history of 60,000 sequences takes of the heap, names and maps included, in a JVM that holds nothing else. */
class HistorySizeIT {
    private static final int SEQUENCES = 60_000;
    private static final long MEBIBYTE = 1 << 20;

    @Test
    void sixtyThousandSequencesTakeLessThan32MiB() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var process = new ProcessBuilder(
                        java.toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        HistorySizeIT.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var bytes = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        assertThat(process.waitFor()).isZero();
        assertThat(Long.parseLong(bytes)).isBetween(16 * MEBIBYTE, 32 * MEBIBYTE);
    }

    /** Prints the bytes. */
    public static void main(String[] arguments) {
        warmUp();
        var before = used();
        var history = DatabaseHistory.NONE;
        for (var inspection = 0; inspection < PositionHistory.CAPACITY + 2; inspection++) {
            history = history.with(state(SEQUENCES, inspection));
        }
        var after = used();
        assertThat(history.tracks().values())
                .hasSize(SEQUENCES)
                .allMatch(track -> track.samples().size() == PositionHistory.CAPACITY);
        System.out.println(after - before);
    }

    private static void warmUp() {
        assertThat(DatabaseHistory.NONE.with(state(10, 0)).with(state(10, 1)).tracks())
                .hasSize(10);
    }

    private static long used() {
        for (var i = 0; i < 5; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** As a reading makes it: each inspection brings every name anew. */
    private static DatabaseState state(int sequences, int inspection) {
        var watched = new ArrayList<WatchedSequence>();
        for (var i = 0; i < sequences; i++) {
            var plain = Given.sequence("bigint");
            var name = new RelationName("tenant_" + i % 600, "customer_invoice_positions_" + i + "_id_seq");
            var sequence = new Sequence(
                    name,
                    plain.dataType(),
                    plain.range(),
                    plain.start(),
                    plain.increment(),
                    1,
                    false,
                    plain.persistence(),
                    plain.owner());
            watched.add(Given.watched(
                    sequence, new Position.At(BigInteger.valueOf(inspection * 1_000L + i)), List.of(), List.of()));
        }
        var plain = Given.state();
        return new DatabaseState(
                plain.database(),
                plain.server(),
                Instant.EPOCH.plus(Duration.ofMinutes(5L * inspection)),
                plain.took(),
                watched,
                plain.blindSchemas(),
                plain.lateBound(),
                plain.defaultGrants(),
                null);
    }
}
