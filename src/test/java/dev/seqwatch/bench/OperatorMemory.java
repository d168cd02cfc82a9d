package dev.seqwatch.bench;

import dev.seqwatch.cluster.Kubectl;
import dev.seqwatch.cluster.LeashedProcess;
import dev.seqwatch.cluster.LocalCluster;
import dev.seqwatch.cluster.RunFolder;
import dev.seqwatch.cluster.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Runs the packaged operator with the options of the image and a given heap, has it inspect databases of a server that is
 * running already, one monitor each, and prints what it takes.
 *
 * <p>Arguments: java, megabytes of heap, host:port, role, password, seconds, database...
 */
final class OperatorMemory {
    private static final Pattern AFTER_GC = Pattern.compile("Pause Full.*->([0-9]+)M\\(");
    private static final Duration STEP = Duration.ofSeconds(1);

    private OperatorMemory() {}

    public static void main(String[] arguments) throws Exception {
        var args = List.of(arguments);
        var folder = Files.createDirectories(RunFolder.of("bench"));
        try (var cluster = LocalCluster.start(folder.resolve("cluster"))) {
            var kubectl = cluster.kubectl();
            kubectl.apply(Tools.project().resolve("crds"));
            kubectl.apply(Tools.project().resolve("deploy/namespace.yaml"));
            kubectl.expect("wait", "--for=condition=Established", "--timeout=30s", "crd", "--all");
            kubectl.apply(Tools.project().resolve("deploy/base/rbac.yaml"));
            kubectl.apply(Tools.project().resolve("deploy/base/lease.yaml"));
            kubectl.expect(
                    "create",
                    "secret",
                    "generic",
                    "login",
                    "--from-literal=username=" + args.get(3),
                    "--from-literal=password=" + args.get(4));
            var databases = args.subList(6, args.size());
            for (var database : databases) {
                kubectl.apply(monitor(args.get(2), database));
            }
            try (var operator = operator(args.get(0), args.get(1), cluster, folder)) {
                watch(operator, kubectl, databases, Integer.parseInt(args.get(5)), folder);
            }
        } finally {
            RunFolder.delete(folder);
        }
        System.exit(0);
    }

    private static String monitor(String address, String database) {
        var parts = address.split(":", -1);
        return """
                apiVersion: seqwatch.dev/v1alpha1
                kind: SequenceMonitor
                metadata: {name: %1$s}
                spec:
                  interval: 10s
                  connection: {host: %2$s, port: %3$s, credentials: {secretRef: {name: login}}}
                  databases: {include: ["%1$s"]}
                """.formatted(database, parts[0], parts[1]);
    }

    private static LeashedProcess operator(String java, String megabytes, LocalCluster cluster, Path folder)
            throws IOException {
        var command = new ArrayList<String>(List.of(
                "/usr/bin/env",
                "KUBECONFIG=" + cluster.kubeconfigOf("seqwatch-system", "seqwatch"),
                "QUARKUS_MANAGEMENT_PORT=0",
                "QUARKUS_MANAGEMENT_HOST=127.0.0.1",
                java));
        command.addAll(options().stream()
                .map(option -> option.startsWith("-XX:MaxRAMPercentage") ? "-Xmx" + megabytes + "m" : option)
                .toList());
        command.addAll(List.of(
                "-Xlog:gc:" + folder.resolve("gc.log"),
                "-jar",
                Tools.project().resolve("target/quarkus-app/quarkus-run.jar").toString(),
                "operator"));
        return LeashedProcess.start(folder.resolve("operator.log"), command);
    }

    private static List<String> options() throws IOException {
        var line = Files.readAllLines(Tools.project().resolve("Dockerfile")).stream()
                .filter(each -> each.startsWith("ARG OPTIONS="))
                .findFirst()
                .orElseThrow();
        return List.of(
                line.substring("ARG OPTIONS=\"".length(), line.length() - 1).split(" "));
    }

    private static void watch(
            LeashedProcess operator, Kubectl kubectl, List<String> databases, int seconds, Path folder)
            throws Exception {
        var start = Instant.now();
        var highest = 0L;
        while (operator.isAlive() && Duration.between(start, Instant.now()).toSeconds() < seconds) {
            Thread.sleep(STEP);
            highest = Math.max(highest, residentMegabytes());
        }
        System.out.printf(
                Locale.ROOT,
                "alive %s, highest RSS %d MiB, highest heap after a full collection %d MiB%n",
                operator.isAlive(),
                highest,
                Files.readAllLines(folder.resolve("gc.log")).stream()
                        .map(AFTER_GC::matcher)
                        .filter(matcher -> matcher.find())
                        .mapToInt(matcher -> Integer.parseInt(matcher.group(1)))
                        .max()
                        .orElse(0));
        for (var database : databases) {
            System.out.println(
                    database + ": "
                            + kubectl.expect(
                                    "get",
                                    "seqmon",
                                    database,
                                    "-o=jsonpath={range .status.conditions[*]}{.type} {.status} {.reason}; {end}{.status.lastInspectionTime}"));
        }
        System.out.println(Files.readString(folder.resolve("operator.log"))
                .lines()
                .limit(40)
                .toList());
    }

    private static long residentMegabytes() throws IOException {
        var highest = 0L;
        for (var process : ProcessHandle.current().descendants().toList()) {
            var status = Path.of("/proc/" + process.pid() + "/status");
            var command = Path.of("/proc/" + process.pid() + "/cmdline");
            if (Files.exists(status) && Files.readString(command).contains("quarkus-run.jar")) {
                for (var line : Files.readAllLines(status)) {
                    if (line.startsWith("VmHWM:")) {
                        highest = Math.max(highest, Long.parseLong(line.replaceAll("[^0-9]", "")) / 1_024);
                    }
                }
            }
        }
        return highest;
    }
}
