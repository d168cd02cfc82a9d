package dev.seqwatch.scenario;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.check.Check;
import dev.seqwatch.check.CheckPolicy;
import dev.seqwatch.check.Checks;
import dev.seqwatch.check.Finding;
import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.report.text.RemedyScript;
import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.PostgresServer;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All failures in one database, and all remedies one after the other, in the order that {@code check --output sql} prints. */
class AllFailuresIT {
    /** Blindness needs another role than the superuser, the other two need time. */
    private static final Set<String> ELSEWHERE = Set.of("InsufficientPrivileges", "ExhaustionForecast", "IdBurn");

    static Stream<PostgresServer> servers() {
        return Stream.of(13, 15, 18).map(PostgresServer::of);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void all_remedies_in_their_order_leave_nothing_that_had_one(PostgresServer server) throws SQLException {
        try (var database = server.database()) {
            AllFailures.fill(database);
            var before = Inspect.at(database);
            AllFailures.run(database, statements(database));
            var after = Inspect.at(database).stream().filter(Inspect::bad).toList();
            var undecided = before.stream()
                    .filter(finding -> Inspect.bad(finding) && finding.remedy() == null)
                    .map(AllFailuresIT::line)
                    .toList();
            assertThat(undecided)
                    .containsExactlyInAnyOrder(
                            "Critical PartitionsNearEnd public.readings_id_seq public.readings.id",
                            "Critical SequenceExhaustion public.voucher_seq public.voucher.nr",
                            "Warning KeyNotUnique public.log_id_seq public.log.id");
            assertThat(after.stream().map(AllFailuresIT::line))
                    .as(after.stream().map(Finding::message).collect(joining("\n")))
                    .isSubsetOf(undecided);

            database.execute("INSERT INTO orders(v) VALUES (1); INSERT INTO customers(v) VALUES (1);"
                    + "INSERT INTO \"Odd 'n; -- ame\"(tenant) VALUES (1); INSERT INTO note(v) VALUES (1); INSERT INTO users VALUES (3000000000, 1);"
                    + "INSERT INTO profiles VALUES (3000000000); INSERT INTO avatars VALUES (3000000000)");
        }
    }

    @Test
    void every_check_finds_something_in_it() throws SQLException {
        try (var database = PostgresServer.of(18).database()) {
            AllFailures.fill(database);
            var missing = Checks.ALL.stream().map(Check::name).collect(Collectors.toCollection(TreeSet::new));
            Inspect.at(database).forEach(finding -> missing.remove(finding.check()));
            assertThat(missing).isEqualTo(new TreeSet<>(ELSEWHERE));
        }
    }

    /** As {@code check --output sql} prints it. */
    static String script(Database database) {
        var reading = new ReadResult.Success(Inspect.state(database));
        var inspection = Inspection.of(database.name(), reading, CheckPolicy.DEFAULT, List.of(), DatabaseHistory.NONE);
        return RemedyScript.render(List.of(inspection), false);
    }

    /** The same for a connection of our own. */
    static String statements(Database database) {
        return withoutCommands(script(database));
    }

    /** What psql alone understands; the runner stops at the first error by itself. */
    private static String withoutCommands(String script) {
        return script.lines().filter(line -> !line.startsWith("\\")).collect(joining("\n"));
    }

    private static String line(Finding finding) {
        return finding.severity() + " " + finding.check() + " " + finding.subject();
    }
}
