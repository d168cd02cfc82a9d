package dev.seqwatch.paging;

import dev.seqwatch.cluster.LeashedProcess;
import dev.seqwatch.cluster.Tools;
import dev.seqwatch.testing.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Prometheus that scrapes one operator every second, and an Alertmanager that tells a webhook. It inhibits as
 * kube-prometheus-stack does: a critical alert mutes each warning of the same name in the same namespace.
 */
public final class Monitoring implements AutoCloseable {
    private static final int OK = 200;

    private final HttpClient http = HttpClient.newHttpClient();
    private final LeashedProcess alertmanager;
    private final String alertmanagerUrl;
    private final LeashedProcess prometheus;
    private final String prometheusUrl;

    private Monitoring(LeashedProcess alertmanager, String alerts, LeashedProcess prometheus, String address) {
        this.alertmanager = alertmanager;
        this.alertmanagerUrl = "http://" + alerts;
        this.prometheus = prometheus;
        this.prometheusUrl = "http://" + address;
    }

    /**
     * Starts both; they keep their files in this folder.
     *
     * @param operator host and port of its metrics
     * @param rules a file as promtool reads it
     * @param webhook where notifications go
     */
    public static Monitoring start(Path folder, String operator, Path rules, String webhook) throws IOException {
        Files.createDirectories(folder);
        var alerts = "127.0.0.1:" + FreePort.pick();
        var alertmanager = LeashedProcess.start(
                folder.resolve("alertmanager.log"),
                List.of(
                        Tools.find("alertmanager").toString(),
                        "--config.file=" + write(folder.resolve("alertmanager.yaml"), """
                                route: {receiver: pager, group_by: [...], group_wait: 0s, group_interval: 1s, repeat_interval: 1h}
                                inhibit_rules:
                                - source_matchers: ['severity = critical']
                                  target_matchers: ['severity =~ warning|info']
                                  equal: [namespace, alertname]
                                - source_matchers: ['severity = warning']
                                  target_matchers: ['severity = info']
                                  equal: [namespace, alertname]
                                - source_matchers: ['alertname = InfoInhibitor']
                                  target_matchers: ['severity = info']
                                  equal: [namespace]
                                - target_matchers: ['alertname = InfoInhibitor']
                                receivers:
                                - name: pager
                                  webhook_configs: [{url: "%s", send_resolved: true}]
                                """.formatted(webhook)),
                        "--storage.path=" + folder.resolve("alertmanager"),
                        "--web.listen-address=" + alerts,
                        "--cluster.listen-address="));
        var address = "127.0.0.1:" + FreePort.pick();
        // the labels are those that the Prometheus operator gives to the pods of a Service
        var prometheus = LeashedProcess.start(
                folder.resolve("prometheus.log"),
                List.of(
                        Tools.find("prometheus").toString(),
                        "--config.file="
                                + write(folder.resolve("prometheus.yaml"), """
                                global: {scrape_interval: 1s, evaluation_interval: 1s}
                                rule_files: ["%s"]
                                alerting: {alertmanagers: [{static_configs: [{targets: ["%s"]}]}]}
                                scrape_configs:
                                - job_name: seqwatch
                                  honor_labels: true
                                  static_configs:
                                  - targets: ["%s"]
                                    labels: {namespace: seqwatch-system, pod: seqwatch-0, service: seqwatch}
                                """.formatted(rules, alerts, operator)),
                        "--storage.tsdb.path=" + folder.resolve("prometheus"),
                        "--web.listen-address=" + address));
        return new Monitoring(alertmanager, alerts, prometheus, address);
    }

    public Prometheus prometheus() {
        return new Prometheus(prometheusUrl);
    }

    public String alertmanagerUrl() {
        return alertmanagerUrl;
    }

    /** Whether both answer; fails where one has ended. */
    public boolean ready() {
        expectAlive();
        return Stream.of(prometheusUrl, alertmanagerUrl).allMatch(this::isReady);
    }

    /** Fails where one has ended. */
    public void expectAlive() {
        prometheus.expectAlive();
        alertmanager.expectAlive();
    }

    @Override
    public void close() {
        prometheus.close();
        alertmanager.close();
    }

    private boolean isReady(String server) {
        try {
            var request =
                    HttpRequest.newBuilder(URI.create(server + "/-/ready")).build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException e) {
            return false; // it does not listen yet
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + server + " was asked", e);
        }
    }

    private static Path write(Path file, String text) throws IOException {
        return Files.writeString(file, text);
    }
}
