package dev.seqwatch.cli.cluster;

import dev.seqwatch.cli.Terminal;
import dev.seqwatch.cli.UsageException;
import dev.seqwatch.model.Sql;
import dev.seqwatch.report.text.Verdict;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the findings of a monitor with their scripts, as one psql script. */
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
            terminal.print(script(MonitorStatus.read(context, namespace, monitor)));
            return Verdict.Healthy.exitCode();
        } catch (UsageException e) {
            terminal.complain(String.valueOf(e.getMessage()));
            return Verdict.CouldNotLook.exitCode();
        }
    }

    private String script(Map<?, ?> status) {
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
}
