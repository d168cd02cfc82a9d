package dev.seqwatch.operator;

import dev.seqwatch.api.v1alpha1.SequenceMonitor;
import dev.seqwatch.config.InvalidMonitorException;
import dev.seqwatch.config.SecretData;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the Secrets that a monitor names, each by GET in the monitor's own namespace. Nothing is kept or watched: the
 * operator needs no list and no watch on Secrets, and a changed password is used at the next inspection.
 */
record SecretSource(KubernetesClient client) {
    /**
     * What the Secrets of one monitor say.
     *
     * @param ca certificates in PEM, or null where the spec names none
     */
    record Secrets(SecretData credentials, @Nullable String ca) {}

    /**
     * @param scenario whether a refusal is passed on as the API's exception, to be tried again: right after its restart the
     *     API server refuses everybody for a moment
     */
    Secrets read(SequenceMonitor monitor, boolean scenario) throws InvalidMonitorException {
        var connection = monitor.getSpec().connection();
        var namespace = monitor.getMetadata().getNamespace();
        var login = connection.credentials();
        var ca = connection.tls().caSecretRef();
        var credentials = login == null
                ? SecretData.NONE
                : secret(namespace, login.secretRef().name(), SecretData.LOGIN_KEYS, scenario);
        return new Secrets(credentials, ca == null ? null : value(namespace, ca.name(), ca.key(), scenario));
    }

    private String value(String namespace, String name, String key, boolean scenario) throws InvalidMonitorException {
        var value = secret(namespace, name, Set.of(key), scenario).values().get(key);
        if (value == null) {
            throw new InvalidMonitorException(
                    InvalidMonitorException.Reason.SecretIncomplete,
                    "Secret " + name + " has no key " + key + "; add it, or correct tls.caSecretRef.");
        }
        return value;
    }

    /** @param used keys that must be texts; any other may hold what it likes */
    private SecretData secret(String namespace, String name, Set<String> used, boolean scenario)
            throws InvalidMonitorException {
        try {
            var secret = client.secrets().inNamespace(namespace).withName(name).get();
            if (secret == null) {
                throw new InvalidMonitorException(
                        InvalidMonitorException.Reason.SecretNotFound,
                        "There is no Secret " + name + " in namespace " + namespace + "; create it.");
            }
            Map<String, String> data = secret.getData() == null ? Map.of() : secret.getData();
            var values = new HashMap<String, String>();
            for (var entry : data.entrySet()) {
                var text = text(entry.getValue());
                if (text.isPresent()) {
                    values.put(entry.getKey(), text.get());
                } else if (used.contains(entry.getKey())) {
                    throw new InvalidMonitorException(
                            InvalidMonitorException.Reason.SecretIncomplete,
                            "The key " + entry.getKey() + " of Secret " + name
                                    + " is not a text in UTF-8: write its value again.");
                }
            }
            return new SecretData("Secret " + name, values);
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN && !scenario) {
                throw new InvalidMonitorException(
                        InvalidMonitorException.Reason.SecretForbidden,
                        "The operator may not read Secret " + name + " in namespace " + namespace
                                + "; grant its ServiceAccount get on secrets there.");
            }
            throw e;
        }
    }

    /** Empty where the bytes are no text, such as those of a key store. */
    private static Optional<String> text(String base64) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getDecoder().decode(base64)))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
