package dev.seqwatch.inspection;

import dev.seqwatch.catalog.ReadResult;
import dev.seqwatch.check.CheckPolicy;
import dev.seqwatch.check.Checks;
import dev.seqwatch.check.DatabaseHistory;
import dev.seqwatch.check.Finding;
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
        String database, ReadResult reading, List<Finding> findings, List<Ignored> ignored, DatabaseHistory history) {
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
    public static Inspection of(
            String database, ReadResult reading, CheckPolicy policy, List<Ignore> ignores, DatabaseHistory before) {
        return switch (reading) {
            case ReadResult.Success(var state) -> {
                var inForce = ignores.stream()
                        .filter(ignore -> !ignore.expired(state.takenAt()))
                        .toList();
                var findings = new ArrayList<Finding>();
                var ignored = new ArrayList<Ignored>();
                for (var finding : Checks.run(state, policy, before)) {
                    inForce.stream()
                            .filter(ignore -> ignore.matches(database, finding))
                            .findFirst()
                            .ifPresentOrElse(
                                    ignore -> ignored.add(new Ignored(finding, ignore.reason(), ignore.until())),
                                    () -> findings.add(finding));
                }
                yield new Inspection(database, reading, findings, ignored, before.with(state));
            }
            case ReadResult.Unreachable _ -> new Inspection(database, reading, List.of(), List.of(), before);
        };
    }
}
