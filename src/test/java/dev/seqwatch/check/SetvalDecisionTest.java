package dev.seqwatch.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.model.DenseRun;
import dev.seqwatch.model.Given;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.StoredIds;
import dev.seqwatch.model.StoredIds.Collision;
import dev.seqwatch.model.Uniqueness;
import dev.seqwatch.remedy.Remedy;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SetvalDecisionTest {
    /** The first id ahead, the end of its run and the rows in it decide whether a script may go there. */
    @ParameterizedTest
    @CsvSource({
        "bigint, 10, 11, 30, 20, BETWEEN seqwatch_now.last_value AND 1030",
        "bigint, 10, 1011, 1011, 1, BETWEEN seqwatch_now.last_value AND 2011",
        "integer, 10, 60000011, 60000030, 20, would use up 2.7 %",
        "integer, 10, 11, 60000030, 10000, would use up 2.7 %",
        "bigint, 10, 60000011, 60000030, 20, would skip",
        "bigint, 10, 11, 60000030, 900000, BETWEEN seqwatch_now.last_value",
        "integer, 2000000000, 2000000001, 2000000500, 500, BETWEEN seqwatch_now.last_value AND 2021475336",
        "integer, 1900000000, 1900000001, 1940000000, 2, would use up",
        "bigint, 10, 9007199254740993, 9007199254740993, 10000, above 2^53",
        "bigint, 9007199254740993, 9007199254740995, 9007199254740995, 1, BETWEEN seqwatch_now.last_value",
        "smallint, 32000, 32001, 32700, 2, would use up 2.1 %"
    })
    void goes_to_the_end_of_a_run_that_rows_account_for(
            String type, long position, BigInteger first, BigInteger end, long rows, String said) {
        var column = column(type, new DenseRun(first, end, rows), end);
        var watched = Given.watched(
                Given.sequence(type), new Position.At(BigInteger.valueOf(position)), List.of(column), List.of());

        var collision = Objects.requireNonNull(column.stored().collision());
        var text = switch (new SetvalDecision(watched, CheckPolicy.DEFAULT).remedy(column, collision)) {
            case Remedy.Run(var script) -> script.get();
            case Remedy.Decide(var question) -> question;
        };

        assertThat(text).contains(said);
    }

    private static SequenceColumn column(String type, DenseRun run, BigInteger last) {
        return Given.sequenceColumn("t", Facts.type(type))
                .withStored(new StoredIds(
                        new Collision(
                                Given.TABLE, Uniqueness.Alone, run, last, null, null, new StoredIds.Source.Stored()),
                        List.of()));
    }
}
