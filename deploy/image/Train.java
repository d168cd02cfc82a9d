import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Trains an AOT cache while an image is built: {@code java Train.java COMMAND...} runs the operator until it has taken one
 * turn, and ends it as Kubernetes would. It plays as much of a Kubernetes API as that takes: one monitor of a database that
 * is not there, and its Secret. Whatever is written is taken and returned.
 */
final class Train {
    private static final String MONITOR = """
            {"apiVersion": "seqwatch.dev/v1alpha1", "kind": "SequenceMonitor",
             "metadata": {"name": "m", "namespace": "n", "uid": "u", "resourceVersion": "1", "generation": 1},
             "spec": {"connection": {"host": "127.0.0.1", "port": 1, "credentials": {"secretRef": {"name": "s"}}}}}""";
    private static final String MONITORS = """
            {"apiVersion": "seqwatch.dev/v1alpha1", "kind": "SequenceMonitorList", "metadata": {"resourceVersion": "1"},
             "items": [%s]}""".formatted(MONITOR);
    private static final String SECRET = """
            {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s", "namespace": "n"},
             "data": {"username": "dQ==", "password": "cA=="}}""";
    private static final String BOOKMARK = """
            {"type": "BOOKMARK", "object": {"apiVersion": "seqwatch.dev/v1alpha1", "kind": "SequenceMonitor", "metadata": {"resourceVersion": "1"}}}
            """;
    private static final CountDownLatch TURN = new CountDownLatch(1);

    public static void main(String[] command) throws IOException, InterruptedException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory()));
        server.createContext("/", Train::answer);
        server.start();
        var builder = new ProcessBuilder(List.of(command)).inheritIO();
        builder.environment().put("KUBERNETES_MASTER", "http://127.0.0.1:" + server.getAddress().getPort());
        builder.environment().put("KUBERNETES_AUTH_TRYKUBECONFIG", "false");
        builder.environment().put("QUARKUS_MANAGEMENT_PORT", "0"); // any that is free
        var operator = builder.start();
        operator.onExit().thenRun(TURN::countDown);
        var taken = TURN.await(2, TimeUnit.MINUTES) && operator.isAlive();
        operator.destroy();
        operator.waitFor();
        if (!taken) {
            System.err.println("the operator took no turn, so there is nothing to learn from");
        }
        System.exit(taken ? 0 : 1);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        if (exchange.getRequestHeaders().containsKey("Upgrade")) {
            exchange.sendResponseHeaders(200, -1); // no WebSocket here: the client asks again without
            return;
        }
        if (String.valueOf(exchange.getRequestURI().getQuery()).contains("watch=true")) {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(BOOKMARK.getBytes()); // and nothing else ever happens
            exchange.getResponseBody().flush();
            return;
        }
        var path = exchange.getRequestURI().getPath();
        var written = new String(exchange.getRequestBody().readAllBytes());
        var body = (written.isEmpty() ? object(path) : written).getBytes();
        exchange.sendResponseHeaders(200, body.length);
        try (var output = exchange.getResponseBody()) {
            output.write(body);
        }
        if (path.endsWith("/status")) {
            TURN.countDown();
        }
    }

    private static String object(String path) {
        return path.contains("/secrets/") ? SECRET : path.endsWith("/m") ? MONITOR : MONITORS;
    }
}
