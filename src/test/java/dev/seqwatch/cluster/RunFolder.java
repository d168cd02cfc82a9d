package dev.seqwatch.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A folder below {@code target/} that belongs to this process, and is swept by the next one when this is killed. */
public final class RunFolder {
    private RunFolder() {}

    /** {@code target/NAME/PID}, not made yet. What ended processes left beside it is deleted. */
    public static Path of(String name) {
        var parent = Tools.project().resolve("target").resolve(name);
        try (var folders = Files.list(Files.createDirectories(parent))) {
            folders.filter(folder -> folder.getFileName().toString().matches("[0-9]+"))
                    .filter(folder -> !isRunning(folder))
                    .forEach(RunFolder::delete);
        } catch (IOException e) {
            throw new ClusterFailure("can't use " + parent + ": " + e.getMessage(), e);
        }
        return parent.resolve(Long.toString(ProcessHandle.current().pid()));
    }

    /** Deletes a folder with all in it; what can't be deleted is named and stays, in the build folder. */
    public static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("not deleted: " + e.getMessage());
        }
    }

    private static boolean isRunning(Path folder) {
        return ProcessHandle.of(Long.parseLong(folder.getFileName().toString()))
                .map(ProcessHandle::isAlive)
                .orElse(false);
    }
}
