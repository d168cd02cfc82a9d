package dev.seqwatch.cli;

import dev.seqwatch.report.text.Printable;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** Where answers and complaints go. Answers go to stdout alone, complaints to stderr. */
public record Terminal(Map<String, String> environment) {
    private static final int DEFAULT_WIDTH = 100;
    private static final int BUFFER = 1 << 16;
    private static final int NARROWEST = 60;

    /**
     * Text and a line's end after it.
     *
     * @throws UsageException where stdout cannot hold it
     */
    public void print(String text) throws UsageException {
        print(out -> out.accept(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text));
    }

    /**
     * Text that comes in pieces, and a line's end after the last. A reader that closes its end of a pipe, as head does, has
     * read enough.
     *
     * @throws UsageException where stdout cannot hold it
     */
    public void print(Consumer<Consumer<String>> text) throws UsageException {
        @SuppressWarnings("resource") // stdout stays open
        var out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER);
        try {
            text.accept(piece -> write(out, piece));
            write(out, "\n");
            out.flush();
        } catch (UncheckedIOException e) {
            failUnlessClosed(Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            failUnlessClosed(e);
        }
    }

    private static void write(OutputStream out, String piece) {
        try {
            out.write(piece.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void failUnlessClosed(IOException e) throws UsageException {
        var reason = String.valueOf(e.getMessage());
        if (!reason.contains("Broken pipe")) {
            throw new UsageException("The answer could not be written to stdout: " + reason + ".");
        }
    }

    /** One line, whatever names it holds. */
    public void complain(String line) {
        System.err.writeBytes(("seqwatch: " + Printable.line(line) + "\n").getBytes(StandardCharsets.UTF_8));
        System.err.flush();
    }

    /** As no-color.org has it. */
    @SuppressWarnings("SystemConsoleNull") // null where the JVM is told to have none (jdk.console)
    boolean colour() {
        var console = System.console();
        return console != null
                && console.isTerminal()
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(environment.get("TERM"));
    }

    int width() {
        return Optional.ofNullable(environment.get("COLUMNS"))
                .filter(columns -> columns.matches("[0-9]{1,4}"))
                .map(Integer::parseInt)
                .map(columns -> Math.max(NARROWEST, columns))
                .orElse(DEFAULT_WIDTH);
    }
}
