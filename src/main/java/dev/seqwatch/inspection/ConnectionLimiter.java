package dev.seqwatch.inspection;

import dev.seqwatch.catalog.Target;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps the connections to one server, over all monitors that name it, at or below what each of them allows. */
final class ConnectionLimiter {
    private final Map<String, Integer> open = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition closed = lock.newCondition();

    /** Waits for its turn. */
    void acquire(Target target) throws InterruptedException {
        lock.lock();
        try {
            while (open.getOrDefault(target.address(), 0) >= target.maxConnections()) {
                closed.await();
            }
            open.merge(target.address(), 1, Integer::sum);
        } finally {
            lock.unlock();
        }
    }

    void release(Target target) {
        lock.lock();
        try {
            open.computeIfPresent(target.address(), (_, count) -> count == 1 ? null : count - 1);
            closed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
