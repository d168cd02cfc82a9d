package dev.seqwatch.report;

import dev.seqwatch.check.Severity;
import dev.seqwatch.check.UnjudgedCheck;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Headroom;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.model.WatchedSequence;
import java.util.OptionalDouble;

/**
 * What one inspection adds up to; a database that did not answer adds its stale findings alone.
 *
 * @param sequences all that exist, read or not
 * @param stale findings among the others that the inspection could not judge
 * @param ignored findings that the monitor's author lives with; they are not among the others
 * @param unreadable those whose position is not known
 * @param notChecked columns whose ids were not compared
 * @param unjudged checks that could not be judged, or only in part
 * @param highestUsedRatio from 0 to 1; empty where no sequence with an end was read
 */
public record InspectionSummary(
        int sequences,
        int critical,
        int warning,
        int info,
        int stale,
        int ignored,
        int unreadable,
        int notChecked,
        int unjudged,
        OptionalDouble highestUsedRatio) {

    public static InspectionSummary of(Inspection inspection) {
        return switch (inspection.reading()) {
            case ReadResult.Success(var state) -> of(state, inspection);
            case ReadResult.Unreachable _ -> unread(inspection);
        };
    }

    private static InspectionSummary of(DatabaseState state, Inspection inspection) {
        return new InspectionSummary(
                state.sequences().size(),
                count(inspection, Severity.Critical),
                count(inspection, Severity.Warning),
                count(inspection, Severity.Info),
                inspection.stale().size(),
                inspection.ignored().size(),
                unreadable(state),
                UncheckedColumn.of(state).size(),
                (int) inspection.unjudged().stream()
                        .map(UnjudgedCheck::check)
                        .distinct()
                        .count(),
                state.sequences().stream()
                        .flatMapToDouble(sequence -> usedRatio(sequence).stream())
                        .max());
    }

    /** From 0 to 1; empty where the position is not known or the sequence has no end. */
    public static OptionalDouble usedRatio(WatchedSequence sequence) {
        return switch (sequence.headroom()) {
            case Headroom.Finite finite -> OptionalDouble.of(finite.usedRatio());
            case Headroom.Endless _, Headroom.Unknown _ -> OptionalDouble.empty();
        };
    }

    /** Calls of nextval left; empty where the position is not known or the sequence has no end. */
    public static OptionalDouble remaining(WatchedSequence sequence) {
        return switch (sequence.headroom()) {
            case Headroom.Finite finite -> OptionalDouble.of(finite.remaining().doubleValue());
            case Headroom.Endless _, Headroom.Unknown _ -> OptionalDouble.empty();
        };
    }

    private static int unreadable(DatabaseState state) {
        return (int) state.sequences().stream()
                .filter(sequence -> sequence.position() instanceof Position.Unreadable)
                .count();
    }

    private static InspectionSummary unread(Inspection inspection) {
        return new InspectionSummary(
                0,
                count(inspection, Severity.Critical),
                count(inspection, Severity.Warning),
                count(inspection, Severity.Info),
                inspection.stale().size(),
                inspection.ignored().size(),
                0,
                0,
                0,
                OptionalDouble.empty());
    }

    private static int count(Inspection inspection, Severity severity) {
        return (int) inspection
                .reported()
                .filter(finding -> finding.severity() == severity)
                .count();
    }
}
