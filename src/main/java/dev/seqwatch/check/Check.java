package dev.seqwatch.check;

import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Fact;
import java.util.Set;
import java.util.stream.Stream;

/** One rule. It answers for every position, the unreadable ones included. */
public sealed interface Check
        permits SequenceExhaustion,
                ExhaustionForecast,
                ColumnNearLimit,
                PartitionsNearEnd,
                ColumnNarrowerThanSequence,
                SequenceNarrowerThanColumn,
                ReferenceNarrowerThanKey,
                CyclingKey,
                SequenceBehind,
                UnloggedSequence,
                SequenceUnowned,
                SequenceOwnedElsewhere,
                OwnerMismatch,
                SharedSequence,
                DefaultBySearchPath,
                OrphanSequence,
                InsertWithoutUsage,
                DefaultPrivilegesGap,
                InsufficientPrivileges,
                KeyNotUnique,
                KeyNotBigint,
                SerialInsteadOfIdentity,
                IdentityByDefault,
                IdBurn {
    /** As it stands in the resource, in metrics and in docs/checks.md. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** Facts without which the check may miss a finding; those that it makes stay true. */
    default Set<Fact> needs() {
        return Set.of();
    }

    /** Findings with the check's own severity; the policy's overrides are applied by {@link Checks}. */
    Stream<Finding> examine(DatabaseState state, CheckPolicy policy, DatabaseHistory history);

    default Finding finding(Severity severity, Subject subject, String message, String remedy) {
        return new Finding(name(), severity, subject, message, remedy);
    }

    /** A finding that only a person can decide on. */
    default Finding finding(Severity severity, Subject subject, String message) {
        return new Finding(name(), severity, subject, message, null);
    }
}
