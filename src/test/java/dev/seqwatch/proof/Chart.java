package dev.seqwatch.proof;

import dev.seqwatch.check.Finding;
import dev.seqwatch.check.Severity;
import dev.seqwatch.testing.Database;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes findings down as a case names them. */
record Chart(String check, Database database) {
    /** Checks whose Warnings and Criticals each case must name in full, whatever check it is about. */
    private static final Set<String> CORE =
            Set.of("SequenceExhaustion", "SequenceBehind", "InsertWithoutUsage", "MonitorBlind");

    /** Findings of the case that it must name: those of the check under proof, and what is bad in the others' eyes. */
    Stream<Finding> found(Case patient, List<Finding> all) {
        return all.stream()
                .filter(finding -> patient.schema.equals(finding.subject().schema()))
                .filter(finding -> finding.check().equals(check) || (CORE.contains(finding.check()) && bad(finding)));
    }

    List<String> lines(Case patient, List<Finding> all) {
        return found(patient, all)
                .map(finding -> line(patient, finding))
                .sorted()
                .toList();
    }

    String line(Case patient, Finding finding) {
        return "%s %s %s"
                .formatted(finding.severity(), finding.check(), finding.subject())
                .replace(patient.schema + ".", "")
                .replace(database.name() + "_", "@");
    }

    String print(Case patient, List<Finding> before, List<Finding> after) {
        return patient.schema + " on " + database.server() + "\nbefore: " + text(patient, before) + "\nafter: "
                + text(patient, after);
    }

    private String text(Case patient, List<Finding> all) {
        return found(patient, all)
                .map(finding ->
                        "\n  " + line(patient, finding) + "\n    " + finding.message() + "\n" + finding.remedy())
                .collect(Collectors.joining());
    }

    static boolean bad(Finding finding) {
        return finding.severity() != Severity.Info;
    }

    static String key(Finding finding) {
        return finding.severity() + " " + finding.check() + " " + finding.subject();
    }
}
