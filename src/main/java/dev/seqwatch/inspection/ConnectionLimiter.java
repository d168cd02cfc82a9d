package dev.seqwatch.inspection;

import dev.seqwatch.postgres.connection.Target;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps the connections to one server, over all monitors that name it, at or below what each of them allows. They are
 * served in the order in which they ask, so that one with a low limit waits no longer than the others.
 */
final class ConnectionLimiter {
    private final Map<String, Server> servers = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    private static final class Server {
        private final Deque<Condition> waiting = new ArrayDeque<>();
        private int open;
    }

    /** Waits until the server has a connection for this target. */
    void acquire(Target target) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var server = servers.computeIfAbsent(target.address(), _ -> new Server());
            var turn = lock.newCondition();
            server.waiting.addLast(turn);
            try {
                while (!turn.equals(server.waiting.getFirst()) || server.open >= target.maxConnections()) {
                    turn.await();
                }
                server.open++;
            } finally {
                server.waiting.remove(turn);
                next(target.address(), server);
            }
        } finally {
            lock.unlock();
        }
    }

    void release(Target target) {
        lock.lock();
        try {
            var server = servers.get(target.address());
            if (server != null) {
                server.open--;
                next(target.address(), server);
            }
        } finally {
            lock.unlock();
        }
    }

    private void next(String address, Server server) {
        if (!server.waiting.isEmpty()) {
            server.waiting.getFirst().signal();
        } else if (server.open == 0) {
            servers.remove(address);
        }
    }
}
