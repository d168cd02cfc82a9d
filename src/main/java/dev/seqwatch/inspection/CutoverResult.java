package dev.seqwatch.inspection;

import dev.seqwatch.compare.Comparison;
import dev.seqwatch.compare.CutoverVerdict;
import dev.seqwatch.model.ReadResult;

/** What one round of a comparison came to. */
public sealed interface CutoverResult {
    /** Both were read. */
    record Compared(Comparison comparison) implements CutoverResult {}

    /**
     * One of the databases did not answer.
     *
     * @param ofSource whether that is the source; else the target
     */
    record NotRead(boolean ofSource, ReadResult.Unreachable reason) implements CutoverResult {
        /** For a person. */
        public String sentence() {
            return "The " + (ofSource ? "source" : "target") + " could not be read: " + reason.sentence();
        }
    }

    /** Whether applications may move. */
    default CutoverVerdict verdict() {
        return switch (this) {
            case Compared(var comparison) -> comparison.verdict();
            case NotRead _ -> CutoverVerdict.CouldNotLook;
        };
    }
}
