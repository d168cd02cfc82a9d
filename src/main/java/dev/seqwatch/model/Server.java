package dev.seqwatch.model;

import org.jspecify.annotations.Nullable;

/**
 * The server that answered.
 *
 * @param version as {@code server_version} prints it, e.g. {@code 18.6}
 * @param versionNumber as {@code server_version_num} does, e.g. 180006
 * @param user the role that we are
 * @param database system identifier of the cluster and oid of the database, which tell two databases of the same name apart;
 *     a standby has those of its primary. Null where the server does not tell
 */
public record Server(
        String version,
        int versionNumber,
        Role role,
        String user,
        @Nullable String database) {
    /** The newest major version whose stored expressions were compared with our patterns. */
    static final int NEWEST_TESTED = 19;

    /** Of a database that the server does not identify. */
    public Server(String version, int versionNumber, Role role, String user) {
        this(version, versionNumber, role, user, null);
    }

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
