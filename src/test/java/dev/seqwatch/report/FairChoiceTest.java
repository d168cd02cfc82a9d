package dev.seqwatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.check.Finding;
import dev.seqwatch.check.Severity;
import dev.seqwatch.check.Subject;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FairChoiceTest {
    /** A finding is written as its severity, its check and its number: {@code CA1}. */
    @ParameterizedTest
    @CsvSource({
        "4, CA1 CA2 WB1, CA1 CA2 WB1",
        "2, CA1 CA2 WB1, CA1 CA2",
        "1, CA1 CA2 WB1, CA1",
        "0, CA1 CA2 WB1, ''",
        "3, CA1 CA2 CA3 CB1, CA1 CA2 CB1",
        "4, CA1 CA2 CA3 CB1 CB2 CC1, CA1 CA2 CB1 CC1",
        "5, CA1 CA2 CA3 CB1 CC1 CC2 CC3, CA1 CA2 CB1 CC1 CC2",
        "3, CA1 WA1 WA2 WA3 WB1, CA1 WA1 WB1",
        "3, CA1 CB1 CA2 CA3 CB2, CA1 CB1 CA2"
    })
    void of(int room, String worstFirst, String chosen) {
        assertThat(FairChoice.of(findings(worstFirst), room, Finding::severity, Finding::check).stream()
                        .map(finding -> finding.severity().name().charAt(0) + finding.check() + finding.message()))
                .isEqualTo(chosen.isEmpty() ? List.of() : List.of(chosen.split(" ")));
    }

    private static List<Finding> findings(String texts) {
        return Arrays.stream(texts.split(" "))
                .map(text -> new Finding(
                        text.substring(1, 2),
                        text.startsWith("C") ? Severity.Critical : Severity.Warning,
                        Subject.ofRole("r"),
                        text.substring(2),
                        (String) null))
                .toList();
    }
}
