package dev.seqwatch.model;

/**
 * The server that answered.
 *
 * @param version as {@code server_version} prints it, e.g. {@code 18.6}
 * @param versionNumber as {@code server_version_num} does, e.g. 180006
 * @param user the role that we are
 */
public record Server(String version, int versionNumber, Role role, String user) {
    /** The newest major version whose stored expressions were compared with our patterns. */
    static final int NEWEST_TESTED = 19;

    /** Whether {@code pg_get_sequence_data} reads a position by oid, which asks for SELECT on the sequence alone. */
    public boolean readsPositionsByOid() {
        return versionNumber >= 18_00_00;
    }

    /**
     * Whether stored expressions ({@code pg_node_tree}) have the form that our patterns were tested on. The manual promises
     * nothing about that form.
     */
    public boolean hasKnownNodeTrees() {
        return versionNumber / 10_000 <= NEWEST_TESTED;
    }

    public enum Role {
        Primary,
        Standby
    }
}
