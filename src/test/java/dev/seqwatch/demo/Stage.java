package dev.seqwatch.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Where the demo speaks. Every step says what it does, that it is alive, and how long it took. */
final class Stage {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final PrintStream out;
    private final boolean terminal;

    Stage(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    void blank() {
        out.println();
    }

    void title(String text) {
        blank();
        out.println(bold("== " + text));
        out.flush();
    }

    void say(String text) {
        text.lines().forEach(line -> out.println(line.isEmpty() ? "" : "   " + line));
        out.flush();
    }

    /** Shown as typed at a prompt. */
    void command(String text) {
        text.strip().lines().forEach(line -> out.println(bold("   $ " + line)));
        out.flush();
    }

    void statement(String text) {
        text.strip().lines().forEach(line -> out.println(bold("   " + line)));
        out.flush();
    }

    <T> T step(String what, Callable<T> work) throws Exception {
        var from = Instant.now();
        try (var thread =
                Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory())) {
            var result = thread.submit(work);
            while (true) {
                try {
                    var value = result.get(terminal ? 1 : 15, TimeUnit.SECONDS);
                    out.printf("%s   %s: %.1f s%n", terminal ? "\r\033[K" : "", what, seconds(from));
                    out.flush();
                    return value;
                } catch (TimeoutException e) {
                    out.printf(terminal ? "\r\033[K   %s, %.0f s" : "   %s, %.0f s so far%n", what, seconds(from));
                    out.flush();
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** Waits for something that takes its time, two minutes at most. */
    void await(String what, Supplier<Boolean> holds) throws Exception {
        step(what, () -> {
            var end = Instant.now().plus(PATIENCE);
            while (!holds.get()) {
                if (Instant.now().isAfter(end)) {
                    throw new IllegalStateException("gave up after " + PATIENCE.toMinutes() + " minutes: " + what);
                }
                Thread.sleep(100);
            }
            return true;
        });
    }

    private String bold(String text) {
        return terminal ? "\033[1m" + text + "\033[0m" : text;
    }

    private static double seconds(Instant from) {
        return Duration.between(from, Instant.now()).toMillis() / 1000.0;
    }
}
