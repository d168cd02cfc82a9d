package dev.seqwatch.postgres.connection;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One attempt to read one database, with the sockets that the driver opens for it, and its permit to receive data. */
public final class GuardedConnection implements AutoCloseable {
    /** The driver makes its socket factory from a class name and a text, so the text has to lead here. */
    private static final Map<String, GuardedConnection> BY_ID = new ConcurrentHashMap<>();

    private final String id = UUID.randomUUID().toString();
    private final ConnectionGuard guard;
    private final WorkPermits permits;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean permitted;
    private volatile boolean answered;
    private long waited;
    private int received;

    public GuardedConnection(ConnectionGuard guard, WorkPermits permits) {
        this.guard = guard;
        this.permits = permits;
        this.permitted = new AtomicBoolean(permits.acquireForStart());
        BY_ID.put(id, this);
    }

    static GuardedConnection byId(String id) throws SocketException {
        var connection = BY_ID.get(id);
        if (connection == null) {
            throw new SocketException("the connection is closed");
        }
        return connection;
    }

    /** Has the driver open its sockets through this guard. */
    void configure(Properties properties, Target.Host host) {
        properties.setProperty("socketFactory", GuardedSocketFactory.class.getName());
        properties.setProperty("socketFactoryArg", GuardedSocketFactory.argument(id, host));
    }

    /** Whether the server sent anything at all. */
    public boolean answered() {
        return answered;
    }

    ConnectionGuard guard() {
        return guard;
    }

    void abort() {
        sockets.forEach(GuardedConnection::close);
    }

    @Override
    public void close() {
        BY_ID.remove(id);
        abort(); // of an attempt that the driver has given up
        returnPermit();
        guard.closed(this);
    }

    void opened(Socket socket) throws SocketException {
        sockets.add(socket);
        guard.checkOpen(); // after the addition: an end in between closes the socket or is seen here
    }

    void closed(Socket socket) {
        sockets.remove(socket);
    }

    /** While the driver connects. */
    Future<?> connecting() {
        return ConnectionGuard.after(WorkPermits.PATIENCE, this::returnPermit);
    }

    long millis() {
        return guard.clock().millis();
    }

    /** Milliseconds that the next read may wait with the permit; null where it waits without one. */
    synchronized @Nullable Integer patience() {
        return permitted.get() ? (int) Math.max(1, WorkPermits.PATIENCE.toMillis() - waited) : null;
    }

    /** Waits for a permit where the answer is a large one. */
    synchronized void received(int bytes, long millis) throws IOException {
        if (bytes <= 0) {
            return;
        }
        answered = true;
        received += bytes;
        waited += millis;
        if (permitted.get()) {
            if (received >= WorkPermits.BYTES_FOR_PATIENCE) {
                startCounting();
            } else if (waited >= WorkPermits.PATIENCE.toMillis()) {
                returnPermit();
                startCounting();
            }
        } else if (received >= WorkPermits.BYTES_WITHOUT_PERMIT) {
            try {
                permits.acquire();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting to read on");
            }
            permitted.set(true);
            startCounting();
        }
    }

    synchronized void waitedTooLong() {
        returnPermit();
        startCounting();
    }

    private void startCounting() {
        received = 0;
        waited = 0;
    }

    private void returnPermit() {
        if (permitted.compareAndSet(true, false)) {
            permits.release();
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is of no more use either way
        }
    }
}
