package dev.seqwatch.postgres.connection;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds how many connections receive data at the same time, because each needs heap and processor time. A connection
 * that only waits for its server needs neither: it returns its permit, so that servers that do not answer delay nobody.
 */
public final class WorkPermits {
    /** How long a connection may wait for its server before it returns its permit. */
    static final Duration PATIENCE = Duration.ofMillis(50);

    /** Bytes that a connection has to receive to be given {@link #PATIENCE} anew. */
    static final int BYTES_FOR_PATIENCE = 16 * 1024;

    /** Bytes that a connection may receive without a permit. */
    static final int BYTES_WITHOUT_PERMIT = 64 * 1024;

    private static final Duration LONGEST_DELAY = Duration.ofMillis(1_500);

    private final Semaphore permits;

    /** @param count connections that receive data at the same time, at least 1 */
    public WorkPermits(int count) {
        permits = new Semaphore(count, true);
    }

    /**
     * Waits for a permit, but not for long: a start without one does no harm, since a large answer needs one anyway.
     *
     * @return whether there was one in time
     */
    boolean acquireForStart() {
        try {
            return permits.tryAcquire(LONGEST_DELAY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void acquire() throws InterruptedException {
        permits.acquire();
    }

    void release() {
        permits.release();
    }
}
