package dev.seqwatch.config;

/** A monitor that cannot be inspected as it stands, for a reason that its author can mend. */
public final class InvalidMonitorException extends Exception {
    private final Reason reason;

    /** @param message one line for a person: what is wrong, and what to do; never holds a password */
    public InvalidMonitorException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /** CamelCase, as it stands in the condition Ready. */
    public enum Reason {
        /** The fields of the spec, or the spec and the Secret, do not go together. */
        InvalidSpec,
        /** The Secret that the spec names does not exist. */
        SecretNotFound,
        /** The operator may not read Secrets in the monitor's namespace. */
        SecretForbidden,
        /** The Secret lacks a key, or a value cannot be understood. */
        SecretIncomplete,
        /** This operator does not connect to that host: {@code SEQWATCH_ALLOWED_HOSTS}. */
        HostNotAllowed
    }
}
