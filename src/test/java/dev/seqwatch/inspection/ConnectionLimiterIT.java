package dev.seqwatch.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.seqwatch.postgres.connection.Target;
import dev.seqwatch.testing.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConnectionLimiterIT {
    private final ConnectionLimiter limiter = new ConnectionLimiter();
    private final AtomicInteger open = new AtomicInteger();

    @Test
    void a_low_limit_is_served_beside_a_high_one_and_the_high_one_is_kept() throws InterruptedException {
        var over = new AtomicBoolean();
        var threads = new ArrayList<Thread>();
        for (var i = 0; i < 8; i++) {
            threads.add(Thread.ofVirtual().start(() -> useForEver(5, over)));
        }
        var served = new AtomicInteger();
        threads.add(Thread.ofVirtual().start(() -> {
            for (var i = 0; i < 20; i++) {
                use(1, over);
                served.incrementAndGet();
            }
        }));
        await().atMost(Duration.ofSeconds(60)).until(() -> served.get() == 20);
        assertThat(over).isFalse();
        threads.forEach(Thread::interrupt);
        for (var thread : threads) {
            thread.join();
        }
        assertThat(open).hasValue(0);
    }

    @Test
    void one_that_is_interrupted_while_it_waits_lets_the_next_one_through() throws InterruptedException {
        limiter.acquire(target(1));
        var impatient = Thread.ofVirtual().start(() -> use(1, new AtomicBoolean()));
        await().until(() -> impatient.getState() == Thread.State.WAITING);
        var patient = Thread.ofVirtual().start(() -> use(2, new AtomicBoolean()));
        await().until(() -> patient.getState() == Thread.State.WAITING);
        impatient.interrupt();
        assertThat(patient.join(Duration.ofSeconds(2))).isTrue();
        limiter.release(target(1));
    }

    private void useForEver(int max, AtomicBoolean over) {
        while (!Thread.interrupted()) {
            use(max, over);
        }
    }

    private void use(int max, AtomicBoolean over) {
        try {
            limiter.acquire(target(max));
            if (open.incrementAndGet() > 5) {
                over.set(true);
            }
            try {
                Thread.sleep(2);
            } finally {
                open.decrementAndGet();
                limiter.release(target(max));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Target target(int maxConnections) {
        return new Target(
                List.of(new Target.Host("db", 5432)),
                new Target.Credentials("seqwatch", null),
                Target.Tls.PREFER,
                maxConnections,
                Target.Timeouts.DEFAULT,
                Database.ORIGIN);
    }
}
