package dev.seqwatch.model;

import java.time.Duration;
import java.time.Instant;

/** The outcome of one look at one database. That it does not answer is an outcome too, not an exception. */
public sealed interface ReadResult {
    record Success(DatabaseState state) implements ReadResult {}

    /**
     * No answer, or one that ended the reading.
     *
     * @param message one line for a person: what failed, and what to do; never holds a password
     */
    record Unreachable(Reason reason, String message, Instant at, Duration took) implements ReadResult {
        /** The message with the mark that ends a sentence. */
        public String sentence() {
            return message.matches("(?s).*[.?!…]") ? message : message + ".";
        }
    }

    /** CamelCase, as it stands in a condition. */
    enum Reason {
        ConnectionFailed,
        AuthenticationFailed,
        NoSuchDatabase,
        PermissionDenied,
        TlsFailed,
        TooManyConnections,
        TimedOut,
        ServerUnavailable,
        ReadFailed,
        /** The memory of this process does not hold them, alone or beside those of other databases. */
        TooManySequences
    }
}
