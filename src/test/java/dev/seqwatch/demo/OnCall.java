package dev.seqwatch.demo;

import dev.seqwatch.cluster.RunningOperator;
import dev.seqwatch.paging.HastyRules;
import dev.seqwatch.paging.Monitoring;
import dev.seqwatch.paging.Pager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** Whoever is on call for the shop: a real Prometheus, a real Alertmanager, and a pager that shows what they send. */
record OnCall(Stage stage, Monitoring monitoring, Pager pager) implements AutoCloseable {
    private static final int WIDTH = 88;
    private static final int INDENT = 10;
    private static final int PAUSE_MILLIS = 200;

    /** {@link Monitoring#ready()} tells when both servers are up. */
    static OnCall start(Stage stage, RunningOperator operator, Path folder) throws IOException {
        var rules = HastyRules.writeAboutSequences(folder.resolve("rules.yaml"));
        var pager = Pager.start();
        return new OnCall(
                stage, Monitoring.start(folder.resolve("monitoring"), operator.address(), rules, pager.url()), pager);
    }

    /** Shows the page about a sequence in full, and in a line each what else came. */
    void paged(String sequence) throws Exception {
        stage.title("The alert");
        stage.say("Prometheus scrapes the operator and evaluates deploy/alerts/rules.yaml. Alertmanager notifies the");
        stage.say(
                "person on call. Only the waiting times of the rules are shorter here: an alert fires after a second");
        stage.say("instead of minutes, and resolves after three seconds instead of about 15 minutes.");
        stage.await("the alert fires and is sent", () -> {
            monitoring.expectAlive();
            return about(sequence, true).findAny().isPresent()
                    && pager.pages().size()
                            >= monitoring
                                    .prometheus()
                                    .query("ALERTS{alertstate=\"firing\"}")
                                    .size();
        });
        stage.blank();
        var page = about(sequence, true).findFirst().orElseThrow();
        show(page);
        stage.blank();
        stage.say("Other alerts:");
        pager.pages().stream()
                .filter(other -> !other.equals(page))
                .map(OnCall::line)
                .sorted()
                .forEach(stage::say);
    }

    /** Waits until the page about a sequence is taken back. */
    void resolved(String sequence) throws Exception {
        stage.await("the alert resolves and that is sent", () -> {
            monitoring.expectAlive();
            return about(sequence, false).findAny().isPresent();
        });
        stage.blank();
        stage.say(line(about(sequence, false).findFirst().orElseThrow()));
    }

    /** Shows what comes from now on, a line each, for ever. */
    void watch() throws InterruptedException {
        for (var seen = pager.pages().size(); ; Thread.sleep(PAUSE_MILLIS)) {
            var pages = pager.pages();
            pages.subList(seen, pages.size()).forEach(page -> stage.say(line(page)));
            seen = pages.size();
        }
    }

    @Override
    public void close() {
        monitoring.close();
        pager.close();
    }

    private Stream<Pager.Page> about(String sequence, boolean firing) {
        return pager.pages().stream()
                .filter(page -> page.firing() == firing)
                .filter(page -> page.label("alertname").equals("SequenceExhaustionCritical"))
                .filter(page -> page.label("sequence").equals(sequence));
    }

    private void show(Pager.Page page) {
        stage.say(heading(page));
        Stream.of("summary", "description", "runbook_url")
                .flatMap(name -> page.annotation(name).lines())
                .forEach(line -> stage.say(shown(line).indent(INDENT).stripTrailing()));
    }

    /** A command stays whole, so that it can be typed as it is. */
    private static String shown(String line) {
        return line.startsWith("kubectl ") ? line : Wrapped.at(WIDTH, line);
    }

    private static String line(Pager.Page page) {
        return heading(page) + ": " + page.annotation("summary");
    }

    private static String heading(Pager.Page page) {
        var severity = page.label("severity");
        var shown =
                page.firing() ? severity.substring(0, 1).toUpperCase(Locale.ROOT) + severity.substring(1) : "Resolved";
        return "%-8s  %s".formatted(shown, page.label("alertname"));
    }
}
