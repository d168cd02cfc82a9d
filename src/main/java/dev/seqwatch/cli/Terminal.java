package dev.seqwatch.cli;

import dev.seqwatch.report.text.Printable;
import java.io.BufferedOutputStream;
import java.io.File;
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
import java.util.regex.Pattern;

/** Where answers and complaints go. Answers go to stdout alone, complaints to stderr. */
public record Terminal(Map<String, String> environment) {
    private static final int DEFAULT_WIDTH = 100;
    private static final int BUFFER = 1 << 16;
    private static final int NARROWEST = 40;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");

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
    boolean colour() {
        return isTerminal() && environment.getOrDefault("NO_COLOR", "").isEmpty() && !dumb();
    }

    /** Whether it understands no escape codes. */
    boolean dumb() {
        return "dumb".equals(environment.get("TERM"));
    }

    /** By COLUMNS, which shells seldom export, else as the terminal says. */
    int width() {
        return columns(environment.getOrDefault("COLUMNS", ""))
                .or(() -> isTerminal() ? ask() : Optional.empty())
                .orElse(DEFAULT_WIDTH);
    }

    /** An empty value, and the 0 of a terminal that does not know its size, say nothing. */
    private static Optional<Integer> columns(String text) {
        return Optional.of(text)
                .filter(columns -> NUMBER.matcher(columns).matches())
                .map(Integer::parseInt)
                .filter(columns -> columns > 0)
                .map(columns -> Math.max(NARROWEST, columns));
    }

    /** Java does not know the size of a terminal. {@code stty size} prints rows and columns. */
    private static Optional<Integer> ask() {
        try {
            var stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (var answer = stty.inputReader(StandardCharsets.US_ASCII)) {
                var size = String.valueOf(answer.readLine()).split(" ", -1);
                return columns(size[size.length - 1]);
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @SuppressWarnings("SystemConsoleNull") // null where the JVM is told to have none (jdk.console)
    private static boolean isTerminal() {
        var console = System.console();
        return console != null && console.isTerminal();
    }
}
