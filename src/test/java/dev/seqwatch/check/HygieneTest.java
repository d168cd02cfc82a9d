package dev.seqwatch.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.sequence.Draw;
import dev.seqwatch.sequence.Given;
import dev.seqwatch.sequence.NotCheckedReason;
import dev.seqwatch.sequence.Ownership;
import dev.seqwatch.sequence.Persistence;
import dev.seqwatch.sequence.RelationName;
import dev.seqwatch.sequence.StoredIds;
import dev.seqwatch.sequence.Uniqueness;
import dev.seqwatch.sequence.ValueRange;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which facts make a finding of the checks that look at definitions alone, and of which the remedy is a question. */
class HygieneTest {
    @ParameterizedTest
    @CsvSource({
        "true, Alone, Default, Warning",
        "true, Composite, Default, ",
        "true, None, Default, ",
        "false, Alone, Default, ",
        "true, Alone, Derived, ",
        "true, Alone, IdentityAlways, Warning",
        "true, Alone, Declared, Warning"
    })
    void aCycle(boolean cycle, Uniqueness uniqueness, Draw draw, String severity) {
        var sequence =
                Given.sequence(new ValueRange(BigInteger.ONE, BigInteger.TEN), BigInteger.ONE, BigInteger.ONE, cycle);
        var watched =
                Facts.serial(sequence, Facts.consumer(Given.BIGINT, draw, uniqueness, Persistence.Permanent, false));

        assertThat(Facts.severities(new CyclingKey(), watched)).isEqualTo(Facts.list(severity));
    }

    @ParameterizedTest
    @CsvSource({
        "Unlogged, Permanent, Warning",
        "Unlogged, Unlogged, ",
        "Permanent, Permanent, ",
        "Permanent, Unlogged, "
    })
    void anUnloggedSequence(Persistence sequence, Persistence table, String severity) {
        var watched = Facts.serial(
                Facts.with(Given.sequence("bigint"), sequence, "owner"),
                Facts.consumer(Given.BIGINT, Draw.Default, Uniqueness.Alone, table, false));

        assertThat(Facts.severities(new UnloggedSequence(), watched)).isEqualTo(Facts.list(severity));
    }

    @ParameterizedTest
    @CsvSource({
        "Default, None, true, Warning",
        "IdentityAlways, None, false, Warning",
        "IdentityByDefault, None, false, Warning",
        "Default, None, false, ",
        "Default, Alone, true, ",
        "Default, Composite, true, ",
        "Declared, None, true, ",
        "LateBound, None, true, ",
        "Derived, None, true, "
    })
    void aKeyThatNothingKeepsUnique(Draw draw, Uniqueness uniqueness, boolean owned, String severity) {
        var consumer = Facts.consumer(Given.BIGINT, draw, uniqueness, Persistence.Permanent, false);
        var watched = Facts.owned(
                Given.sequence("bigint"), owned ? new Ownership(consumer.column(), false, true) : null, consumer);

        assertThat(Facts.severities(new KeyNotUnique(), watched)).isEqualTo(Facts.list(severity));
    }

    @Test
    void aKeyThatComesBackOnPurposeIsAQuestion() {
        var cycling =
                Given.sequence(new ValueRange(BigInteger.ONE, BigInteger.TEN), BigInteger.ONE, BigInteger.ONE, true);
        var consumer = Facts.consumer(Given.BIGINT, Draw.Default, Uniqueness.None, Persistence.Permanent, false);

        assertThat(Facts.severities(new KeyNotUnique(), Facts.serial(cycling, consumer)))
                .containsExactly("Warning");
        assertThat(Facts.remedy(new KeyNotUnique(), Facts.serial(cycling, consumer)))
                .isNull();
    }

    @Test
    void aForeignTableIsLeftToItsServer() {
        var gap = new StoredIds.Gap(Given.TABLE, NotCheckedReason.ForeignTable);
        var consumer = Facts.consumer(Given.BIGINT, Draw.Default, Uniqueness.None, Persistence.Permanent, false)
                .withStored(new StoredIds(null, List.of(gap)));
        var watched = Facts.serial(Given.sequence("bigint"), consumer);

        assertThat(Facts.severities(new KeyNotUnique(), watched)).isEmpty();
        assertThat(Facts.remedy(new SerialInsteadOfIdentity(), watched)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "integer, false, true",
        "bigint, false, true",
        "integer, true, false",
        "domain, false, false",
        "numeric, false, false"
    })
    void aSerialAndWhetherItCanBeConverted(String column, boolean tree, boolean convertible) {
        var watched = Facts.serial(
                Given.sequence("integer"),
                Facts.consumer(Facts.type(column), Draw.Default, Uniqueness.Alone, Persistence.Permanent, tree));

        assertThat(Facts.severities(new SerialInsteadOfIdentity(), watched)).containsExactly("Info");
        assertThat(Facts.remedy(new SerialInsteadOfIdentity(), watched) != null).isEqualTo(convertible);
    }

    @ParameterizedTest
    @CsvSource({"IdentityByDefault, Info", "IdentityAlways, ", "Default, "})
    void anIdentityByDefault(Draw draw, String severity) {
        assertThat(Facts.severities(
                        new IdentityByDefault(),
                        Facts.serial(Given.sequence("bigint"), Facts.consumer(Given.BIGINT, draw))))
                .isEqualTo(Facts.list(severity));
    }

    @Test
    void owners() {
        var consumer = Facts.consumer(Given.BIGINT, Draw.Default);
        var sequence = Facts.with(Given.sequence("bigint"), Persistence.Permanent, "other");
        var elsewhere = new Ownership(new RelationName("public", "old").column("id"), false, false);

        assertThat(Facts.severities(new OwnerMismatch(), Facts.serial(Given.sequence("bigint"), consumer)))
                .isEmpty();
        assertThat(Facts.remedy(new OwnerMismatch(), Facts.owned(sequence, null, consumer)))
                .contains("ALTER SEQUENCE public.s OWNER TO owner;", "GRANT ALL ON SEQUENCE public.s TO other;");
        assertThat(Facts.severities(new SequenceOwnedElsewhere(), Facts.serial(Given.sequence("bigint"), consumer)))
                .isEmpty();
        assertThat(Facts.severities(new SequenceOwnedElsewhere(), Facts.owned(Given.sequence("bigint"), elsewhere)))
                .isEmpty();
        assertThat(Facts.remedy(
                        new SequenceOwnedElsewhere(), Facts.owned(Given.sequence("bigint"), elsewhere, consumer)))
                .isEqualTo("ALTER SEQUENCE public.s OWNED BY public.t.id;\n");
        assertThat(Facts.severities(new SharedSequence(), Facts.serial(Given.sequence("bigint"), consumer, consumer)))
                .isEmpty();
        assertThat(new SharedSequence()
                        .examine(
                                Given.snapshot(Facts.serial(
                                        Given.sequence("bigint"), consumer, Given.consumer("u", Given.BIGINT))),
                                Policy.DEFAULT,
                                History.NONE))
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.Info))
                .extracting(Finding::message)
                .asString()
                .contains("belongs to public.t.id");
    }

    /** Else it would be serial, and a serial column that nothing keeps unique is a Warning. */
    @Test
    void ownershipIsNotGivenToAColumnWithoutAKey() {
        var consumer = Facts.consumer(Given.BIGINT, Draw.Default, Uniqueness.None, Persistence.Permanent, false);
        var elsewhere = new Ownership(new RelationName("public", "old").column("id"), false, false);

        assertThat(Facts.remedy(new SequenceUnowned(), Facts.owned(Given.sequence("bigint"), null, consumer)))
                .isNull();
        assertThat(Facts.remedy(
                        new SequenceOwnedElsewhere(), Facts.owned(Given.sequence("bigint"), elsewhere, consumer)))
                .contains("ALTER SEQUENCE public.s OWNED BY NONE;");
    }
}
