package dev.seqwatch.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Ports that a process of Linux listens on: manual proc(5), net/tcp. */
final class Listeners {
    private static final int STATE = 3;
    private static final int INODE = 9;
    private static final String LISTEN = "0A";

    private Listeners() {}

    /** Local addresses in the kernel's hexadecimal form. */
    static List<String> of(long pid) throws IOException {
        var process = Path.of("/proc").resolve(Long.toString(pid));
        try (var descriptors = Files.list(process.resolve("fd"))) {
            var sockets = descriptors.map(Listeners::target).collect(Collectors.toSet());
            return Stream.of("net/tcp", "net/tcp6")
                    .flatMap(table -> lines(process.resolve(table)))
                    .map(line -> line.strip().split("\\s+"))
                    .filter(row -> row[STATE].equals(LISTEN) && sockets.contains("socket:[" + row[INODE] + "]"))
                    .map(row -> row[1])
                    .toList();
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "closed meanwhile";
        }
    }

    private static Stream<String> lines(Path table) {
        try {
            return Files.exists(table) ? Files.readAllLines(table).stream() : Stream.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
