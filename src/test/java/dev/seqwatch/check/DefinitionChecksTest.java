package dev.seqwatch.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.model.Given;
import dev.seqwatch.model.NotCheckedReason;
import dev.seqwatch.model.Ownership;
import dev.seqwatch.model.Persistence;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.StoredIds;
import dev.seqwatch.model.Uniqueness;
import dev.seqwatch.model.ValueRange;
import dev.seqwatch.model.ValueSource;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which facts make a finding of the checks that look at definitions alone, and of which the remedy is a question. */
class DefinitionChecksTest {
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
    void aCycle(boolean cycle, Uniqueness uniqueness, ValueSource draw, String severity) {
        var sequence =
                Given.sequence(new ValueRange(BigInteger.ONE, BigInteger.TEN), BigInteger.ONE, BigInteger.ONE, cycle);
        var watched = Facts.serial(
                sequence, Facts.sequenceColumn(Given.BIGINT, draw, uniqueness, Persistence.Permanent, false));

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
                Facts.sequenceColumn(Given.BIGINT, ValueSource.Default, Uniqueness.Alone, table, false));

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
    void aKeyThatNothingKeepsUnique(ValueSource draw, Uniqueness uniqueness, boolean owned, String severity) {
        var sequenceColumn = Facts.sequenceColumn(Given.BIGINT, draw, uniqueness, Persistence.Permanent, false);
        var watched = Facts.owned(
                Given.sequence("bigint"),
                owned ? new Ownership(sequenceColumn.column(), false, true) : null,
                sequenceColumn);

        assertThat(Facts.severities(new KeyNotUnique(), watched)).isEqualTo(Facts.list(severity));
    }

    @Test
    void aKeyThatComesBackOnPurposeIsAQuestion() {
        var cycling =
                Given.sequence(new ValueRange(BigInteger.ONE, BigInteger.TEN), BigInteger.ONE, BigInteger.ONE, true);
        var sequenceColumn =
                Facts.sequenceColumn(Given.BIGINT, ValueSource.Default, Uniqueness.None, Persistence.Permanent, false);

        assertThat(Facts.severities(new KeyNotUnique(), Facts.serial(cycling, sequenceColumn)))
                .containsExactly("Info");
        assertThat(Facts.remedy(new KeyNotUnique(), Facts.serial(cycling, sequenceColumn)))
                .isNull();
    }

    @Test
    void aForeignTableIsLeftToItsServer() {
        var gap = new StoredIds.Gap(Given.TABLE, NotCheckedReason.ForeignTable);
        var sequenceColumn = Facts.sequenceColumn(
                        Given.BIGINT, ValueSource.Default, Uniqueness.None, Persistence.Permanent, false)
                .withStored(new StoredIds(null, List.of(gap)));
        var watched = Facts.serial(Given.sequence("bigint"), sequenceColumn);

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
                Facts.sequenceColumn(
                        Facts.type(column), ValueSource.Default, Uniqueness.Alone, Persistence.Permanent, tree));

        assertThat(Facts.severities(new SerialInsteadOfIdentity(), watched)).containsExactly("Info");
        assertThat(Facts.remedy(new SerialInsteadOfIdentity(), watched) != null).isEqualTo(convertible);
    }

    @ParameterizedTest
    @CsvSource({"IdentityByDefault, Info", "IdentityAlways, ", "Default, "})
    void anIdentityByDefault(ValueSource draw, String severity) {
        assertThat(Facts.severities(
                        new IdentityByDefault(),
                        Facts.serial(Given.sequence("bigint"), Facts.sequenceColumn(Given.BIGINT, draw))))
                .isEqualTo(Facts.list(severity));
    }

    @Test
    void owners() {
        var sequenceColumn = Facts.sequenceColumn(Given.BIGINT, ValueSource.Default);
        var sequence = Facts.with(Given.sequence("bigint"), Persistence.Permanent, "other");
        var elsewhere = new Ownership(new RelationName("public", "old").column("id"), false, false);

        assertThat(Facts.severities(new OwnerMismatch(), Facts.serial(Given.sequence("bigint"), sequenceColumn)))
                .isEmpty();
        assertThat(Facts.remedy(new OwnerMismatch(), Facts.owned(sequence, null, sequenceColumn)))
                .contains("ALTER SEQUENCE public.s OWNER TO owner;", "GRANT ALL ON SEQUENCE public.s TO other;");
        assertThat(Facts.severities(
                        new SequenceOwnedElsewhere(), Facts.serial(Given.sequence("bigint"), sequenceColumn)))
                .isEmpty();
        assertThat(Facts.severities(new SequenceOwnedElsewhere(), Facts.owned(Given.sequence("bigint"), elsewhere)))
                .isEmpty();
        assertThat(Facts.remedy(
                        new SequenceOwnedElsewhere(), Facts.owned(Given.sequence("bigint"), elsewhere, sequenceColumn)))
                .endsWith("\nALTER SEQUENCE public.s OWNED BY public.t.id;\n");
        assertThat(Facts.severities(
                        new SharedSequence(), Facts.serial(Given.sequence("bigint"), sequenceColumn, sequenceColumn)))
                .isEmpty();
        assertThat(new SharedSequence()
                        .examine(
                                Given.state(Facts.serial(
                                        Given.sequence("bigint"),
                                        sequenceColumn,
                                        Given.sequenceColumn("u", Given.BIGINT))),
                                CheckPolicy.DEFAULT,
                                DatabaseHistory.NONE))
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.Info))
                .extracting(Finding::message)
                .asString()
                .contains("belongs to public.t.id");
    }

    /** Else it would be serial, and a serial column that nothing keeps unique is a Warning. */
    @Test
    void ownershipIsNotGivenToAColumnWithoutAKey() {
        var sequenceColumn =
                Facts.sequenceColumn(Given.BIGINT, ValueSource.Default, Uniqueness.None, Persistence.Permanent, false);
        var elsewhere = new Ownership(new RelationName("public", "old").column("id"), false, false);

        assertThat(Facts.remedy(new SequenceUnowned(), Facts.owned(Given.sequence("bigint"), null, sequenceColumn)))
                .isNull();
        assertThat(Facts.remedy(
                        new SequenceOwnedElsewhere(), Facts.owned(Given.sequence("bigint"), elsewhere, sequenceColumn)))
                .contains("ALTER SEQUENCE public.s OWNED BY NONE;");
    }
}
