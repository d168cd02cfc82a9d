package dev.seqwatch.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.seqwatch.cluster.RunFolder;
import dev.seqwatch.cluster.Tools;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code make demo} as a user runs it: its story is true, and nothing is left of it however it ends. */
final class DemoIT {
    private static final Path TARGET = Tools.project().resolve("target");
    private static final List<String> PROGRAMS = List.of("etcd", "kube-apiserver", "prometheus", "alertmanager");

    /** What this build made must not look older than its sources, or the demo would build it again. */
    @BeforeAll
    static void touch() throws IOException {
        for (var file : List.of(TARGET.resolve("quarkus-app/quarkus-run.jar"), TARGET.resolve("tests-compiled"))) {
            if (!Files.exists(file)) {
                Files.createFile(file);
            }
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        }
    }

    @Test
    void itsStoryIsTold() throws Exception {
        var demo = start();
        var beginning = told(demo, "The findings");
        var traces = Traces.of(demo);
        var story = beginning + "\n" + rest(demo);

        assertThat(demo.waitFor()).as(story).isZero();
        assertThat(story)
                .containsSubsequence(
                        "== Asking a database",
                        "$ bin/seqwatch check postgresql://seqwatch@",
                        "Critical",
                        "SequenceExhaustion",
                        "== The same in Kubernetes",
                        "$ kubectl apply -f crds\n   customresourcedefinition.apiextensions.k8s.io/"
                                + "sequencemonitors.seqwatch.dev created",
                        "$ kubectl apply -f demo/monitor.yaml\n   sequencemonitor.seqwatch.dev/shop created",
                        "== The findings\n   $ kubectl get seqmon --namespace shop\n   NAME   READY   PROBLEM",
                        "shop   True    CriticalFindings   4          1         100         1 ",
                        "Critical  InsertWithoutUsage",
                        "Critical  SequenceBehind",
                        "Critical  SequenceExhaustion",
                        "public.orders_id_seq is used up (MAXVALUE 2,147,483,647 of public.orders_id_seq)",
                        "== The alert",
                        "Critical  SequenceExhaustionCritical\n             public.orders_id_seq is 100% used in database shop",
                        "The binding limit is Sequence MAXVALUE 2147483647 of public.orders_id_seq; the",
                        "kubectl seqwatch remedies -n shop shop SequenceExhaustion",
                        "docs/runbooks/SequenceExhaustionCritical.md",
                        "Other alerts:",
                        "Critical  InsertWithoutUsageCritical: ",
                        "Critical  SequenceBehindCritical: ",
                        "Critical  SequenceExhaustionCritical: public.events_id_seq is 97.79% used",
                        "Warning   SequenceFindingWarning: 1 ReferenceNarrowerThanKey finding in database shop\n\n",
                        "== Without the fix: an insert into orders fails",
                        "ERROR: nextval: reached maximum value of sequence \"orders_id_seq\" (2147483647)",
                        "== The fix: ",
                        "ALTER TABLE public.orders ALTER COLUMN id TYPE bigint;",
                        "== With the fix: ",
                        "shop   True    CriticalFindings   3          1         97          1 ",
                        "INSERT 0 1",
                        "== The alert resolves",
                        "Resolved  SequenceExhaustionCritical: public.orders_id_seq",
                        "== Metrics",
                        "seqwatch_database_up{database=\"shop\",monitor=\"shop\",namespace=\"shop\"} 1.0",
                        "seqwatch_finding_info{check=\"InsertWithoutUsage\"");
        traces.assertNothingRuns();
        assertThat(traces.folders()).noneMatch(Files::exists);
    }

    @Test
    void onATerminalItStaysUpAndShowsPagesUntilCtrlC() throws Exception {
        var demo = new ProcessBuilder(Tools.project().resolve("demo/start").toString(), "Demo", "terminal").start();
        var told = told(demo, "Run another remedy");
        var traces = Traces.of(demo);

        assertThat(urls(told))
                .hasSize(3)
                .allSatisfy(url -> assertThat(status(url)).isEqualTo(200));
        psql(told, "GRANT USAGE ON SEQUENCE invoices_id_seq TO shop_app");
        assertThat(demo.inputReader().readLine()).contains("Resolved  InsertWithoutUsageCritical: ");

        interrupt(demo);
        assertThat(demo.waitFor(20, TimeUnit.SECONDS)).isTrue();
        traces.assertNothingRuns();
        assertThat(traces.folders()).noneMatch(Files::exists);
    }

    @Test
    void afterCtrlCNothingIsLeft() throws Exception {
        var demo = started();
        var traces = Traces.of(demo);

        interrupt(demo);

        assertThat(demo.waitFor(20, TimeUnit.SECONDS)).isTrue();
        traces.assertNothingRuns();
        assertThat(traces.folders()).noneMatch(Files::exists);
    }

    @Test
    void afterSigkillNothingRuns() throws Exception {
        var demo = started();
        var traces = Traces.of(demo);

        demo.destroyForcibly().waitFor();

        traces.assertNothingRuns();
        assertThat(traces.data()).noneMatch(Files::exists);
    }

    @Test
    void afterAFailureTheLogsAreLeftUntilTheNextRun() throws Exception {
        var demo = started();
        var traces = Traces.of(demo);

        running(demo, "prometheus").destroyForcibly();
        var rest = rest(demo);

        assertThat(demo.waitFor()).isEqualTo(1);
        var folder = traces.logs();
        assertThat(rest).contains("demo: prometheus has ended, see " + folder + "/monitoring/prometheus.log");
        traces.assertNothingRuns();
        assertThat(folder.resolve("operator.log")).exists();
        assertThat(folder.resolve("monitoring/prometheus.log")).exists();
        assertThat(traces.data()).noneMatch(Files::exists);
        RunFolder.of("demo"); // as the next run does
        assertThat(folder).doesNotExist();
    }

    private static Process start() throws IOException {
        var command = Tools.project().resolve("demo/run").toString();
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** With all its servers up. */
    private static Process started() throws IOException {
        var demo = start();
        told(demo, "The findings");
        PROGRAMS.forEach(program -> assertThat(running(demo, program).isAlive()).isTrue());
        return demo;
    }

    /** What it tells up to a line. */
    private static String told(Process demo, String last) throws IOException {
        var told = new ArrayList<String>();
        var out = demo.inputReader();
        while (told.isEmpty() || !told.getLast().contains(last)) {
            told.add(line(out, told));
        }
        return String.join("\n", told);
    }

    private static String rest(Process demo) {
        return String.join("\n", demo.inputReader().lines().toList());
    }

    /** By SIGINT; by SIGTERM where this build runs in the background of a shell, whose children are deaf to Ctrl-C. */
    private static void interrupt(Process demo) throws IOException, InterruptedException {
        var script = "signal=TERM; trap 'signal=INT' INT; kill -INT $$; kill -$signal " + demo.pid();
        new ProcessBuilder("sh", "-c", script).start().waitFor();
    }

    private static List<String> urls(String told) {
        return Pattern.compile("(?:curl|open) (http\\S+)")
                .matcher(told.substring(told.indexOf("Yours to try")))
                .results()
                .map(url -> url.group(1).replaceAll("\\P{Print}.*", ""))
                .toList();
    }

    private static int status(String url) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
                    .statusCode();
        }
    }

    /** As the owner, at the address that it tells. */
    private static void psql(String told, String sql) throws SQLException {
        var address = told.replaceAll("(?s).*psql postgresql://shop_owner@(\\S+/shop).*", "$1");
        try (var connection = DriverManager.getConnection("jdbc:postgresql://" + address, "shop_owner", "shop_owner");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static ProcessHandle running(Process demo, String program) {
        return demo.descendants()
                .filter(each -> each.info().command().orElse("").endsWith("/" + program))
                .findFirst()
                .orElseThrow(() -> new AssertionError(program + " does not run"));
    }

    private static String line(BufferedReader out, List<String> told) throws IOException {
        var line = out.readLine();
        if (line == null) {
            throw new AssertionError("the demo ended after: " + String.join("\n", told));
        }
        return line;
    }

    /** The processes and folders of one demo, apart from those of tests that run beside it. */
    private record Traces(Path logs, List<Path> data, List<ProcessHandle> processes) {
        private static final Pattern DATA =
                Pattern.compile(Pattern.quote(TARGET.resolve("postgres/run").toString()) + "/data-\\S+");

        /** To be called while all its servers are up. */
        static Traces of(Process demo) {
            var processes = demo.descendants().toList();
            var data = processes.stream()
                    .flatMap(process -> DATA.matcher(commandLine(process)).results())
                    .map(match -> Path.of(match.group()))
                    .distinct()
                    .toList();
            var traces = new Traces(TARGET.resolve("demo").resolve(Long.toString(demo.pid())), data, processes);
            assertThat(traces.folders()).hasSize(2).allMatch(Files::exists);
            return traces;
        }

        List<Path> folders() {
            return Stream.concat(Stream.of(logs), data.stream()).toList();
        }

        void assertNothingRuns() {
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(running())
                            .as("processes that the demo started")
                            .isEmpty());
        }

        private List<String> running() {
            var named = ProcessHandle.allProcesses()
                    .filter(process -> folders().stream()
                            .anyMatch(folder -> commandLine(process).contains(folder.toString())));
            return Stream.concat(processes.stream().filter(ProcessHandle::isAlive), named)
                    .map(Traces::commandLine)
                    .toList();
        }

        private static String commandLine(ProcessHandle process) {
            return process.info().commandLine().orElse("");
        }
    }
}
