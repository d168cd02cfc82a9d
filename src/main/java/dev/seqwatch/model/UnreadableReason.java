package dev.seqwatch.model;

/** Why a position could not be read. */
public enum UnreadableReason {
    /** Neither SELECT nor USAGE on the sequence, or no USAGE on its schema. */
    NoPrivilege("no privilege to read it"),
    /** Only USAGE: {@code pg_sequence_last_value} answers NULL, and that has several meanings. */
    NeverCalledOrUnknown("with USAGE alone PostgreSQL does not tell a sequence never called from one without a value"),
    /** Another session holds a lock on it for longer than our lock timeout. */
    Locked("locked by another session"),
    TimedOut("the statement timed out"),
    /** An unlogged sequence on a standby has no contents. */
    NotOnStandby("an unlogged sequence cannot be read on a standby"),
    /** The server refused for a reason of its own, e.g. a damaged file. */
    ServerError("the server refused to read it");

    private final String explanation;

    UnreadableReason(String explanation) {
        this.explanation = explanation;
    }

    public String explanation() {
        return explanation;
    }
}
