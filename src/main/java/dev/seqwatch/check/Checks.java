package dev.seqwatch.check;

import dev.seqwatch.sequence.Snapshot;
import java.util.List;

/** All checks there are, and the one way to run them. */
public final class Checks {
    public static final List<Check> ALL = List.of(
            new SequenceExhaustion(),
            new ExhaustionForecast(),
            new ColumnNarrowerThanSequence(),
            new SequenceNarrowerThanColumn(),
            new ReferenceNarrowerThanKey(),
            new CyclingKey(),
            new SequenceBehind(),
            new UnloggedSequence(),
            new SequenceUnowned(),
            new SequenceOwnedElsewhere(),
            new OwnerMismatch(),
            new SharedSequence(),
            new LateBoundDefault(),
            new OrphanSequence(),
            new InsertWithoutUsage(),
            new DefaultPrivilegesGap(),
            new MonitorBlind(),
            new KeyNotUnique(),
            new KeyNotBigint(),
            new SerialInsteadOfIdentity(),
            new IdentityByDefault(),
            new IdBurn());

    private Checks() {}

    /** Findings worst first. */
    public static List<Finding> run(Snapshot snapshot, Policy policy, History history) {
        return ALL.stream()
                .filter(check -> !policy.off().contains(check.name()))
                .flatMap(check -> check.examine(snapshot, policy, history))
                .map(finding ->
                        finding.withSeverity(policy.severities().getOrDefault(finding.check(), finding.severity())))
                .sorted(Finding.WORST_FIRST)
                .toList();
    }
}
