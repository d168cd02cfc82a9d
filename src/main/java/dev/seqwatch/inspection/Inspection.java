package dev.seqwatch.inspection;

import dev.seqwatch.catalog.Reading;
import dev.seqwatch.check.Checks;
import dev.seqwatch.check.Finding;
import dev.seqwatch.check.History;
import dev.seqwatch.check.Policy;
import java.util.List;

/**
 * One reading of one database, and the findings made from it; every output renders this value.
 *
 * @param history where its sequences stood up to and with this reading
 */
public record Inspection(String database, Reading reading, List<Finding> findings, History history) {
    public Inspection {
        findings = List.copyOf(findings);
    }

    /**
     * Judges a reading.
     *
     * @param before where the sequences stood in earlier readings
     */
    public static Inspection of(String database, Reading reading, Policy policy, History before) {
        return switch (reading) {
            case Reading.Read(var snapshot) ->
                new Inspection(database, reading, Checks.run(snapshot, policy, before), before.with(snapshot));
            case Reading.Unreachable _ -> new Inspection(database, reading, List.of(), before);
        };
    }
}
