package dev.seqwatch.check;

import dev.seqwatch.model.DatabaseState;
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
            new DefaultBySearchPath(),
            new OrphanSequence(),
            new InsertWithoutUsage(),
            new DefaultPrivilegesGap(),
            new InsufficientPrivileges(),
            new KeyNotUnique(),
            new KeyNotBigint(),
            new SerialInsteadOfIdentity(),
            new IdentityByDefault(),
            new IdBurn());

    private Checks() {}

    /** Findings worst first. */
    public static List<Finding> run(DatabaseState state, CheckPolicy policy, DatabaseHistory history) {
        return ALL.stream()
                .filter(check -> !policy.off().contains(check.name()))
                .flatMap(check -> check.examine(state, policy, history))
                .map(finding ->
                        finding.withSeverity(policy.severities().getOrDefault(finding.check(), finding.severity())))
                .sorted(Finding.WORST_FIRST)
                .toList();
    }
}
