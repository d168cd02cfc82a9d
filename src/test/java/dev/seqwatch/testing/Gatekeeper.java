package dev.seqwatch.testing;

import java.sql.SQLException;

/** Makes a server of a test's own ask for passwords and for TLS, through SQL alone, so that containers are served too. */
public record Gatekeeper(PostgresServer server) {
    /** From now on this role has to prove itself. */
    public void askForPassword(String role) throws SQLException {
        write("host all \"" + role + "\" all scram-sha-256\n", "cat - pg_hba.conf > new && mv new pg_hba.conf");
        execute("SELECT pg_reload_conf()");
    }

    /** From now on the socket lets in any user of the system as this role, and nobody as another. */
    public void askForPeer(String role, String map) throws SQLException {
        write(map + " /^.*$ " + role + "\n", "cat >> pg_ident.conf");
        write("local all all peer map=" + map + "\n", "cat - pg_hba.conf > new && mv new pg_hba.conf");
        execute("SELECT pg_reload_conf()");
    }

    /** From now on nobody may connect to this database over the network, as it is with what a provider keeps for itself. */
    public void refuse(String database) throws SQLException {
        write("host \"" + database + "\" all all reject\n", "cat - pg_hba.conf > new && mv new pg_hba.conf");
        execute("SELECT pg_reload_conf()");
    }

    /** From now on there is TLS for those who want it. */
    public void offerTls(Certificate certificate) throws SQLException {
        write(certificate.pem(), "cat > server.crt");
        write(certificate.key(), "umask 077 && cat > server.key");
        execute("ALTER SYSTEM SET ssl = on");
        execute("SELECT pg_reload_conf()");
    }

    /** COPY runs its program in the data folder. */
    private void write(String text, String program) throws SQLException {
        var lines = text.lines().map(line -> "'" + line + "'").toList();
        execute("COPY (SELECT pg_catalog.unnest(ARRAY[" + String.join(",", lines) + "])) TO PROGRAM '" + program + "'");
    }

    private void execute(String sql) throws SQLException {
        try (var connection = server.connect("postgres", server.superuser());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
