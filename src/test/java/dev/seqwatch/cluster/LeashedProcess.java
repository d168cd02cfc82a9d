package dev.seqwatch.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program that ends when this JVM does, however that ends: the leash is a pipe, which closes on SIGKILL too. */
public final class LeashedProcess implements AutoCloseable {
    private static final String LEASH = """
            exec 3<&0
            "$@" </dev/null 3<&- &
            child=$!
            { read -r _ <&3; kill -9 $child; } 2>/dev/null &
            watcher=$!
            wait $child
            kill $watcher 2>/dev/null
            """;

    private final Process shell;
    private final Path log;

    private LeashedProcess(Process shell, Path log) {
        this.shell = shell;
        this.log = log;
    }

    /** Starts the command; what it prints is appended to the log. */
    public static LeashedProcess start(Path log, List<String> command) throws IOException {
        var leashed = new ArrayList<>(List.of("/bin/sh", "-c", LEASH, "leash"));
        leashed.addAll(command);
        var output = ProcessBuilder.Redirect.appendTo(log.toFile());
        return new LeashedProcess(
                new ProcessBuilder(leashed)
                        .redirectOutput(output)
                        .redirectError(output)
                        .start(),
                log);
    }

    public boolean isAlive() {
        return shell.isAlive();
    }

    /** Fails where it has ended, and says where it told why. */
    public void expectAlive() {
        if (!isAlive()) {
            var name = log.getFileName().toString().replace(".log", "");
            throw new ClusterFailure("%s has ended, see %s".formatted(name, log));
        }
    }

    public Path log() {
        return log;
    }

    /** Kills the program as SIGKILL does and waits until it is gone. */
    @Override
    public void close() {
        try {
            shell.getOutputStream().close();
        } catch (IOException e) {
            // the shell has ended, and with it the program
        }
        shell.onExit().join();
    }
}
