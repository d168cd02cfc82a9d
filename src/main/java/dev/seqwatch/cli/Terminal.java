package dev.seqwatch.cli;

import dev.seqwatch.report.Printable;
import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Where answers and complaints go. Answers go to stdout alone, complaints to stderr. */
record Terminal(Map<String, String> environment) {
    private static final int DEFAULT_WIDTH = 100;
    private static final int BUFFER = 1 << 16;
    private static final int NARROWEST = 60;

    void print(String text) {
        write(System.out, text.endsWith("\n") ? text : text + "\n");
    }

    /** Text that comes in pieces, and a line's end after the last. */
    void print(Consumer<Consumer<String>> text) {
        var stream = new PrintStream(new BufferedOutputStream(System.out, BUFFER), false, StandardCharsets.UTF_8);
        text.accept(stream::print);
        stream.print('\n');
        stream.flush();
    }

    /** One line, whatever names it holds. */
    void complain(String line) {
        write(System.err, "seqwatch: " + Printable.line(line) + "\n");
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

    private static void write(PrintStream stream, String text) {
        stream.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        stream.flush();
    }
}
