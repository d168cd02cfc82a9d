package dev.seqwatch.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.model.Given;
import dev.seqwatch.model.Sequence;
import dev.seqwatch.model.ValueRange;
import dev.seqwatch.model.ValueSource;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which widths of sequence, column and reference make a finding. */
class WidthTest {
    @ParameterizedTest
    @CsvSource({
        "smallint, smallint, ",
        "smallint, integer, Warning",
        "integer, bigint, Warning",
        "integer, integer, ",
        "bigint, integer, ",
        "integer, numeric, Warning",
        "bigint, numeric, ",
        "bigint, text, ",
        "integer, text, "
    })
    void aSequenceLeftBehind(String sequence, String column, String severity) {
        var watched =
                Facts.serial(Given.sequence(sequence), Facts.sequenceColumn(Facts.type(column), ValueSource.Default));

        assertThat(Facts.severities(new SequenceNarrowerThanColumn(), watched)).isEqualTo(Facts.list(severity));
    }

    @ParameterizedTest
    @CsvSource({
        "bigint, 2147483647, ",
        "bigint, 32767, ",
        "integer, 32767, ",
        "integer, 2147483647, Warning",
        "smallint, 32767, Warning"
    })
    void only_an_end_that_nobody_chose_was_forgotten(String type, long end, String severity) {
        var plain = Given.sequence(type);
        var sequence = new Sequence(
                plain.name(),
                type,
                new ValueRange(BigInteger.ONE, BigInteger.valueOf(end)),
                plain.start(),
                plain.increment(),
                plain.cache(),
                false,
                plain.persistence(),
                plain.owner());
        var watched = Facts.serial(sequence, Facts.sequenceColumn(Given.BIGINT, ValueSource.Default));

        assertThat(Facts.severities(new SequenceNarrowerThanColumn(), watched)).isEqualTo(Facts.list(severity));
    }

    @ParameterizedTest
    @CsvSource({
        "integer, integer, ",
        "bigint, integer, Info",
        "integer, smallint, Info",
        "bigint, bigint, ",
        "bigint, numeric, ",
        "bigint, text, ",
        "bigint, domain, Info"
    })
    void aColumnThatEndsFirst(String sequence, String column, String severity) {
        var watched =
                Facts.serial(Given.sequence(sequence), Facts.sequenceColumn(Facts.type(column), ValueSource.Default));

        assertThat(Facts.severities(new ColumnNarrowerThanSequence(), watched)).isEqualTo(Facts.list(severity));
    }

    @ParameterizedTest
    @CsvSource({
        "bigint, integer, Warning",
        "bigint, bigint, ",
        "integer, smallint, Warning",
        "integer, bigint, ",
        "numeric, bigint, ",
        "numeric, integer, Warning",
        "text, integer, Warning"
    })
    void aReferenceNarrowerThanItsKey(String key, String reference, String severity) {
        var watched = Given.watched(
                Given.sequence("bigint"),
                Facts.at(1),
                List.of(Facts.sequenceColumn(Facts.type(key), ValueSource.Default)),
                List.of(Facts.reference("r", Facts.type(reference), "t", Facts.type(key))));

        assertThat(Facts.severities(new ReferenceNarrowerThanKey(), watched)).isEqualTo(Facts.list(severity));
    }

    @Test
    void aReferenceIsWidenedWithAllBehindIt() {
        var watched = Given.watched(
                Given.sequence("bigint"),
                Facts.at(1),
                List.of(Facts.sequenceColumn(Given.BIGINT, ValueSource.Default)),
                List.of(
                        Facts.reference("a", Given.INTEGER, "t", Given.BIGINT),
                        Facts.reference("other", Given.INTEGER, "t", Given.BIGINT),
                        Facts.reference("b", Given.INTEGER, "a", Given.INTEGER)));
        var findings = new ReferenceNarrowerThanKey()
                .examine(Given.state(watched), CheckPolicy.DEFAULT, DatabaseHistory.NONE)
                .toList();

        assertThat(findings).hasSize(2);
        assertThat(Objects.requireNonNull(findings.getFirst().remedy())
                        .lines()
                        .filter(line -> line.startsWith("ALTER")))
                .containsExactly(
                        "ALTER TABLE public.b ALTER COLUMN id TYPE bigint;",
                        "ALTER TABLE public.a ALTER COLUMN id TYPE bigint;");
    }

    @ParameterizedTest
    @CsvSource({"smallint, Info", "integer, Info", "bigint, ", "numeric, ", "text, ", "domain, Info"})
    void aKeyThatIsNotBigint(String column, String severity) {
        var watched =
                Facts.serial(Given.sequence("bigint"), Facts.sequenceColumn(Facts.type(column), ValueSource.Default));

        assertThat(Facts.severities(new KeyNotBigint(), watched)).isEqualTo(Facts.list(severity));
    }
}
