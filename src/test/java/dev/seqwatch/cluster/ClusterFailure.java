package dev.seqwatch.cluster;

/** The cluster can't do what was asked; the message is one that a person can act on. */
public final class ClusterFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ClusterFailure(String message) {
        super(message);
    }

    ClusterFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
