package dev.seqwatch.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** A check whose severity differs from its default. */
public record CheckSetting(
        @Required @JsonPropertyDescription("The check, as docs/checks.md names it.")
        CheckName name,

        @Required
        @JsonPropertyDescription(
                "Severity of all its findings; \"Off\" does not run it. Quote \"Off\": YAML reads a bare Off as false.")
        CheckSeverity severity) {

    /** All checks there are; a test holds them equal to {@code check.Checks.ALL}. */
    public enum CheckName {
        SequenceExhaustion,
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
        IdBurn
    }

    /** A severity, or that the check is not run. */
    public enum CheckSeverity {
        Critical,
        Warning,
        Info,
        Off
    }
}
