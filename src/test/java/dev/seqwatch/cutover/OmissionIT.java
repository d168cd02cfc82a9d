package dev.seqwatch.cutover;

import static dev.seqwatch.cutover.Replication.LIMIT;
import static dev.seqwatch.cutover.Replication.differences;
import static dev.seqwatch.cutover.Replication.insert;
import static dev.seqwatch.cutover.Replication.run;
import static dev.seqwatch.cutover.Replication.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.seqwatch.compare.CutoverVerdict;
import dev.seqwatch.inspection.CutoverResult;
import dev.seqwatch.testing.PostgresServer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A cutover that is ready, and one thing after the other that somebody forgot. */
class OmissionIT {
    private static final int NEWEST = PostgresServer.MAJORS.getLast();

    @Test
    void each_single_omission_stops_the_cutover_and_its_remedy_lets_it_pass() throws Exception {
        assumeFalse(
                System.getProperty("seqwatch.postgres", "embedded").equals("containers"),
                "containers do not reach each other by the ports of this machine");
        var server = PostgresServer.of(NEWEST);
        try (var replication = Replication.start(server, server)) {
            var source = replication.source();
            var target = replication.target();
            var role = replication.name();
            for (var batch = 0; batch < 3; batch++) {
                insert(source, role, batch);
            }
            replication.caughtUp();
            run(target, replication.until(CutoverVerdict.No));
            replication.until(CutoverVerdict.Go);

            remedied(
                    replication, () -> source.execute("CREATE SEQUENCE sales.fresh"), "No SequenceMissing sales.fresh");
            remedied(
                    replication,
                    () -> target.execute("ALTER SEQUENCE sales.ticket INCREMENT 2"),
                    "No DefinitionDiffers sales.ticket");
            privileges(replication);
            remedied(
                    replication,
                    () -> target.execute("SELECT setval('sales.down_id_seq', -1, false)"),
                    "No PositionBehind sales.down_id_seq");
            remedied(
                    replication,
                    () -> target.execute("ALTER TABLE sales.orders ALTER id DROP DEFAULT"),
                    "No DefaultMissing sales.orders_id_seq");
            remedied(
                    replication,
                    () -> target.execute("ALTER TABLE sales.lines ALTER id DROP IDENTITY"),
                    "No SequenceMissing sales.lines_id_seq");
            remedied(
                    replication,
                    () -> target.execute("ALTER SUBSCRIPTION " + role + " DISABLE"),
                    "No SubscriptionDisabled " + role);
            remedied(
                    replication,
                    () -> target.execute(
                            "INSERT INTO sales.orders VALUES ((SELECT last_value + 5 FROM sales.orders_id_seq), 0)"),
                    "No StoredIdsAhead sales.orders_id_seq");
            narrowerColumn(replication);
            replication.until(CutoverVerdict.Go);
            lateTable(replication);
            lag(replication);
            writer(replication);
        }
    }

    /** The script is all that it takes: what it leaves, the next "go" would not allow. */
    private static void remedied(Replication replication, Change omission, String difference) throws Exception {
        omission.make();
        var result = found(replication, difference);
        assertThat(result.verdict()).as(() -> text(result)).isEqualTo(CutoverVerdict.No);
        run(replication.target(), result);
    }

    /** Each is lost by itself, one after the other; the script gives all of them back. */
    private static void privileges(Replication replication) throws Exception {
        var target = replication.target();
        var role = replication.name();
        for (var lost :
                List.of("USAGE ON SEQUENCE sales.orders_id_seq", "INSERT ON sales.lines", "USAGE ON SCHEMA sales")) {
            target.execute("REVOKE " + lost + " FROM " + role);
            found(replication, "No PrivilegeMissing " + role);
            target.execute("GRANT " + lost + " TO " + role);
        }
        target.execute(
                "REVOKE ALL ON ALL SEQUENCES IN SCHEMA sales FROM %s; REVOKE ALL ON ALL TABLES IN SCHEMA sales FROM %s;"
                                .formatted(role, role)
                        + " REVOKE USAGE ON SCHEMA sales FROM " + role);
        run(target, found(replication, "No PrivilegeMissing " + role));
    }

    private static void narrowerColumn(Replication replication) throws Exception {
        var target = replication.target();
        target.execute("ALTER TABLE sales.orders ALTER id TYPE integer");
        found(replication, "No TypeDiffers sales.orders_id_seq");
        target.execute("ALTER TABLE sales.orders ALTER id TYPE bigint");
    }

    /** Made after the schema was copied; a lock keeps its first copy from ending. */
    private static void lateTable(Replication replication) throws Exception {
        var target = replication.target();
        var table = "CREATE TABLE sales.late (id bigserial PRIMARY KEY, batch int);";
        replication.source().execute(table + " INSERT INTO sales.late (batch) VALUES (1)");
        var result = found(replication, "No TableMissing sales.late");
        assertThat(differences(result)).contains("No SequenceMissing sales.late_id_seq");
        target.execute(table);
        var forgotten = found(replication, "No TableNotSubscribed " + replication.name());
        try (var connection = target.connect(target.server().superuser());
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE sales.late IN SHARE MODE");
            run(target, forgotten);
            found(replication, "NotYet TableNotReady " + replication.name());
            connection.rollback();
        }
        replication.until(CutoverVerdict.Go);
    }

    /** A lock keeps the worker from storing a change. */
    private static void lag(Replication replication) throws Exception {
        try (var connection = replication
                        .target()
                        .connect(replication.target().server().superuser());
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE sales.orders IN SHARE MODE");
            replication.source().execute("UPDATE sales.orders SET batch = 100");
            found(replication, "NotYet ReplicationLag " + replication.name());
            connection.rollback();
        }
        replication.until(CutoverVerdict.Go);
    }

    /** A session that was open before the database was made read-only may write; one that is opened later may not. */
    private static void writer(Replication replication) throws Exception {
        var source = replication.source();
        var inspector = replication.inspector();
        try (var before = source.connect(source.server().superuser())) {
            assertThat(before.isClosed()).isFalse();
            found(replication, "NotYet SourceWritable source");
            source.execute("ALTER DATABASE " + source.name() + " SET default_transaction_read_only = on");
            var result = inspector.inspect(Duration.ofMillis(500));
            assertThat(differences(result)).as(() -> text(result)).contains("NotYet SourceWritable source");
        }
        try (var later = source.connect(source.server().superuser())) {
            assertThat(later.isClosed()).isFalse();
            Replication.until(inspector, CutoverVerdict.Go);
        }
    }

    private static CutoverResult found(Replication replication, String difference) {
        var last = new ArrayList<CutoverResult>();
        await().atMost(LIMIT).untilAsserted(() -> {
            var result = replication.compare();
            last.add(result);
            assertThat(differences(result)).as(() -> text(result)).contains(difference);
        });
        assertThat(last.getLast().verdict()).isNotEqualTo(CutoverVerdict.Go);
        return last.getLast();
    }

    @FunctionalInterface
    private interface Change {
        void make() throws SQLException;
    }
}
