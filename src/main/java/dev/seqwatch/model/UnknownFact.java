package dev.seqwatch.model;

/**
 * A fact that an inspection does not know, or knows in part. What is known of it stays true; what is missing proves nothing.
 *
 * @param detail what the server said; empty where the reason says all
 */
public record UnknownFact(Fact fact, Reason reason, String detail) {
    /** Why a fact is not known. */
    public enum Reason {
        /** 57014. */
        TimedOut("the statement timed out"),
        /** 42501. */
        NoPrivilege("the server refuses it to this role"),
        /** 55P03. */
        Locked("another session holds a lock"),
        /** 53200: max_locks_per_transaction or memory. */
        OutOfMemory("the server ran out of memory or of room for locks"),
        OutOfTime("the time for the inspection was used up"),
        NewServer("this version of PostgreSQL is newer than those that Seqwatch was tested with"),
        ServerError("the server failed to answer");

        private final String explanation;

        Reason(String explanation) {
            this.explanation = explanation;
        }

        public String explanation() {
            return explanation;
        }
    }

    /** The reason, with what the server said. */
    public String explanation() {
        return detail.isEmpty() ? reason.explanation() : reason.explanation() + ": " + detail;
    }
}
