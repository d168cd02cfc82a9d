package dev.seqwatch.postgres.connection;

import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;
import org.postgresql.plugin.AuthenticationPlugin;
import org.postgresql.plugin.AuthenticationRequestType;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * Hands the driver the password that was given, and fails with a type of its own where none was: the driver says that in
 * words of its language alone. The driver makes it by name.
 */
public final class GivenPassword implements AuthenticationPlugin {
    private final @Nullable String password;

    public GivenPassword(Properties properties) {
        password = PGProperty.PASSWORD.getOrDefault(properties);
    }

    @Override
    public char[] getPassword(AuthenticationRequestType type) throws PSQLException {
        if (password == null) {
            throw new MissingException();
        }
        return password.toCharArray();
    }

    /** The server asks for a password, and none was given. */
    static final class MissingException extends PSQLException {
        private static final long serialVersionUID = 1L;

        MissingException() {
            super("no password was given", PSQLState.CONNECTION_REJECTED);
        }
    }
}
