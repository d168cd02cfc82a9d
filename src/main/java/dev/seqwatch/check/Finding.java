package dev.seqwatch.check;

import dev.seqwatch.model.StoredIds;
import dev.seqwatch.remedy.LazyText;
import dev.seqwatch.remedy.Remedy;
import java.time.Duration;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong, or worth knowing.
 *
 * @param check name of the check that found it
 * @param message what breaks, when and why, in one sentence or two
 * @param lazyRemedy a psql script that makes the finding disappear, run as the owner of the objects; null where only a
 *     person can decide, and then the message says what
 * @param collision the stored ids that a SequenceBehind tells of; null for every other check, and where a restart of the
 *     operator lost them
 * @param remaining the part of the way to the failure that is left, from 0 where inserts fail now to {@link #FAR} where
 *     nothing is known to come nearer
 */
public record Finding(
        String check,
        Severity severity,
        Subject subject,
        String message,
        @Nullable LazyText lazyRemedy,
        StoredIds.@Nullable Collision collision,
        double remaining) {
    public static final double FAR = 1;

    /** Worst first, then what breaks first, then by check and subject, so that equal inspections list equally. */
    public static final Comparator<Finding> WORST_FIRST = Comparator.comparing(Finding::severity)
            .thenComparingDouble(Finding::remaining)
            .thenComparing(Finding::check)
            .thenComparing(finding -> finding.subject().toString());

    public Finding(String check, Severity severity, Subject subject, String message, @Nullable String remedy) {
        this(check, severity, subject, message, remedy == null ? null : LazyText.of(remedy), null);
    }

    /** Of what is not known to come nearer. */
    public Finding(
            String check,
            Severity severity,
            Subject subject,
            String message,
            @Nullable LazyText lazyRemedy,
            StoredIds.@Nullable Collision collision) {
        this(check, severity, subject, message, lazyRemedy, collision, FAR);
    }

    static Finding of(Check check, Severity severity, Subject subject, String message, Remedy remedy) {
        return switch (remedy) {
            case Remedy.Run(var script) -> new Finding(check.name(), severity, subject, message, script, null);
            case Remedy.Decide(var what) ->
                new Finding(check.name(), severity, subject, message + " " + what, null, null);
        };
    }

    /** The script, made anew at each call; null where only a person can decide. */
    public @Nullable String remedy() {
        return lazyRemedy == null ? null : lazyRemedy.get();
    }

    Finding withNote(String note) {
        return new Finding(check, severity, subject, message + note, lazyRemedy, collision, remaining);
    }

    Finding withSeverity(Severity other) {
        return new Finding(check, other, subject, message, lazyRemedy, collision, remaining);
    }

    public Finding withoutRemedy() {
        return new Finding(check, severity, subject, message, null, collision, remaining);
    }

    /** With its remedy as a text, which holds nothing else of the inspection in memory. */
    public Finding withRemedyWritten() {
        var remedy = remedy();
        return remedy == null
                ? this
                : new Finding(check, severity, subject, message, LazyText.of(remedy), collision, remaining);
    }

    Finding withCollision(StoredIds.Collision seen) {
        return new Finding(check, severity, subject, message, lazyRemedy, seen, remaining);
    }

    /** The same with another part of the way to the failure. */
    public Finding withRemaining(double part) {
        return new Finding(check, severity, subject, message, lazyRemedy, collision, Math.clamp(part, 0, FAR));
    }

    /** The same with a time until the failure; a year counts as far. */
    Finding withRemaining(Duration time) {
        return withRemaining((double) time.toSeconds() / Duration.ofDays(365).toSeconds());
    }
}
