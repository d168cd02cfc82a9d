package dev.seqwatch.inspection;

import dev.seqwatch.catalog.Reading;
import dev.seqwatch.check.Checks;
import dev.seqwatch.check.Finding;
import dev.seqwatch.check.History;
import dev.seqwatch.check.Policy;
import java.util.ArrayList;
import java.util.List;

/**
 * One reading of one database, and the findings made from it; every output renders this value.
 *
 * @param findings worst first, without those that are ignored
 * @param ignored worst first
 * @param history where its sequences stood up to and with this reading
 */
public record Inspection(
        String database, Reading reading, List<Finding> findings, List<Ignored> ignored, History history) {
    public Inspection {
        findings = List.copyOf(findings);
        ignored = List.copyOf(ignored);
    }

    /**
     * Judges a reading.
     *
     * @param ignores those that have not expired at the instant of the reading take their findings out; the first that
     *     matches gives the reason
     * @param before where the sequences stood in earlier readings
     */
    public static Inspection of(String database, Reading reading, Policy policy, List<Ignore> ignores, History before) {
        return switch (reading) {
            case Reading.Read(var snapshot) -> {
                var inForce = ignores.stream()
                        .filter(ignore -> !ignore.expired(snapshot.takenAt()))
                        .toList();
                var findings = new ArrayList<Finding>();
                var ignored = new ArrayList<Ignored>();
                for (var finding : Checks.run(snapshot, policy, before)) {
                    inForce.stream()
                            .filter(ignore -> ignore.matches(database, finding))
                            .findFirst()
                            .ifPresentOrElse(
                                    ignore -> ignored.add(new Ignored(finding, ignore.reason(), ignore.until())),
                                    () -> findings.add(finding));
                }
                yield new Inspection(database, reading, findings, ignored, before.with(snapshot));
            }
            case Reading.Unreachable _ -> new Inspection(database, reading, List.of(), List.of(), before);
        };
    }
}
