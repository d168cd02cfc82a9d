package dev.seqwatch.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.check.CheckPolicy;
import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.postgres.catalog.Scope;
import dev.seqwatch.report.text.InspectionJson;
import dev.seqwatch.report.text.InspectionTable;
import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.PostgresServer;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Integer columns of which nothing is known are counted and said. */
class UnreadIntegerColumnsIT {
    @Test
    void columns_without_statistics_that_no_read_answers_for_are_counted() throws SQLException {
        var server = PostgresServer.of(PostgresServer.MAJORS.getLast());
        try (var database = server.database()) {
            database.execute("""
                    CREATE TABLE t(id int PRIMARY KEY, list int[], small smallint[]) WITH (autovacuum_enabled = off);
                    INSERT INTO t VALUES (1, '{2}', '{3}')""");
            var reading = read(database);
            var unread = reading.state().integerColumns().unread();
            var table = new RelationName("public", "t");

            assertThat(unread.count()).isEqualTo(2);
            assertThat(unread.contains(table.column("list"))).isTrue();
            assertThat(unread.contains(table.column("id"))).isFalse();
            var inspection =
                    Inspection.of(database.name(), reading, CheckPolicy.DEFAULT, List.of(), DatabaseHistory.NONE);
            assertThat(InspectionTable.render(List.of(inspection), List.of(), InspectionTable.Options.PLAIN))
                    .contains("Not read: values of 2 integer columns without statistics");
            assertThat(InspectionJson.render(List.of(inspection), List.of())).contains("\"integerColumnsNotRead\" : 2");

            database.analyze();
            assertThat(read(database).state().integerColumns().unread().count()).isZero();
        }
    }

    private static ReadResult.Success read(Database database) {
        return (ReadResult.Success)
                new DatabaseReader(InstantSource.system()).read(database.target(), database.name(), Scope.ALL);
    }
}
