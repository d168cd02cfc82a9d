package dev.seqwatch.report.text;

import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.report.InspectionSummary;
import java.util.List;

/** What the inspections say as a whole, and the exit code that tells it to a script. */
public enum Verdict {
    Healthy(0),
    Warning(1),
    Critical(2),
    /** A database did not answer, or a position is not known or a check could not be judged and no finding says so; also where there was no database. */
    CouldNotLook(3);

    private final int exitCode;

    Verdict(int exitCode) {
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }

    /** One database that could not be read outweighs everything: the others' findings are only part of the truth. */
    public static Verdict of(List<Inspection> inspections) {
        if (inspections.isEmpty()
                || inspections.stream()
                        .anyMatch(inspection -> inspection.reading() instanceof ReadResult.Unreachable)) {
            return CouldNotLook;
        }
        var tallies = inspections.stream().map(InspectionSummary::of).toList();
        if (tallies.stream().anyMatch(tally -> tally.critical() > 0)) {
            return Critical;
        }
        if (tallies.stream().anyMatch(tally -> tally.warning() > 0)) {
            return Warning;
        }
        return tallies.stream().anyMatch(tally -> tally.unreadable() + tally.unjudged() > 0) ? CouldNotLook : Healthy;
    }
}
