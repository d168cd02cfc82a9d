package dev.seqwatch.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static final BigInteger INT_END = BigInteger.valueOf(Integer.MAX_VALUE);

    @Test
    void theSequenceAlone() {
        var limit = Limits.tightest(Given.sequence("bigint"), List.of(), List.of(), List.of());

        assertThat(limit.kind()).isEqualTo(Limit.Kind.Sequence);
        assertThat(limit).hasToString("MAXVALUE 9,223,372,036,854,775,807 of public.s");
    }

    @Test
    void theTightestColumn() {
        var limit = Limits.tightest(
                Given.sequence("bigint"),
                List.of(Given.sequenceColumn("a", Given.BIGINT), Given.sequenceColumn("b", Given.INTEGER)),
                List.of(),
                List.of());

        assertThat(limit)
                .isEqualTo(new Limit(
                        INT_END,
                        new Limit.Origin.OfColumn(new RelationName("public", "b").column("id"), Given.INTEGER)));
        assertThat(limit).hasToString("column public.b.id (integer)");
    }

    @Test
    void theTightestReference() {
        var limit = Limits.tightest(
                Given.sequence("bigint"),
                List.of(Given.sequenceColumn("t", Given.BIGINT)),
                List.of(Given.reference("a", Given.INTEGER), Given.reference("b", Given.SMALLINT)),
                List.of());

        assertThat(limit).hasToString("referencing column public.b.t_id (smallint)");
        assertThat(limit.value()).isEqualTo(Short.MAX_VALUE);
    }

    @Test
    void aTieGoesToTheFirstKind() {
        var declared = new Limit(
                INT_END, new Limit.Origin.Declared(Given.TABLE.column("id"), "the limit of JavaScript clients"));
        var column = List.of(Given.sequenceColumn("t", Given.INTEGER));
        var reference = List.of(Given.reference("r", Given.INTEGER));
        var wide = Given.sequence("bigint");

        assertThat(Limits.tightest(Given.sequence("integer"), column, reference, List.of(declared))
                        .kind())
                .isEqualTo(Limit.Kind.Sequence);
        assertThat(Limits.tightest(wide, column, reference, List.of(declared)).kind())
                .isEqualTo(Limit.Kind.Column);
        assertThat(Limits.tightest(wide, List.of(), reference, List.of(declared))
                        .kind())
                .isEqualTo(Limit.Kind.Reference);
        assertThat(Limits.tightest(wide, List.of(), List.of(), List.of(declared))
                        .kind())
                .isEqualTo(Limit.Kind.Declared);
    }

    @Test
    void aDescendingSequenceMeetsTheHighestMinimum() {
        var down = Given.sequence(
                new ValueRange(ValueRange.BIGINT.min(), BigInteger.ONE.negate()),
                BigInteger.ONE.negate(),
                BigInteger.ONE.negate(),
                false);
        var limit = Limits.tightest(
                down,
                List.of(Given.sequenceColumn("a", Given.INTEGER)),
                List.of(Given.reference("b", Given.SMALLINT)),
                List.of());

        assertThat(limit.value()).isEqualTo(Short.MIN_VALUE);
        assertThat(Limits.tightest(down, List.of(), List.of(), List.of()).setBy())
                .startsWith("MINVALUE -9223372036854775808");
    }

    @Test
    void aComputedValueHasNoBound() {
        var limit = Limits.tightest(
                Given.sequence("bigint"),
                List.of(Given.sequenceColumn("t", Given.SMALLINT, ValueSource.Derived)),
                List.of(),
                List.of());

        assertThat(limit.kind()).isEqualTo(Limit.Kind.Sequence);
    }
}
