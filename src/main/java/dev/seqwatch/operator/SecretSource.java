package dev.seqwatch.operator;

import dev.seqwatch.api.v1alpha1.SequenceMonitor;
import dev.seqwatch.config.InvalidMonitorException;
import dev.seqwatch.config.SecretData;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
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
                : secret(namespace, login.secretRef().name(), scenario);
        return new Secrets(credentials, ca == null ? null : value(namespace, ca.name(), ca.key(), scenario));
    }

    private String value(String namespace, String name, String key, boolean scenario) throws InvalidMonitorException {
        var value = secret(namespace, name, scenario).values().get(key);
        if (value == null) {
            throw new InvalidMonitorException(
                    InvalidMonitorException.Reason.SecretIncomplete,
                    "Secret " + name + " has no key " + key + "; add it, or correct tls.caSecretRef.");
        }
        return value;
    }

    private SecretData secret(String namespace, String name, boolean scenario) throws InvalidMonitorException {
        try {
            var secret = client.secrets().inNamespace(namespace).withName(name).get();
            if (secret == null) {
                throw new InvalidMonitorException(
                        InvalidMonitorException.Reason.SecretNotFound,
                        "There is no Secret " + name + " in namespace " + namespace + "; create it.");
            }
            Map<String, String> data = secret.getData() == null ? Map.of() : secret.getData();
            return new SecretData(
                    "Secret " + name,
                    data.entrySet().stream()
                            .collect(Collectors.toMap(Map.Entry::getKey, entry -> decode(entry.getValue()))));
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

    private static String decode(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}
