package dev.seqwatch.compare;

import dev.seqwatch.model.RelationName;

/**
 * A difference between two databases that bears on a cutover.
 *
 * @param sequence of the source
 * @param message one sentence or more for a person
 */
public record Difference(Kind kind, Effect effect, RelationName sequence, String message) {
    /** The object or property that differs; the names are part of the output. */
    public enum Kind {
        SequenceMissing,
        DefaultMissing,
        DefinitionDiffers,
        TypeDiffers,
        PositionBehind,
        PositionUnknown,
        StoredIdsAhead
    }

    /** What a difference means for the cutover, the worst first. */
    public enum Effect {
        /** Inserts would fail, or ids would be given twice. */
        No,
        /** The facts do not suffice for a decision. */
        Unknown,
        /** Inserts work; somebody should know. */
        Note
    }
}
