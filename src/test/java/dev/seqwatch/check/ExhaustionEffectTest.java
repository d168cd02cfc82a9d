package dev.seqwatch.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.model.Given;
import dev.seqwatch.model.Reference;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.ValueSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Somebody woken at night reads what breaks, and where. */
class ExhaustionEffectTest {
    @Test
    void theSequenceEnds() {
        assertThat(message("integer", List.of(Given.sequenceColumn("t", Given.BIGINT)), List.of(), 2_000_000_000))
                .endsWith("Then nextval fails, and so does every insert into public.t that needs it.");
        assertThat(message("integer", List.of(Given.sequenceColumn("t", Given.BIGINT)), List.of(), Integer.MAX_VALUE))
                .endsWith("the next nextval fails, and so does every insert into public.t that needs it.");
        assertThat(message("integer", List.of(), List.of(), 2_000_000_000))
                .endsWith(
                        "but nothing that was found calls it. Decide whether an application calls it by name, and then"
                                + " declare the column in the monitor's links; if nothing does, it harms nobody.");
    }

    @Test
    void manyTables() {
        var tables = Stream.of("a", "b", "c", "d", "e")
                .map(table -> Given.sequenceColumn(table, Given.BIGINT))
                .toList();

        assertThat(message("integer", tables, List.of(), 2_000_000_000))
                .contains("into public.a, public.b, public.c and 2 more tables that needs it");
    }

    @Test
    void aColumnEnds() {
        assertThat(message("bigint", List.of(Given.sequenceColumn("t", Given.INTEGER)), List.of(), 2_000_000_000))
                .endsWith("Then inserts fail with \"out of range\".");
        assertThat(message(
                        "bigint",
                        List.of(Given.sequenceColumn("t", Given.INTEGER, ValueSource.IdentityAlways)),
                        List.of(),
                        2_000_000_000))
                .contains("Then inserts store ids cut to the column's width");
    }

    /** Both names begin alike once a type follows the shorter one. */
    @Test
    void a_column_is_not_taken_for_another_whose_name_continues_with_a_blank() {
        var id = Facts.sequenceColumn(Given.TABLE.column("id"), Given.BIGINT, ValueSource.Default);
        var idX = Facts.sequenceColumn(Given.TABLE.column("id x"), Given.INTEGER, ValueSource.IdentityAlways);
        var watched = Given.watched(Given.sequence("bigint"), Facts.at(2_000_000_000), List.of(id, idX), List.of());
        var finding = new SequenceExhaustion()
                .examine(Given.state(watched), CheckPolicy.DEFAULT, DatabaseHistory.NONE)
                .findFirst()
                .orElseThrow();

        assertThat(finding.subject().column()).isEqualTo("id x");
        assertThat(finding.message()).contains("Then inserts store ids cut to the column's width");
    }

    @Test
    void aReferenceEnds() {
        assertThat(message(
                        "bigint",
                        List.of(Given.sequenceColumn("t", Given.BIGINT)),
                        List.of(Given.reference("r", Given.INTEGER)),
                        2_000_000_000))
                .contains("referencing column public.r.t_id (integer)")
                .endsWith("cannot be referenced there: such inserts fail with \"out of range\".");
    }

    private static String message(
            String type, List<SequenceColumn> sequenceColumns, List<Reference> references, long last) {
        var watched = Given.watched(Given.sequence(type), Facts.at(last), sequenceColumns, references);
        return new SequenceExhaustion()
                .examine(Given.state(watched), CheckPolicy.DEFAULT, DatabaseHistory.NONE)
                .findFirst()
                .orElseThrow()
                .message();
    }
}
