package dev.seqwatch.paging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Whoever is woken: receives what Alertmanager sends to a webhook, in the order in which it comes. */
public final class Pager implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int OK = 200;

    private final HttpServer server;
    private final List<Page> pages = new CopyOnWriteArrayList<>();

    /**
     * One alert of one notification.
     *
     * @param firing false where it says that the alert is over
     */
    public record Page(boolean firing, JsonNode labels, JsonNode annotations) {
        public String label(String name) {
            return labels.path(name).asText();
        }

        public String annotation(String name) {
            return annotations.path(name).asText();
        }
    }

    private Pager(HttpServer server) {
        this.server = server;
        server.createContext("/", exchange -> {
            try (exchange) {
                JSON.readTree(exchange.getRequestBody())
                        .path("alerts")
                        .forEach(alert -> pages.add(new Page(
                                alert.path("status").asText().equals("firing"),
                                alert.path("labels"),
                                alert.path("annotations"))));
                exchange.sendResponseHeaders(OK, -1);
            }
        });
    }

    public static Pager start() throws IOException {
        var pager = new Pager(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        pager.server.start();
        return pager;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    public List<Page> pages() {
        return List.copyOf(pages);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
