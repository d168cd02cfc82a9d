package dev.seqwatch.model;

/**
 * The server that answered.
 *
 * @param version as {@code server_version} prints it, e.g. {@code 18.6}
 * @param versionNumber as {@code server_version_num} does, e.g. 180006
 * @param user the role that we are
 */
public record Server(String version, int versionNumber, Role role, String user) {
    public enum Role {
        Primary,
        Standby
    }
}
