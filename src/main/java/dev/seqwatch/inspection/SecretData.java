package dev.seqwatch.inspection;

import java.util.Map;

/** The decoded values of a Secret, by key. */
public record SecretData(Map<String, String> values) {
    public static final SecretData NONE = new SecretData(Map.of());

    public SecretData {
        values = Map.copyOf(values);
    }

    /** Keys alone: a Secret must not reach a log. */
    @Override
    public String toString() {
        return values.keySet().toString();
    }
}
