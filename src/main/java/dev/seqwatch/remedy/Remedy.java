package dev.seqwatch.remedy;

import java.util.function.Supplier;

/** What can be done about a finding. */
public sealed interface Remedy {
    /**
     * Makes the finding disappear, and nothing else worse.
     *
     * @param script for psql, run as the owner of the objects
     */
    record Run(LazyText script) implements Remedy {
        public static Run of(Script script) {
            return new Run(LazyText.of(script.toString()));
        }

        /** Made when it is printed. */
        public static Run of(Supplier<Script> script) {
            return new Run(new LazyText(() -> script.get().toString()));
        }
    }

    /**
     * Nothing that a script should do by itself.
     *
     * @param what the question, as a sentence for the message
     */
    record Decide(String what) implements Remedy {}
}
