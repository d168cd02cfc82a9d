package dev.seqwatch.cli.cluster;

import static java.util.Objects.requireNonNullElse;

import dev.seqwatch.cli.Terminal;
import dev.seqwatch.cli.UsageException;
import dev.seqwatch.model.Sql;
import dev.seqwatch.report.text.Verdict;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Prints the findings of a monitor with their scripts, as one psql script. The resource is read without its definition, so
 * that one of another version can be read too.
 */
@Command(
        name = RemediesCommand.NAME,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Prints the findings of a SequenceMonitor in the cluster, each with the script that fixes it.",
        footer = {
            "",
            "The cluster is that of kubectl: KUBECONFIG, or ~/.kube/config. Nothing is changed there.",
            "",
            "Exit codes: 0 printed, 3 the monitor could not be read."
        })
public final class RemediesCommand implements Callable<Integer> {
    public static final String NAME = "remedies";

    @Parameters(index = "0", paramLabel = "MONITOR", description = "Name of the SequenceMonitor.")
    private String monitor = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "CHECK", description = "Only findings of this check.")
    private @Nullable String check;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            description = "Namespace of the monitor (default: that of the context).")
    private @Nullable String namespace;

    @Option(names = "--context", paramLabel = "NAME", description = "Context of kubeconfig (default: the current one).")
    private @Nullable String context;

    @Override
    public Integer call() {
        var terminal = new Terminal(System.getenv());
        try {
            terminal.print(script(read()));
            return Verdict.Healthy.exitCode();
        } catch (UsageException e) {
            terminal.complain(String.valueOf(e.getMessage()));
        } catch (KubernetesClientException e) {
            terminal.complain("UNKNOWN: SequenceMonitor \"" + monitor + "\" could not be read: " + reason(e));
        }
        return Verdict.CouldNotLook.exitCode();
    }

    private GenericKubernetesResource read() throws UsageException {
        var config = config();
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
            return found;
        }
    }

    /** The client throws what its YAML parser throws. */
    private Config config() throws UsageException {
        try {
            return Config.autoConfigure(context);
        } catch (RuntimeException e) {
            throw new UsageException("The kubeconfig cannot be read: name a file that kubectl can read in KUBECONFIG.");
        }
    }

    private String script(GenericKubernetesResource resource) {
        var status = map(resource.getAdditionalProperties().get("status"));
        var findings = list(status.get("findings"))
                .map(RemediesCommand::map)
                .filter(finding -> check == null || check.equals(finding.get("check")))
                .toList();
        var script = new StringBuilder();
        findings.forEach(finding -> script.append(entry(finding)).append('\n'));
        if (findings.isEmpty()) {
            script.append(Sql.comment(
                            check == null
                                    ? "The status of the monitor has no finding."
                                    : "The status of the monitor has no finding of " + check + "."))
                    .append('\n');
        }
        if (status.get("findingsOmitted") instanceof Number omitted && omitted.intValue() > 0) {
            script.append(Sql.comment(
                            omitted + " more findings have no room in the status: seqwatch check prints them."))
                    .append('\n');
        }
        list(status.get("databases"))
                .map(RemediesCommand::map)
                .filter(database -> database.get("error") != null)
                .forEach(database -> script.append(Sql.comment("UNKNOWN: database " + database.get("name")
                                + " could not be read, so that findings may be missing: " + database.get("error")))
                        .append('\n'));
        return script.toString();
    }

    private static String entry(Map<?, ?> finding) {
        var subject = Stream.of("schema", "sequence", "table", "column", "role")
                .map(finding::get)
                .filter(part -> part != null)
                .map(String::valueOf)
                .toList();
        var head = Sql.comment(finding.get("severity") + " " + finding.get("check") + " in database "
                + finding.get("database") + ": " + String.join(" ", subject));
        var message = Sql.comment(String.valueOf(finding.get("message")));
        var remedy = finding.get("remedy") == null
                ? Sql.comment("There is no script: the message says what to decide.") + "\n"
                : String.valueOf(finding.get("remedy"));
        return head + "\n" + message + "\n" + remedy;
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static Stream<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list.stream() : Stream.empty();
    }

    private static String reason(KubernetesClientException e) {
        if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
            return "the cluster does not know SequenceMonitors, so that Seqwatch is not installed there.";
        }
        if (e.getStatus() != null && e.getStatus().getMessage() != null) {
            return e.getStatus().getMessage();
        }
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return "the Kubernetes API does not answer (" + requireNonNullElse(root.getMessage(), root.toString())
                + "): check KUBECONFIG and the context.";
    }
}
