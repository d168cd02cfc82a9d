package dev.seqwatch.compare;

import dev.seqwatch.compare.Difference.Effect;
import java.util.Collection;

/** Whether applications may move to the target now, and the exit code that tells it to a script. */
public enum CutoverVerdict {
    Go("go", 0),
    NotYet("not yet", 1),
    No("no", 2),
    CouldNotLook("could not look", 3);

    private final String words;
    private final int exitCode;

    CutoverVerdict(String words, int exitCode) {
        this.words = words;
        this.exitCode = exitCode;
    }

    /** As a person says it. */
    public String words() {
        return words;
    }

    public int exitCode() {
        return exitCode;
    }

    /** What is known to be wrong outweighs what is not known, and that outweighs what passes by itself. */
    static CutoverVerdict of(Collection<Difference> differences) {
        return differences.stream()
                .map(Difference::effect)
                .min(Effect::compareTo)
                .map(effect -> switch (effect) {
                    case No -> No;
                    case Unknown -> CouldNotLook;
                    case NotYet -> NotYet;
                    case Note -> Go;
                })
                .orElse(Go);
    }
}
