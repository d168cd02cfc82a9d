package dev.seqwatch.operator;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Makes the operator's client of the Kubernetes API. */
final class ApiClient {
    /**
     * A connection that received nothing for so long is closed, and its watch begins again where it stopped. An idle watch
     * is no such connection: the API server sends it a bookmark each minute. Without this limit, a watch whose connection
     * was forgotten by a firewall reports nothing until the API server's own limit of five to ten minutes.
     */
    static final Duration LONGEST_SILENCE = Duration.ofMinutes(2);

    private static final Logger LOG = Logger.getLogger(ApiClient.class);
    private static final Object[] NO_ARGUMENTS = {};

    private ApiClient() {}

    static KubernetesClient of(Config config, KubernetesSerialization serialization, Duration longestSilence) {
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withKubernetesSerialization(serialization)
                .withHttpClientFactory(new VertxHttpClientFactory(limited(vertx(), longestSilence)))
                .build();
    }

    /** Why a request failed, on one line: the client's own message repeats the whole answer. */
    static String reason(KubernetesClientException failure) {
        var status = failure.getStatus();
        if (status != null && status.getMessage() != null) {
            return status.getMessage();
        }
        var cause = failure.getCause();
        return cause == null || cause.getMessage() == null
                ? String.valueOf(failure.getMessage())
                : cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }

    /** The factory of version 7.5 sets the options of its HTTP client itself and calls none of its hooks. */
    private static Vertx limited(Vertx vertx, Duration longestSilence) {
        return proxy(Vertx.class, (method, arguments) -> {
            if (!method.getName().equals("createHttpClient") || !(arguments[0] instanceof HttpClientOptions options)) {
                return method.invoke(vertx, arguments);
            }
            options.setIdleTimeoutUnit(TimeUnit.SECONDS)
                    .setReadIdleTimeout(Math.toIntExact(longestSilence.toSeconds()));
            return loggingLostWatches(vertx.createHttpClient(options));
        });
    }

    /** Logs the end of a watch that the API server did not close itself. */
    private static HttpClient loggingLostWatches(HttpClient client) {
        return proxy(HttpClient.class, (method, arguments) -> {
            var answer = method.invoke(client, arguments);
            if (answer instanceof Future<?> future
                    && arguments.length == 1
                    && arguments[0] instanceof WebSocketConnectOptions options) {
                var path = options.getURI().split("[?]", 2)[0];
                future.onSuccess(opened -> {
                    if (opened instanceof WebSocket socket) {
                        socket.closeHandler(_ -> logIfLost(socket, path));
                    }
                });
            }
            return answer;
        });
    }

    private static void logIfLost(WebSocket socket, String path) {
        if (socket.closeStatusCode() == null) {
            LOG.infof("The connection of a watch was lost; the watch begins again where it stopped: %s", path);
        }
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
                    try {
                        return call.make(method, arguments == null ? NO_ARGUMENTS : arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    @FunctionalInterface
    private interface Call {
        @Nullable
        Object make(Method method, Object[] arguments) throws ReflectiveOperationException;
    }

    /** As the factory makes it for itself. */
    private static Vertx vertx() {
        return Vertx.vertx(new VertxOptions()
                .setUseDaemonThread(true)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    }
}
