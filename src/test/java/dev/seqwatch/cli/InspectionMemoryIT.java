package dev.seqwatch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.seqwatch.Seqwatch;
import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.PostgresServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * What an inspection takes of the heap, in a JVM of its own. The image gives 256 MiB to 60,000 serial columns; this is a
 * sixth of both, and some for the program itself.
 */
class InspectionMemoryIT {
    private static final int TABLES = Integer.getInteger("seqwatch.memory.tables", 10_000);
    private static final String HEAP = System.getProperty("seqwatch.memory.heap", "-Xmx48m");
    private static final int TABLES_A_TRANSACTION = 500;

    @Test
    void serial_columns_fit_into_the_heap_with_all_remedies_printed() throws Exception {
        var server = PostgresServer.of(PostgresServer.MAJORS.getLast());
        try (var database = server.database()) {
            create(database);
            var process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            HEAP,
                            "--enable-native-access=ALL-UNNAMED",
                            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            Seqwatch.class.getName(),
                            CheckCommand.NAME,
                            "postgresql://%s:%s@%s:%d/%s"
                                    .formatted(
                                            server.superuser(),
                                            server.password(),
                                            server.host(),
                                            server.port(),
                                            database.name()),
                            "--output",
                            "json"))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            var json = new ObjectMapper().readTree(process.getInputStream());

            assertThat(process.waitFor()).isZero();
            assertThat(json.at("/inspections/0/sequences")).hasSize(TABLES);
            assertThat(json.at("/inspections/0/findings/0/remedy").textValue()).isNotBlank();
            assertThat(json.toString().getBytes(UTF_8).length).isGreaterThan(TABLES * 1_000);
        }
    }

    private static void create(Database database) throws SQLException {
        for (var from = 1; from <= TABLES; from += TABLES_A_TRANSACTION) {
            database.execute(String.format(Locale.ROOT, """
                    DO $$ BEGIN FOR i IN %d..%d LOOP
                      EXECUTE 'CREATE TABLE orders_of_customer_' || i || '(id serial PRIMARY KEY)';
                    END LOOP; END $$""", from, from + TABLES_A_TRANSACTION - 1));
        }
    }
}
