package dev.seqwatch.testing;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** An address where something other than a healthy PostgreSQL server answers, or nothing. */
public final class BadServer implements AutoCloseable {
    /** What a client meets there. */
    public enum Kind {
        /** Connections are made by the kernel, and no byte is ever sent. */
        Silent,
        /** The kernel accepts no connection any more, as behind a network policy. */
        Unreachable,
        /** Logs in, and then sends a byte a second. */
        Drip,
        /** Nobody listens. */
        Refusing,
        /** Ends each connection after the login. */
        Cut
    }

    private static final int GSS_OR_SSL = 8;
    private static final int BACKLOG = 1;

    private final ServerSocket listener;
    private final int port;
    private final List<Socket> sockets = new ArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();

    private BadServer(ServerSocket listener, int port) {
        this.listener = listener;
        this.port = port;
    }

    public static BadServer start(Kind kind) throws IOException {
        if (kind == Kind.Refusing) {
            return refusing();
        }
        var listener = new ServerSocket(0, kind == Kind.Unreachable ? BACKLOG : 50, loopback());
        var server = new BadServer(listener, listener.getLocalPort());
        switch (kind) {
            case Silent -> server.accept(_ -> {});
            case Unreachable -> server.fillBacklog();
            case Drip -> server.accept(BadServer::drip);
            case Refusing -> throw new IllegalStateException();
            case Cut -> server.accept(BadServer::cut);
        }
        return server;
    }

    public int port() {
        return port;
    }

    /** Connections that were made so far. */
    public int connections() {
        return connections.get();
    }

    /** Connections that a client has not closed yet; asked only of a server that sends nothing. */
    public synchronized long open() throws IOException {
        var open = 0;
        for (var socket : sockets) {
            socket.setSoTimeout(1);
            try {
                while (socket.getInputStream().read() >= 0) {
                    // what the client has sent
                }
            } catch (SocketTimeoutException e) {
                open++;
            } catch (IOException e) {
                // reset by the client
            }
        }
        return open;
    }

    @Override
    public synchronized void close() throws IOException {
        listener.close();
        for (var socket : sockets) {
            socket.close();
        }
    }

    /** A port that is taken, so that nobody else listens on it either. */
    private static BadServer refusing() throws IOException {
        var taken = new Socket();
        taken.bind(new InetSocketAddress(loopback(), 0));
        var server = new BadServer(new ServerSocket(), taken.getLocalPort());
        server.sockets.add(taken);
        return server;
    }

    @FunctionalInterface
    private interface Talk {
        void with(Socket client) throws IOException, InterruptedException;
    }

    private void accept(Talk talk) {
        Thread.ofVirtual().start(() -> {
            while (!listener.isClosed()) {
                try {
                    var client = listener.accept();
                    connections.incrementAndGet();
                    synchronized (this) {
                        sockets.add(client);
                    }
                    Thread.ofVirtual().start(() -> talk(talk, client));
                } catch (IOException e) {
                    // closed
                }
            }
        });
    }

    private static void talk(Talk talk, Socket client) {
        try {
            talk.with(client);
        } catch (IOException e) {
            // the client has gone
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void fillBacklog() throws IOException {
        while (true) {
            var socket = new Socket();
            sockets.add(socket);
            try {
                socket.connect(new InetSocketAddress(loopback(), port()), 200);
            } catch (SocketTimeoutException e) {
                return;
            }
        }
    }

    private static void drip(Socket client) throws IOException, InterruptedException {
        login(client);
        var out = new DataOutputStream(client.getOutputStream());
        out.writeByte('N'); // a notice that is long
        out.writeInt(1_000_000);
        while (true) {
            out.writeByte('x');
            Thread.sleep(1_000);
        }
    }

    private static void cut(Socket client) throws IOException {
        login(client);
        client.close();
    }

    /** Manual, section 54.2.1: no TLS, no password, ready. */
    private static void login(Socket client) throws IOException {
        var in = new DataInputStream(client.getInputStream());
        var out = new DataOutputStream(client.getOutputStream());
        var length = in.readInt();
        while (length == GSS_OR_SSL) {
            in.skipNBytes(length - 4L);
            out.writeByte('N');
            length = in.readInt();
        }
        in.skipNBytes(length - 4L);
        out.writeByte('R');
        out.writeInt(8);
        out.writeInt(0);
        var version = "server_version\00018.0\0".getBytes(StandardCharsets.US_ASCII);
        out.writeByte('S');
        out.writeInt(4 + version.length);
        out.write(version);
        out.writeByte('Z');
        out.writeInt(5);
        out.writeByte('I');
        out.flush();
        var query = in.readByte();
        assert query == 'Q' : query;
    }

    private static InetAddress loopback() {
        return InetAddress.getLoopbackAddress();
    }
}
