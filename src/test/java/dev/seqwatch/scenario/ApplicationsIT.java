package dev.seqwatch.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.check.Finding;
import dev.seqwatch.testing.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Schemas in the styles of many applications, healthy and in use: {@code src/test/resources/applications}. */
class ApplicationsIT {
    private static final List<String> WRONG = List.of(
            "Warning KeyNotUnique public.event_log_ord_seq public.event_log.ord",
            "Warning DefaultBySearchPath public.account_seq public.account.account_id",
            "Warning ReferenceNarrowerThanKey public.film_seq public.film_actor.film_id");

    /** Nobody knows what they feed, or their numbers are a part of what is stored. */
    private static final List<String> NOT_COMPARED = List.of("media_seq", "partner_sq", "person_seq");

    static Stream<PostgresServer> servers() {
        return Stream.of(13, 15, 18).map(PostgresServer::of);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void what_is_wrong_and_nothing_else(PostgresServer server) throws SQLException {
        try (var database = server.database()) {
            AllFailures.run(database, read("styles.sql"));
            assertThat(Inspect.bad(database)).containsExactlyInAnyOrderElementsOf(WRONG);

            AllFailures.run(database, AllFailuresIT.statements(database));
            assertThat(Inspect.bad(database)).isEmpty();
        }
    }

    /** Gives an order beside the key of its table, so that a value stored twice fails no insert. */
    private static final String ORDER = "change_no";

    /** As after a load of rows alone: each is found by itself, and afterwards none. */
    @ParameterizedTest
    @MethodSource("servers")
    void every_sequence_that_starts_again(PostgresServer server) throws SQLException {
        try (var database = server.database()) {
            AllFailures.run(database, read("styles.sql"));
            AllFailures.run(
                    database,
                    "DO $$ DECLARE s regclass; BEGIN FOR s IN SELECT seqrelid FROM pg_sequence LOOP"
                            + " EXECUTE format('ALTER SEQUENCE %s RESTART', s); END LOOP; END $$;");
            var found = new TreeSet<String>();
            for (var finding : Inspect.at(database)) {
                if (finding.check().equals("SequenceBehind") && notCompared(finding)) {
                    assertThat(finding.severity().name()).as(finding.message()).isEqualTo("Warning");
                    assertThat(finding.remedy()).isNull();
                } else if (finding.check().equals("SequenceBehind")) {
                    assertThat(finding.severity().name())
                            .as(finding.message())
                            .isEqualTo(ORDER.equals(finding.subject().column()) ? "Info" : "Critical");
                    found.add(String.valueOf(finding.subject().sequence()));
                }
            }
            var expected = new TreeSet<String>();
            Inspect.state(database)
                    .sequences()
                    .forEach(watched -> expected.add(watched.name().name()));
            NOT_COMPARED.forEach(expected::remove);
            assertThat(found).isEqualTo(expected);

            AllFailures.run(database, AllFailuresIT.statements(database));
            assertThat(Inspect.at(database)).noneMatch(finding -> Inspect.bad(finding) && !notCompared(finding));
        }
    }

    private static boolean notCompared(Finding finding) {
        return NOT_COMPARED.contains(String.valueOf(finding.subject().sequence()));
    }

    static String read(String name) {
        try (var file = ApplicationsIT.class.getResourceAsStream("/applications/" + name)) {
            if (file == null) {
                throw new IllegalStateException("src/test/resources/applications/" + name + " is missing");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
