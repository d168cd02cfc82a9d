package dev.seqwatch.config;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The decoded values of a Secret, by key.
 *
 * @param names how messages name a key, where that is not {@code key password of Secret shop-db}
 * @param source what holds the keys: {@code Secret shop-db}
 */
public record SecretData(String source, Map<String, String> values, Map<String, String> names) {
    /** Keys of which a login is made. */
    public static final Set<String> LOGIN_KEYS =
            Set.of("username", "user", "password", "uri", "jdbc-uri", "host", "port", "dbname");

    public static final SecretData NONE = new SecretData("the Secret", Map.of());

    /** Editors and {@code echo} add them; blanks may belong to a password. */
    private static final Pattern LINE_ENDS = Pattern.compile("[\\r\\n]+$");

    public SecretData {
        values = Map.copyOf(values);
        names = Map.copyOf(names);
    }

    public SecretData(String source, Map<String, String> values) {
        this(source, values, Map.of());
    }

    /** The value without the line ends after it; empty where there is none. */
    Optional<String> get(String key) {
        return Optional.ofNullable(values.get(key))
                .map(value -> LINE_ENDS.matcher(value).replaceFirst(""))
                .filter(value -> !value.isEmpty());
    }

    /** How a message names the value: the value itself must not reach one. */
    String name(String key) {
        var name = names.get(key);
        return name == null ? "key " + key + " of " + source : name;
    }

    /** Keys alone: a Secret must not reach a log. */
    @Override
    public String toString() {
        return values.keySet().toString();
    }
}
