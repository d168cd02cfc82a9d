package dev.seqwatch.report.text;

import static dev.seqwatch.report.Given.finding;
import static dev.seqwatch.report.Given.read;
import static dev.seqwatch.report.Given.sequence;
import static dev.seqwatch.report.Given.unjudged;
import static dev.seqwatch.report.Given.unreachable;
import static dev.seqwatch.report.Given.unreadable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.seqwatch.check.Severity;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.model.UnreadableReason;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VerdictTest {
    static Stream<Arguments> cases() {
        var healthy = read("a", List.of(sequence("s", 1)));
        var info = read("a", List.of(sequence("s", 1)), finding(Severity.Info, "X", "s"));
        var warning = read("b", List.of(sequence("s", 1)), finding(Severity.Warning, "X", "s"));
        var critical = read("c", List.of(sequence("s", 1)), finding(Severity.Critical, "X", "s"));
        var unread = List.of(unreadable("s", UnreadableReason.Locked));
        return Stream.of(
                arguments(List.of(healthy), 0),
                arguments(List.of(read("empty", List.of())), 0),
                arguments(List.of(info), 0),
                arguments(List.of(healthy, warning), 1),
                arguments(List.of(critical, warning), 2),
                arguments(List.of(unreachable("d")), 3),
                arguments(List.of(healthy, unreachable("d")), 3),
                arguments(List.of(critical, unreachable("d")), 3),
                arguments(List.of(), 3),
                arguments(List.of(read("a", unread)), 3),
                arguments(List.of(unjudged(healthy)), 3),
                arguments(List.of(unjudged(warning)), 1),
                arguments(List.of(read("a", unread, finding(Severity.Warning, "InsufficientPrivileges", "s"))), 1));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void exit_code(List<Inspection> inspections, int exitCode) {
        assertThat(Verdict.of(inspections).exitCode()).isEqualTo(exitCode);
    }
}
