package dev.seqwatch.cli;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** A line on stderr that shows that a long inspection still runs. It appears on a terminal alone, and is removed at the end. */
final class Progress implements AutoCloseable {
    private static final long SECONDS_UNTIL_SHOWN = 2;

    private final Thread ticker = Thread.ofPlatform().daemon().name("progress").unstarted(this::run);
    private final Thread interrupted = new Thread(this::erase, "progress-interrupted");
    private final InstantSource clock;
    private final long begin;
    private final String text;
    private final int width;
    private int shown;
    private volatile boolean over;

    private Progress(String text, int width, InstantSource clock) {
        this.clock = clock;
        this.begin = clock.millis();
        this.text = text;
        this.width = width;
    }

    /** @param text says what is being done; the seconds since then follow */
    static Progress start(String text, Terminal terminal, InstantSource clock) {
        var progress = new Progress(text, terminal.width(), clock);
        if (!terminal.dumb()) {
            Runtime.getRuntime().addShutdownHook(progress.interrupted);
            progress.ticker.start();
        }
        return progress;
    }

    @Override
    public void close() {
        ticker.interrupt();
        erase();
        try {
            Runtime.getRuntime().removeShutdownHook(interrupted);
        } catch (IllegalStateException e) {
            // the program ends
        }
    }

    /** Asks about the terminal late, because that takes a process. */
    private void run() {
        try {
            TimeUnit.SECONDS.sleep(SECONDS_UNTIL_SHOWN);
            if (stderrIsATerminal()) {
                while (!over) {
                    show();
                    TimeUnit.SECONDS.sleep(1);
                }
            }
        } catch (InterruptedException e) {
            // the inspection is over
        }
    }

    private synchronized void show() {
        if (!over) {
            var line = text + ": " + TimeUnit.MILLISECONDS.toSeconds(clock.millis() - begin) + " s";
            shown = Math.min(line.length(), width - 1);
            write("\r" + line.substring(0, shown));
        }
    }

    private synchronized void erase() {
        over = true;
        if (shown > 0) {
            write("\r" + " ".repeat(shown) + "\r"); // no escape code, which NO_COLOR and simple terminals do not want
            shown = 0;
        }
    }

    private static void write(String text) {
        System.err.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        System.err.flush();
    }

    private static boolean stderrIsATerminal() throws InterruptedException {
        try {
            return new ProcessBuilder("sh", "-c", "test -t 2")
                            .redirectError(Redirect.INHERIT)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
