package dev.seqwatch.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.check.Facts;
import dev.seqwatch.model.ColumnType;
import dev.seqwatch.model.Given;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.Reference;
import dev.seqwatch.model.Sequence;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.ValueRange;
import dev.seqwatch.model.ValueSource;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WidenRemedyTest {
    @Test
    void onlyTheSequenceWhereTheColumnsHaveRoom() {
        var script = script(
                Given.sequence("smallint"),
                Short.MAX_VALUE,
                List.of(Given.sequenceColumn("t", Given.INTEGER)),
                List.of());

        assertThat(script)
                .contains("ALTER SEQUENCE public.s AS integer NO MAXVALUE;")
                .doesNotContain("ALTER TABLE");
    }

    @Test
    void referencesBeforeTheirKey() {
        var script = script(
                Given.sequence("integer"),
                Integer.MAX_VALUE,
                List.of(Given.sequenceColumn("t", Given.INTEGER)),
                List.of(Given.reference("r", Given.INTEGER)));

        assertThat(script.lines().filter(line -> line.startsWith("ALTER")))
                .containsExactly(
                        "ALTER TABLE public.r ALTER COLUMN t_id TYPE bigint;",
                        "ALTER TABLE public.t ALTER COLUMN id TYPE bigint;",
                        "ALTER SEQUENCE public.s AS bigint;");
        assertThat(script)
                .contains("ANALYZE public.t;", "ANALYZE public.r;", "-- stores the key through constraint r_fkey");
    }

    @Test
    void aWideReferenceStays() {
        var script = script(
                Given.sequence("integer"),
                Integer.MAX_VALUE,
                List.of(Given.sequenceColumn("t", Given.INTEGER)),
                List.of(Given.reference("r", Given.BIGINT)));

        assertThat(script).doesNotContain("public.r");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "numeric(5,0) | numeric | 327684 | numeric(19,0)",
                "numeric(6,2) | numeric | 393222 | numeric(21,2)",
                "character varying(3) | varchar | 7 | character varying(20)",
                "oid | oid | -1 | bigint",
                "smallint | int2 | -1 | bigint"
            })
    void targets(String display, String base, int typmod, String target) {
        var type = new ColumnType(display, base, typmod, false);
        var script = script(
                Given.sequence("bigint"), 1_000_000_000_000L, List.of(Given.sequenceColumn("t", type)), List.of());

        assertThat(script).contains("ALTER COLUMN id TYPE " + target + ";");
    }

    @Test
    void whatOnlyAPersonCanDecide() {
        var domain = new ColumnType("public.d", "int4", -1, true);
        var cast = Given.BIGINT.castTo("integer");
        var padded = new ColumnType("character(3)", "bpchar", 7, false);

        assertThat(decision(Given.sequenceColumn("t", domain))).contains("domain public.d");
        assertThat(decision(Given.sequenceColumn("t", cast))).contains("casts").contains("integer");
        assertThat(decision(Given.sequenceColumn("t", padded))).contains("character(3)");
        assertThat(decision(blocked("view public.w"))).contains("view public.w");
    }

    @ParameterizedTest
    @CsvSource({"1000, bigint", "2147483647, bigint", "2147483647, integer"})
    void a_chosen_end_is_a_question(long end, String column) {
        var sequenceColumn = Given.sequenceColumn("t", Facts.type(column));
        var remedy = WidenRemedy.of(Given.watched(own(end), at(end), List.of(sequenceColumn), List.of()), 75);

        assertThat(remedy)
                .isInstanceOfSatisfying(
                        Remedy.Decide.class,
                        decide ->
                                assertThat(decide.what()).contains("MAXVALUE " + end, "bigint, so somebody chose it"));
    }

    @Test
    void a_chosen_end_far_away_stays_where_a_column_is_widened() {
        var script = script(
                own(9_999_999_999L), Integer.MAX_VALUE, List.of(Given.sequenceColumn("t", Given.INTEGER)), List.of());

        assertThat(script).contains("TYPE bigint").doesNotContain("ALTER SEQUENCE");
    }

    @Test
    void a_number_that_an_expression_formats_is_a_question() {
        var formatted = Facts.sequenceColumn(Facts.type("text"), ValueSource.Derived);
        var remedy = WidenRemedy.of(
                Given.watched(Given.sequence("integer"), at(Integer.MAX_VALUE), List.of(formatted), List.of()), 75);

        assertThat(remedy)
                .isInstanceOfSatisfying(
                        Remedy.Decide.class, decide -> assertThat(decide.what()).contains("room for larger numbers"));
    }

    @Test
    void theEndOfBigintIsADecision() {
        var remedy =
                WidenRemedy.of(Given.watched(Given.sequence("bigint"), at(Long.MAX_VALUE), List.of(), List.of()), 75);

        assertThat(remedy)
                .isInstanceOfSatisfying(
                        Remedy.Decide.class,
                        decide -> assertThat(decide.what()).contains("No integer type of PostgreSQL is wider"));
    }

    @Test
    void aColumnDoesNotHelpASequenceThatWasSetBeyondAll() {
        var remedy = WidenRemedy.of(
                Given.watched(
                        Given.sequence("bigint"),
                        at(Long.MAX_VALUE - 5),
                        List.of(Given.sequenceColumn("t", Given.INTEGER)),
                        List.of()),
                75);

        assertThat(remedy)
                .isInstanceOfSatisfying(
                        Remedy.Decide.class, decide -> assertThat(decide.what()).contains("set it back"));
    }

    @Test
    void aSequenceGoesNoFartherThanItsColumn() {
        var watched = Given.watched(
                own(Integer.MAX_VALUE),
                at(1),
                List.of(Given.sequenceColumn("t", new ColumnType("numeric(10,0)", "numeric", (10 << 16) + 4, false))),
                List.of());

        assertThat(WidenRemedy.alterSequence(watched))
                .isEqualTo("ALTER SEQUENCE public.s AS bigint MAXVALUE 9999999999");
    }

    private static String decision(SequenceColumn sequenceColumn) {
        var remedy = WidenRemedy.of(
                Given.watched(Given.sequence("bigint"), at(3_000_000_000L), List.of(sequenceColumn), List.of()), 75);
        assertThat(remedy).isInstanceOf(Remedy.Decide.class);
        return ((Remedy.Decide) remedy).what();
    }

    private static String script(
            Sequence sequence, long last, List<SequenceColumn> sequenceColumns, List<Reference> references) {
        var remedy = WidenRemedy.of(Given.watched(sequence, at(last), sequenceColumns, references), 75);
        assertThat(remedy).isInstanceOf(Remedy.Run.class);
        return ((Remedy.Run) remedy).script().get();
    }

    private static SequenceColumn blocked(String blocker) {
        var plain = Given.sequenceColumn("t", Given.INTEGER);
        return new SequenceColumn(
                plain.column(),
                plain.type(),
                plain.valueSource(),
                plain.table(),
                plain.uniqueness(),
                plain.stored(),
                List.of(blocker));
    }

    private static Sequence own(long max) {
        return Given.sequence(
                new ValueRange(BigInteger.ONE, BigInteger.valueOf(max)), BigInteger.ONE, BigInteger.ONE, false);
    }

    private static Position at(long last) {
        return new Position.At(BigInteger.valueOf(last));
    }
}
