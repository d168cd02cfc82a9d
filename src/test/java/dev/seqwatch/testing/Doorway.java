package dev.seqwatch.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A way to a server that notes when each connection was made, and can freeze connections: they stay open, and nothing passes
 * any more, as when a firewall forgets them.
 */
public final class Doorway implements AutoCloseable {
    private static final int CHUNK = 16_384;

    private final ServerSocket listener;
    private final List<Instant> connections = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final Set<Socket> frozen = ConcurrentHashMap.newKeySet();

    private Doorway(ServerSocket listener) {
        this.listener = listener;
    }

    public static Doorway to(String host, int port) throws IOException {
        var doorway = new Doorway(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().start(() -> {
            while (!doorway.listener.isClosed()) {
                try {
                    var client = doorway.listener.accept();
                    doorway.connections.add(Instant.now());
                    var server = new Socket(host, port);
                    doorway.sockets.addAll(List.of(client, server));
                    Thread.ofVirtual().start(() -> doorway.pass(client, server));
                    Thread.ofVirtual().start(() -> doorway.pass(server, client));
                } catch (IOException e) {
                    // closed
                }
            }
        });
        return doorway;
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** When each connection was made, in their order. */
    public List<Instant> connections() {
        return List.copyOf(connections);
    }

    /** What was connected until now stays open and passes nothing any more; new connections pass. */
    public void freeze() {
        frozen.addAll(sockets);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (var socket : sockets) {
            socket.close();
        }
    }

    private void pass(Socket from, Socket to) {
        try (from;
                to) {
            var bytes = new byte[CHUNK];
            for (var count = from.getInputStream().read(bytes);
                    count >= 0;
                    count = from.getInputStream().read(bytes)) {
                if (!frozen.contains(from)) {
                    to.getOutputStream().write(bytes, 0, count);
                }
            }
        } catch (IOException e) {
            // either side has gone
        }
    }
}
