package dev.seqwatch.postgres.connection;

import java.lang.ref.Cleaner;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Bounds by the heap how many sequences are held in memory at a time, over all databases that this process inspects. What
 * does not fit beside the others waits for them; what does not fit alone is refused, because an OutOfMemoryError would end
 * the inspection of every other database as well.
 */
public final class HeapPermits {
    public static final HeapPermits OF_PROCESS =
            new HeapPermits(Runtime.getRuntime().maxMemory());

    /** Measured with 60,000 serial columns, the largest that is held while they are read; {@code InspectionMemoryIT}. */
    private static final long BYTES_OF_A_SEQUENCE = 2_000;

    /** Defaults and tables are read of all schemas, and dropped for those that are not asked for. */
    private static final long BYTES_OF_ANOTHER_SEQUENCE = 1_200;

    /** Two thirds of the heap; the rest is for the program itself and for the history. */
    private static final long PARTS = 3;

    private static final long KIBIBYTE = 1_024;
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);
    private static final int MOST_WAITS = 150;
    private static final Cleaner CLEANER = Cleaner.create();

    private final int kibibytes;
    private final Semaphore free;

    public HeapPermits(long heapBytes) {
        kibibytes = (int) Math.min(Integer.MAX_VALUE, heapBytes / PARTS * (PARTS - 1) / KIBIBYTE);
        free = new Semaphore(kibibytes, true);
    }

    /** Sequences that fit when nothing else is held. */
    long capacity() {
        return kibibytes * KIBIBYTE / BYTES_OF_A_SEQUENCE;
    }

    /**
     * Waits until the database fits beside those that are held.
     *
     * @param inspected sequences of the schemas that are asked for
     * @param others sequences of all other schemas
     * @param giveUp whether nobody waits for the answer any more
     */
    public Permit acquire(long inspected, long others, BooleanSupplier giveUp) throws TooManySequencesException {
        var needed = (inspected * BYTES_OF_A_SEQUENCE + others * BYTES_OF_ANOTHER_SEQUENCE) / KIBIBYTE;
        if (needed > kibibytes) {
            throw new TooManySequencesException(
                    "has " + grouped(inspected + others) + " sequences, and the memory of Seqwatch holds "
                            + grouped(capacity()) + ". Inspect fewer schemas, or raise the memory limit.");
        }
        try {
            for (var waits = 0; !free.tryAcquire((int) needed, LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS); waits++) {
                if (waits == MOST_WAITS || giveUp.getAsBoolean()) {
                    throw new TooManySequencesException("has " + grouped(inspected + others)
                            + " sequences, and other databases filled the memory of Seqwatch for longer than this inspection may"
                            + " take. Raise the memory limit.");
                }
                System.gc(); // what is no longer held returns its permit when it is collected
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TooManySequencesException("was not read, because Seqwatch is ending.");
        }
        return new Permit(free, (int) needed);
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Room for one database. */
    public static final class Permit {
        private final Semaphore free;
        private final int kibibytes;

        private Permit(Semaphore free, int kibibytes) {
            this.free = free;
            this.kibibytes = kibibytes;
        }

        /** Nothing of the database is held. */
        public void release() {
            free.release(kibibytes);
        }

        /** Returned when the garbage collector finds that nobody holds the state any more. */
        public <T> T releaseWith(T state) {
            CLEANER.register(state, this::release);
            return state;
        }
    }

    /** The message goes on after the name of the database. */
    public static final class TooManySequencesException extends Exception {
        private static final long serialVersionUID = 1;

        TooManySequencesException(String message) {
            super(message);
        }
    }
}
