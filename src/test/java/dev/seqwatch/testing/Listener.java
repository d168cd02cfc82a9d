package dev.seqwatch.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A socket on loopback that treats every client the same, and counts them. */
public final class Listener implements AutoCloseable {
    private final ServerSocket socket;
    private final AtomicInteger clients = new AtomicInteger();

    private Listener(Treatment treatment) {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(() -> accept(treatment));
    }

    public static Listener of(Treatment treatment) {
        return new Listener(treatment);
    }

    /** Reads nothing and says nothing, like a host behind a network policy that drops packets. */
    public static Listener blackHole() {
        return of(_ -> Thread.sleep(60_000));
    }

    /** Ends every connection before it says a word, like a proxy without a server behind it. */
    public static Listener closing() {
        return of(Socket::close);
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** Connections until now. */
    public int clients() {
        return clients.get();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void accept(Treatment treatment) {
        while (!socket.isClosed()) {
            try {
                var client = socket.accept();
                clients.incrementAndGet();
                Thread.ofVirtual().start(() -> treat(treatment, client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void treat(Treatment treatment, Socket client) {
        try (client) {
            treatment.of(client);
        } catch (IOException | InterruptedException e) {
            // The client has gone.
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** What happens to a client; the connection ends after it. */
    @FunctionalInterface
    public interface Treatment {
        void of(Socket client) throws Exception;
    }
}
