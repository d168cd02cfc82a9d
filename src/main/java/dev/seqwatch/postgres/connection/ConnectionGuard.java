package dev.seqwatch.postgres.connection;

import dev.seqwatch.model.ReadResult;
import java.net.SocketException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one inspection, which are all to one server. It ends them when the inspection is cancelled or takes
 * too long, whatever state they are in: a limit on each read would not stop a server that sends a byte now and then.
 */
public final class ConnectionGuard {
    private static final ScheduledThreadPoolExecutor TIMER = timer();
    private static final Duration NO_LIMIT = Duration.ofDays(1);

    /** The last of so many is for the sequences of databases whose turn comes late. */
    private static final int PARTS_OF_THE_TIME = 4;

    private final InstantSource clock;
    private final WorkPermits permits;
    private final Set<GuardedConnection> open = new HashSet<>();
    private final Map<Target.Host, NotConnectedException.HostFailure> lost = new ConcurrentHashMap<>();
    private final AtomicLong statementMillis = new AtomicLong();
    private Duration left = NO_LIMIT;
    private long runningSince;
    private @Nullable Future<?> deadline;
    private volatile Duration limit = NO_LIMIT;
    private volatile State state = State.Open;
    private volatile ReadResult.@Nullable Unreachable silence;

    private enum State {
        Open,
        Expired,
        Cancelled
    }

    public ConnectionGuard(InstantSource clock, WorkPermits permits) {
        this.clock = clock;
        this.permits = permits;
    }

    /**
     * Sets how long the inspection may take. Time in which it has no connection does not count: it then waits until other
     * inspections have left the server. The first limit holds.
     */
    public synchronized void limit(Duration time) {
        if (limit.equals(NO_LIMIT)) {
            limit = time;
            left = time;
        }
    }

    /** Closes every connection; those that are opened later fail. */
    public void cancel() {
        end(State.Cancelled);
    }

    /** How long the server worked on our statements, over all connections. */
    public Duration statementTime() {
        return Duration.ofMillis(statementMillis.get());
    }

    /** How long the inspection may take. */
    public Duration limit() {
        return limit;
    }

    /** Whether the rest of the time is needed for what an inspection cannot do without. */
    public synchronized boolean late() {
        var used = open.isEmpty() ? 0 : clock.millis() - runningSince;
        return left.minusMillis(used).compareTo(limit.dividedBy(PARTS_OF_THE_TIME)) < 0;
    }

    /** Whether the inspection took longer than its limit. */
    public boolean expired() {
        return state == State.Expired;
    }

    /** What showed that the server does not answer at all; null where nothing did. */
    public ReadResult.@Nullable Unreachable silence() {
        return silence;
    }

    public void silent(ReadResult.Unreachable reading) {
        silence = reading;
    }

    /** A host could not be reached. */
    void lost(NotConnectedException.HostFailure failure) {
        lost.put(failure.host(), failure);
    }

    /** Those of the hosts that could not be reached in this inspection; none where that is true of all. */
    Map<Target.Host, NotConnectedException.HostFailure> lost(List<Target.Host> hosts) {
        return lost.keySet().containsAll(hosts) ? Map.of() : Map.copyOf(lost);
    }

    void worked(long millis) {
        statementMillis.addAndGet(millis);
    }

    InstantSource clock() {
        return clock;
    }

    /** Waits a moment for a permit. The caller closes what it gets. */
    public GuardedConnection open() {
        var connection = new GuardedConnection(this, permits);
        synchronized (this) {
            if (open.isEmpty()) {
                runningSince = clock.millis();
                deadline = TIMER.schedule(() -> end(State.Expired), left.toMillis(), TimeUnit.MILLISECONDS);
            }
            open.add(connection);
        }
        return connection;
    }

    void checkOpen() throws SocketException {
        if (state != State.Open) {
            throw new SocketException("the inspection has ended");
        }
    }

    synchronized void closed(GuardedConnection connection) {
        if (open.remove(connection) && open.isEmpty()) {
            left = left.minusMillis(clock.millis() - runningSince);
            if (deadline != null) {
                deadline.cancel(false);
            }
        }
    }

    /** Runs a task after a time, unless it is cancelled before. */
    static Future<?> after(Duration time, Runnable task) {
        return TIMER.schedule(task, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void end(State how) {
        Set<GuardedConnection> closing;
        synchronized (this) {
            if (state == State.Open) {
                state = how;
            }
            closing = Set.copyOf(open);
        }
        closing.forEach(GuardedConnection::abort);
    }

    private static ScheduledThreadPoolExecutor timer() {
        var timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("connection-timer").factory());
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }
}
