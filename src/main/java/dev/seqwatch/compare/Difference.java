package dev.seqwatch.compare;

import org.jspecify.annotations.Nullable;

/**
 * A fact about two databases that bears on a cutover.
 *
 * @param subject the object of the source that it is about: a table, a sequence, a role, a subscription
 * @param message one sentence or more for a person
 * @param remedy statements for the target, each ended by a semicolon; null where no script can decide it
 */
public record Difference(
        Kind kind,
        Effect effect,
        String subject,
        String message,
        @Nullable String remedy) {
    /** Without a remedy. */
    Difference(Kind kind, Effect effect, String subject, String message) {
        this(kind, effect, subject, message, null);
    }

    /** What differs or is missing; the names are part of the output. */
    public enum Kind {
        SameDatabase,
        StandbyServer,
        NotVisible,
        SubscriptionMissing,
        SubscriptionDisabled,
        SubscriptionStopped,
        SlotLost,
        PublicationMissing,
        PublicationPartial,
        TableNotPublished,
        TableNotSubscribed,
        TableNotReady,
        SequenceNotReady,
        SequencesNotPublished,
        ReplicationLag,
        RowsMissing,
        SourceWritable,
        TargetReadOnly,
        SettingDiffers,
        RoleMissing,
        PrivilegeMissing,
        TableMissing,
        PartitionMissing,
        OwnerDiffers,
        SequenceMissing,
        DefaultMissing,
        KeyMissing,
        OwnedByDiffers,
        DefinitionDiffers,
        TypeDiffers,
        LimitTighter,
        PositionBehind,
        PositionUnknown,
        StoredIdsAhead,
        StoredIdsUnknown,
        IdsOverlap,
        OnlyAtTarget
    }

    /** What it means for the cutover, the worst first. */
    public enum Effect {
        /** Inserts would fail, rows would be lost, or ids would be given twice. */
        No,
        /** The facts do not suffice for a decision. */
        Unknown,
        /** It passes by itself, or with the end of the writes. */
        NotYet,
        /** Inserts work; somebody should know. */
        Note
    }
}
