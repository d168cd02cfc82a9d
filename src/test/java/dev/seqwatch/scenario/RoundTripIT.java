package dev.seqwatch.scenario;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.PostgresServer;
import dev.seqwatch.testing.PostgresTools;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A dump of the zoo, restored: which findings a restore causes, and which it does not. */
class RoundTripIT {
    /** The tables whose rows come back while their sequences begin anew. */
    private static final List<String> LOADED = List.of(
            "articles_2019_id_seq public.articles.id",
            "customers_id_seq public.customers.id",
            "events_id_seq public.events.id",
            "fine_id_seq public.fine.id",
            "hibernate_seq public.cats.id",
            "hibernate_seq public.dogs.id",
            "invoice_seq public.invoices.id",
            "jobs_id_seq public.jobs.id",
            "note_id_seq public.note.id",
            "odd_numbers_seq public.multi_writer.id",
            "payments_id_seq public.payments.id",
            "ticket_seq public.tickets.nr",
            "users_id_seq public.users.id");

    @Test
    void a_full_restore_changes_nothing() throws Exception {
        var tools = PostgresTools.find();
        try (var source = PostgresServer.of(tools.server()).database();
                var target = PostgresServer.of(tools.server()).database()) {
            AllFailures.fill(source);
            tools.restore(target, tools.dump(source));
            assertThat(all(target)).isEqualTo(all(source));
        }
    }

    /** As loaders of rows, migration services and logical replication leave a database. */
    @Test
    void rows_without_positions_leave_every_sequence_behind_and_none_used_up() throws Exception {
        var tools = PostgresTools.find();
        try (var source = PostgresServer.of(tools.server()).database();
                var target = PostgresServer.of(tools.server()).database()) {
            AllFailures.fill(source);
            tools.restore(target, tools.dump(source, "--schema-only"));
            tools.restore(target, withoutPositions(tools.dump(source, "--data-only")));
            var expected = new TreeSet<>(all(source));
            expected.removeIf(line -> line.contains(" SequenceExhaustion ")
                    || line.contains(" PartitionsNearEnd ")
                    || line.contains(" SequenceBehind "));
            LOADED.forEach(name -> expected.add("Critical SequenceBehind public." + name));
            expected.add("Info SequenceBehind public.Odd 'n; -- ame_I d_seq public.Odd 'n; -- ame.I d");
            assertThat(all(target)).isEqualTo(expected);
            fix(target);
            assertThat(Inspect.of(target, "SequenceBehind"))
                    .containsExactly("Info public.Odd 'n; -- ame_I d_seq public.Odd 'n; -- ame.I d");
        }
    }

    @Test
    void psql_runs_the_printed_script() throws Exception {
        var tools = PostgresTools.find();
        try (var database = PostgresServer.of(tools.server()).database()) {
            AllFailures.fill(database);
            tools.restore(database, AllFailuresIT.script(database));
            assertThat(Inspect.bad(database))
                    .containsExactly(
                            "Critical SequenceExhaustion public.voucher_seq public.voucher.nr",
                            "Critical PartitionsNearEnd public.readings_id_seq public.readings.id",
                            "Warning KeyNotUnique public.log_id_seq public.log.id");
        }
    }

    private static String withoutPositions(String dump) {
        return dump.lines()
                .filter(line -> !line.startsWith("SELECT pg_catalog.setval("))
                .collect(joining("\n", "", "\n"));
    }

    private static void fix(Database database) throws SQLException {
        for (var finding : Inspect.at(database)) {
            if (finding.check().equals("SequenceBehind") && finding.remedy() != null) {
                Inspect.run(database, finding);
            }
        }
    }

    private static Set<String> all(Database database) {
        var lines = new ArrayList<String>();
        for (var finding : Inspect.at(database)) {
            lines.add(finding.severity() + " " + finding.check() + " " + finding.subject());
        }
        return new TreeSet<>(lines);
    }
}
