package dev.seqwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.postgres.connection.PasswordFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Password files as libpq treats them. */
class EnvironmentTest {
    @TempDir
    private Path home;

    private final List<String> warnings = new ArrayList<>();

    @Test
    void the_file_in_home_is_read() throws IOException {
        file(".pgpass", "rw-------");

        assertThat(passwords(Map.of("HOME", home.toString()))).hasToString("1 lines");
        assertThat(warnings).isEmpty();
    }

    @Test
    void the_file_of_the_variable_comes_first() throws IOException {
        file(".pgpass", "rw-------");

        assertThat(passwords(Map.of("HOME", home.toString(), "PGPASSFILE", home + "/gone")))
                .isSameAs(PasswordFile.NONE);
        assertThat(passwords(Map.of(
                        "HOME",
                        "/nowhere",
                        "PGPASSFILE",
                        file("other", "r--------").toString())))
                .hasToString("1 lines");
        assertThat(warnings).isEmpty();
    }

    @Test
    void a_file_that_others_may_read_is_ignored_with_a_warning() throws IOException {
        for (var mode : List.of("rw-r-----", "rw----r--", "rw--w----", "rwxrwxrwx")) {
            var file = file(".pgpass", mode);

            assertThat(passwords(Map.of("HOME", home.toString()))).isSameAs(PasswordFile.NONE);
            assertThat(warnings)
                    .containsExactly("The password file " + file
                            + " is ignored because group or others have access: chmod 0600 " + file);
            warnings.clear();
        }
    }

    @Test
    void a_folder_is_ignored_with_a_warning() {
        assertThat(passwords(Map.of("PGPASSFILE", home.toString()))).isSameAs(PasswordFile.NONE);
        assertThat(warnings).containsExactly("The password file " + home + " is not a plain file and is ignored.");
    }

    private PasswordFile passwords(Map<String, String> variables) {
        return new Environment(variables).passwords(warnings::add);
    }

    private Path file(String name, String mode) throws IOException {
        var file = Files.writeString(home.resolve(name), "*:*:*:*:p\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
}
