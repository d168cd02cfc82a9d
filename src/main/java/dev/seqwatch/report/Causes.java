package dev.seqwatch.report;

import java.util.Objects;

/** What is at the bottom of a failure. */
public final class Causes {
    private Causes() {}

    public static Throwable root(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Some failures of the network have no message. */
    public static String words(Throwable cause) {
        return Objects.requireNonNullElseGet(cause.getMessage(), cause::toString);
    }
}
