package dev.seqwatch.cli.cluster;

import static java.util.Objects.requireNonNullElse;

import dev.seqwatch.cli.UsageException;
import dev.seqwatch.report.Causes;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the status of a monitor in the cluster of kubectl. It is read without its definition, so that a resource of another
 * version can be read too. The command does not refer to the client, whose classes would be loaded for every command.
 */
final class MonitorStatus {
    private MonitorStatus() {}

    /**
     * The status as the API server gives it; empty where there is none yet.
     *
     * @param context of kubeconfig; null for the current one
     * @param namespace null for that of the context
     * @throws UsageException where it cannot be read, with the reason
     */
    static Map<?, ?> read(@Nullable String context, @Nullable String namespace, String monitor) throws UsageException {
        var config = config(context);
        var in = requireNonNullElse(namespace, requireNonNullElse(config.getNamespace(), "default"));
        try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
            var found = client.genericKubernetesResources("seqwatch.dev/v1alpha1", "SequenceMonitor")
                    .inNamespace(in)
                    .withName(monitor)
                    .get();
            if (found == null) {
                throw new UsageException("Namespace \"" + in + "\" has no SequenceMonitor \"" + monitor
                        + "\": kubectl get seqmon --all-namespaces lists them.");
            }
            return found.getAdditionalProperties().get("status") instanceof Map<?, ?> status ? status : Map.of();
        } catch (KubernetesClientException e) {
            throw new UsageException("UNKNOWN: SequenceMonitor \"" + monitor + "\" could not be read: " + reason(e));
        }
    }

    /** The client throws what its YAML parser throws. */
    private static Config config(@Nullable String context) throws UsageException {
        try {
            return Config.autoConfigure(context);
        } catch (RuntimeException e) {
            throw new UsageException("The kubeconfig cannot be read: name a file that kubectl can read in KUBECONFIG.");
        }
    }

    private static String reason(KubernetesClientException e) {
        if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
            return "the cluster does not know SequenceMonitors, so that Seqwatch is not installed there.";
        }
        if (e.getStatus() != null && e.getStatus().getMessage() != null) {
            return e.getStatus().getMessage();
        }
        return "the Kubernetes API does not answer (" + Causes.words(Causes.root(e))
                + "): check KUBECONFIG and the context.";
    }
}
