package dev.seqwatch.check;

/** What can be done about a finding. */
sealed interface Remedy {
    /**
     * Makes the finding disappear, and nothing else worse.
     *
     * @param script for psql, run as the owner of the objects
     */
    record Run(String script) implements Remedy {
        static Run of(Script script) {
            return new Run(script.toString());
        }
    }

    /**
     * Nothing that a script should do by itself.
     *
     * @param what the question, as a sentence for the message
     */
    record Decide(String what) implements Remedy {}

    default Finding finding(Check check, Severity severity, Subject subject, String message) {
        return switch (this) {
            case Run(var script) -> new Finding(check.name(), severity, subject, message, script);
            case Decide(var what) -> new Finding(check.name(), severity, subject, message + " " + what, null);
        };
    }
}
