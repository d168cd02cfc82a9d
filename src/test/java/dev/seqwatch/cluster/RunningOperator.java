package dev.seqwatch.cluster;

import dev.seqwatch.testing.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;

/** The operator as a process of its own, with the rights of its ServiceAccount and no others. */
public final class RunningOperator implements AutoCloseable {
    private final LeashedProcess process;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();

    private RunningOperator(LeashedProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it; {@link #ready()} tells when it is up. */
    public static RunningOperator start(String java, Path kubeconfig, Path log) throws IOException {
        var port = FreePort.pick();
        var jar = Tools.project().resolve("target/quarkus-app/quarkus-run.jar");
        var process = LeashedProcess.start(
                log,
                List.of(
                        "/usr/bin/env",
                        "KUBECONFIG=" + kubeconfig,
                        "QUARKUS_MANAGEMENT_PORT=" + port,
                        "QUARKUS_MANAGEMENT_HOST=127.0.0.1",
                        java,
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        jar.toString(),
                        "operator"));
        return new RunningOperator(process, port);
    }

    /** Host and port of its metrics. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    public String metricsUrl() {
        return "http://" + address() + "/metrics";
    }

    /** Fails where it has ended. */
    public void expectAlive() {
        process.expectAlive();
    }

    public boolean ready() {
        process.expectAlive();
        return get("/health/ready").startsWith("200");
    }

    public String metrics() {
        return get("/metrics");
    }

    @Override
    public void close() {
        process.close();
    }

    /** Status and body; empty where nothing answers yet. */
    private String get(String path) {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://" + address() + path))
                    .build();
            var response = http.send(request, BodyHandlers.ofString());
            return response.statusCode() + "\n" + response.body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
