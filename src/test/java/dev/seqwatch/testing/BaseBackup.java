package dev.seqwatch.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;

/** A copy of a running server's data that follows it: what pg_basebackup -R makes, which embedded servers do not bring. */
final class BaseBackup {
    private BaseBackup() {}

    /** Manual, section 25.3.3: start, copy all but the log and the process's own files, stop, keep the label. */
    static void of(PostgresServer primary, Path copy) throws SQLException {
        var old = primary.major() < 15;
        try (var connection = primary.connect("postgres", primary.superuser())) {
            value(connection, "SELECT " + (old ? "pg_start_backup('s', true, false)" : "pg_backup_start('s', true)"));
            copy(Path.of(value(connection, "SHOW data_directory")), copy);
            var label = value(
                    connection,
                    "SELECT labelfile FROM " + (old ? "pg_stop_backup(false, false)" : "pg_backup_stop(false)"));
            Files.writeString(copy.resolve("backup_label"), label);
            Files.createFile(copy.resolve("standby.signal"));
            Files.writeString(
                    copy.resolve("postgresql.auto.conf"),
                    "primary_conninfo = 'host=%s port=%d user=%s'%n"
                            .formatted(primary.host(), primary.port(), primary.superuser()),
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String value(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (!folder.equals(from)) {
                    Files.copy(folder, to.resolve(from.relativize(folder)), StandardCopyOption.COPY_ATTRIBUTES);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                var name = from.relativize(file);
                if (!name.startsWith("pg_wal")
                        && !name.startsWith("postmaster.pid")
                        && !name.startsWith("pg_replslot")) {
                    copyFile(file, to.resolve(name));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
    }

    /** Temporary files come and go. */
    private static void copyFile(Path file, Path copy) throws IOException {
        try {
            Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (NoSuchFileException _) {
            Files.deleteIfExists(copy);
        }
    }
}
