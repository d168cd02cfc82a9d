package dev.seqwatch.scenario;

import dev.seqwatch.check.Finding;
import dev.seqwatch.check.Severity;
import dev.seqwatch.testing.Database;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes findings down as a case names them. */
record FindingPrinter(String check, Database database) {
    /** Checks whose Warnings and Criticals each case must name in full, whatever check it is about. */
    private static final Set<String> CORE = Set.of(
            "SequenceExhaustion", "SequenceBehind", "ColumnNearLimit", "InsertWithoutUsage", "InsufficientPrivileges");

    /** Findings of the case that it must name: those of the check under proof, and what is bad in the others' eyes. */
    Stream<Finding> found(Scenario scenario, List<Finding> all) {
        return all.stream()
                .filter(finding -> scenario.schema.equals(finding.subject().schema()))
                .filter(finding -> finding.check().equals(check) || (CORE.contains(finding.check()) && bad(finding)));
    }

    List<String> lines(Scenario scenario, List<Finding> all) {
        return found(scenario, all)
                .map(finding -> line(scenario, finding))
                .sorted()
                .toList();
    }

    String line(Scenario scenario, Finding finding) {
        return "%s %s %s"
                .formatted(finding.severity(), finding.check(), finding.subject())
                .replace(scenario.schema + ".", "")
                .replace(database.name() + "_", "@");
    }

    String print(Scenario scenario, List<Finding> before, List<Finding> after) {
        return scenario.schema + " on " + database.server() + "\nbefore: " + text(scenario, before) + "\nafter: "
                + text(scenario, after);
    }

    private String text(Scenario scenario, List<Finding> all) {
        return found(scenario, all)
                .map(finding ->
                        "\n  " + line(scenario, finding) + "\n    " + finding.message() + "\n" + finding.remedy())
                .collect(Collectors.joining());
    }

    static boolean bad(Finding finding) {
        return finding.severity() != Severity.Info;
    }

    static String key(Finding finding) {
        return key(finding.severity(), finding);
    }

    static String key(Severity severity, Finding finding) {
        return severity + " " + finding.check() + " " + finding.subject();
    }
}
