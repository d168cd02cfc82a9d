package dev.seqwatch.paging;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;

/** A client of a Prometheus. */
public record Prometheus(String url) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Series that a query has now. */
    public JsonNode query(String expression) {
        return data("/api/v1/query?query=" + encoded(expression)).path("result");
    }

    /** Series that a query has at an instant. */
    public JsonNode query(String expression, Instant at) {
        return data("/api/v1/query?query=%s&time=%d".formatted(encoded(expression), at.getEpochSecond()))
                .path("result");
    }

    /** Series that a query has between two instants, every so many seconds. */
    public JsonNode range(String expression, Instant from, Instant to, long step) {
        return data("/api/v1/query_range?query=%s&start=%d&end=%d&step=%d"
                        .formatted(encoded(expression), from.getEpochSecond(), to.getEpochSecond(), step))
                .path("result");
    }

    /** Values of a label among the series that a selector finds. */
    public JsonNode labelValues(String selector, String label) {
        return data("/api/v1/label/" + label + "/values?match[]=" + encoded(selector));
    }

    private JsonNode data(String path) {
        try {
            var request = HttpRequest.newBuilder(URI.create(url + path.replace("[]", "%5B%5D")))
                    .build();
            var body = JSON.readTree(HTTP.send(request, BodyHandlers.ofString()).body());
            if (!body.path("status").asText().equals("success")) {
                throw new IllegalStateException(path + ": " + body.path("error").asText());
            }
            return body.path("data");
        } catch (IOException e) {
            throw new IllegalStateException("Prometheus does not answer at " + url, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Prometheus was asked", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
