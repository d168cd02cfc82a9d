package dev.seqwatch.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.check.CheckPolicy;
import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.scenario.Inspect;
import dev.seqwatch.testing.PostgresServer;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database of the same name on another server, or one that was dropped and made again. */
class AnotherDatabaseIT {
    private static final String NAME = "same_name";
    private static final String LOCKED =
            "CREATE TABLE orders (id serial PRIMARY KEY); SELECT setval('orders_id_seq', 2147483647)";

    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void what_was_seen_in_one_says_nothing_of_the_other(int major) throws Exception {
        var server = PostgresServer.of(major);
        DatabaseState first;
        DatabaseState again;
        try (var database = server.database(NAME)) {
            database.execute(LOCKED);
            first = Inspect.state(database);
            again = Inspect.state(database);
        }
        var second = empty(server);
        assertThat(again.server().database())
                .isNotNull()
                .isEqualTo(first.server().database());
        assertThat(second.server().database())
                .isNotNull()
                .isNotEqualTo(first.server().database());

        var before = inspection(first, DatabaseHistory.NONE, List.of());
        assertThat(before.reported()).extracting(finding -> finding.check()).contains("SequenceExhaustion");
        var after = inspection(second, before.history(), before.open());
        assertThat(after.reported()).isEmpty();
        assertThat(after.history().tracks()).isEmpty();
        assertThat(inspection(again, before.history(), before.open())
                        .history()
                        .tracks()
                        .values())
                .allMatch(track -> track.samples().size() == 2);
    }

    private static DatabaseState empty(PostgresServer server) throws SQLException {
        try (var database = server.database(NAME)) {
            return Inspect.state(database);
        }
    }

    private static Inspection inspection(DatabaseState state, DatabaseHistory before, List<EarlierFinding> earlier) {
        return Inspection.of(
                NAME, new ReadResult.Success(state), CheckPolicy.DEFAULT, List.of(), _ -> true, before, earlier);
    }
}
