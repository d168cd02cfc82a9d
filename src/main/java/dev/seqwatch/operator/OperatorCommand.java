package dev.seqwatch.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.seqwatch.report.Causes;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.OperatorException;
import io.quarkus.runtime.Quarkus;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.concurrent.Callable;
import org.jboss.logging.Logger;
import picocli.CommandLine.Command;

/** {@code seqwatch operator}: runs until it is told to stop, or has lost its lease. */
@Command(
        name = OperatorCommand.NAME,
        description =
                "Runs in a cluster: inspects what SequenceMonitors name, and serves health and metrics on port 9000.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Environment:",
            "  SEQWATCH_NAMESPACES       namespaces to watch, separated by commas (default: all)",
            "  SEQWATCH_SELECTOR         label selector of the monitors to watch (default: all)",
            "  SEQWATCH_CONCURRENCY      databases read at once (default: " + OperatorSettings.DEFAULT_CONCURRENCY
                    + ")",
            "  SEQWATCH_ALLOWED_HOSTS    patterns of hosts to connect to, separated by commas (default: all)",
            "  SEQWATCH_LOG_LEVEL        ERROR, WARN, INFO, DEBUG or TRACE (default: INFO)",
            "  SEQWATCH_LEADER_ELECTION  true or false (default: true where POD_NAME is set)",
            "  POD_NAME, POD_NAMESPACE   who this replica is, and where its lease lies"
        })
public class OperatorCommand implements Callable<Integer> {
    public static final String NAME = "operator";

    private static final Logger LOG = Logger.getLogger(OperatorCommand.class);
    private static final int FAILED = 1;

    private final OperatorProcess process;

    @Inject
    OperatorCommand(OperatorProcess process) {
        this.process = process;
    }

    /**
     * To be called before anything else of this process. A request to the Kubernetes API is given up after 0.7 s instead
     * of 19 s: it would hold up inspections and the renewal of the lease, and everything is retried later anyway.
     */
    public static void prepare() {
        var property = "kubernetes.request.retry.backoffLimit";
        if (System.getProperty(property) == null) {
            System.setProperty(property, "3");
        }
    }

    @Override
    public Integer call() {
        try {
            process.start();
        } catch (IllegalArgumentException | OperatorException | KubernetesClientException e) {
            LOG.errorf("The operator cannot start: %s", whatToDo(Causes.root(e)));
            return FAILED;
        }
        Quarkus.waitForExit();
        return 0;
    }

    private static String whatToDo(Throwable cause) {
        return switch (cause) {
            case KubernetesClientException answer
            when answer.getCode() == HttpURLConnection.HTTP_NOT_FOUND ->
                "the cluster does not know SequenceMonitors: apply crds/ first";
            case KubernetesClientException answer
            when answer.getStatus() != null -> answer.getStatus().getMessage();
            case JsonProcessingException unreadable ->
                "the Kubernetes API server sent what this version of Seqwatch cannot read: "
                        + unreadable.getOriginalMessage()
                        + "; apply the definitions in crds/ of this version, or run the version that they belong to";
            case IOException failure -> "the Kubernetes API server does not answer: " + Causes.words(failure);
            default -> Causes.words(cause);
        };
    }
}
