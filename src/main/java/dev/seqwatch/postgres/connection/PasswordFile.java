package dev.seqwatch.postgres.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The lines {@code host:port:database:user:password} of a password file; the first that matches holds the password. See
 * the manual of PostgreSQL, "The Password File".
 */
public final class PasswordFile {
    public static final PasswordFile NONE = new PasswordFile(List.of());

    private static final int FIELDS = 5;

    /** Those that PostgreSQL is built with: the file calls them localhost. */
    private static final List<String> DEFAULT_DIRECTORIES = List.of("/var/run/postgresql", "/run/postgresql", "/tmp");

    private final List<List<String>> lines;

    private PasswordFile(List<List<String>> lines) {
        this.lines = lines;
    }

    /** Lines with fewer than five fields, and comments, match nothing. */
    public static PasswordFile of(List<String> text) {
        return new PasswordFile(text.stream()
                .filter(line -> !line.startsWith("#"))
                .map(PasswordFile::fields)
                .filter(fields -> fields.size() == FIELDS)
                .toList());
    }

    Optional<String> password(Target.Host host, String database, String user) {
        return lines.stream()
                .filter(line -> isHost(line.get(0), host)
                        && matches(line.get(1), Integer.toString(host.port()))
                        && matches(line.get(2), database)
                        && matches(line.get(3), user))
                .map(line -> line.get(4))
                .filter(password -> !password.isEmpty())
                .findFirst();
    }

    /** A password must not reach a log. */
    @Override
    public String toString() {
        return lines.size() + " lines";
    }

    private static boolean isHost(String field, Target.Host host) {
        if (matches(field, host.name())) {
            return true;
        }
        if (host.isSocket()) {
            return field.equals("localhost") && DEFAULT_DIRECTORIES.contains(host.name());
        }
        try {
            return HostGrammar.canonical(field).equals(host.name());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean matches(String field, String value) {
        return field.equals("*") || field.equals(value);
    }

    /** A backslash takes the next character as it is; the password reaches to the end, as in libpq. */
    private static List<String> fields(String line) {
        var fields = new ArrayList<String>();
        var field = new StringBuilder();
        for (var i = 0; i < line.length(); i++) {
            var c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length()) {
                i++;
                field.append(line.charAt(i));
            } else if (c == ':') {
                fields.add(field.toString());
                field.setLength(0);
                if (fields.size() == FIELDS) {
                    return fields;
                }
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
