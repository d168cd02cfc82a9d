package dev.seqwatch.cli;

/** What the user gave cannot be used as it stands. */
public final class UsageException extends Exception {
    /** One line for a person: what is wrong, and what to do; never holds a password. */
    public UsageException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
