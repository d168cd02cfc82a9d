package dev.seqwatch.inspection;

import dev.seqwatch.catalog.Reading;
import dev.seqwatch.check.Checks;
import dev.seqwatch.check.Finding;
import dev.seqwatch.check.Policy;
import java.util.List;

/** One reading of one database, and the findings made from it; every output renders this value. */
public record Inspection(String database, Reading reading, List<Finding> findings) {
    public Inspection {
        findings = List.copyOf(findings);
    }

    public static Inspection of(String database, Reading reading, Policy policy) {
        return switch (reading) {
            case Reading.Read(var snapshot) -> new Inspection(database, reading, Checks.run(snapshot, policy));
            case Reading.Unreachable _ -> new Inspection(database, reading, List.of());
        };
    }
}
