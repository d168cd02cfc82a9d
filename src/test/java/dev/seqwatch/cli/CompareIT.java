package dev.seqwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/seqwatch compare} as a person runs it before a cutover. */
final class CompareIT {
    private static final String TABLE = "CREATE TABLE t (id bigserial PRIMARY KEY, v int);";

    private static Launcher launcher;
    private static PostgresServer server;
    private static Database source;
    private static Database target;

    @BeforeAll
    static void start() throws Exception {
        launcher = Launcher.plain();
        server = PostgresServer.of(18);
        source = server.database();
        source.execute(TABLE + "INSERT INTO t (v) VALUES (1), (2)");
        target = server.database();
        target.execute(TABLE + "INSERT INTO t VALUES (1, 1), (2, 2)");
    }

    @AfterAll
    static void drop() throws Exception {
        for (var database : List.of(source, target)) {
            database.close();
        }
    }

    @Test
    void the_answer_changes_with_the_script(@TempDir Path folder) throws Exception {
        target.execute("ALTER SEQUENCE t_id_seq RESTART");
        var without = launcher.run("compare", uri(source), uri(target), "--apart", "0s", "-o", "json");
        assertThat(without.exitCode()).isEqualTo(2);
        assertThat(without.stdout()).contains("\"kind\" : \"PositionBehind\"", "\"kind\" : \"SubscriptionMissing\"");

        var script =
                launcher.run("compare", uri(source), uri(target), "--apart", "0s", "--no-subscription", "-o", "sql");
        assertThat(script.exitCode()).isEqualTo(2);
        target.execute(script.stdout().replace("\\set ON_ERROR_STOP on", ""));

        assertThat(launcher.run("compare", uri(source), uri(target), "--apart", "0s")
                        .exitCode())
                .isEqualTo(3);
        var file = Files.writeString(
                folder.resolve("target.yaml"), """
                apiVersion: seqwatch.dev/v1alpha1
                kind: SequenceMonitor
                metadata: {name: shop}
                spec:
                  databases: {include: [%s]}
                  connection: {host: %s, port: %s, credentials: {secretRef: {name: shop}}}
                """.formatted(target.name(), server.host(), server.port()));
        var watched = launcher.with("PGUSER", server.superuser())
                .with("PGPASSWORD", server.password())
                .run("compare", uri(source), file.toString(), "--apart", "0s", "--no-subscription", "--watch");
        assertThat(watched.exitCode()).as(watched::stderr).isZero();
        assertThat(watched.stdout().lines().toList().getLast()).contains("  go  ");
    }

    @Test
    void what_cannot_be_looked_at_is_no_answer() throws Exception {
        var missing = launcher.run("compare", uri(source), uri(source) + "_gone");
        assertThat(missing.exitCode()).isEqualTo(3);
        assertThat(missing.stdout()).isEmpty();
        assertThat(missing.stderr()).startsWith("seqwatch: UNKNOWN: The target could not be read: ");

        var alone = launcher.run("compare", uri(source));
        assertThat(alone.exitCode()).isEqualTo(3);
        assertThat(alone.stderr()).startsWith("seqwatch: Missing required parameter: 'TARGET'");

        var time = launcher.run("compare", uri(source), uri(target), "--apart", "soon");
        assertThat(time.exitCode()).isEqualTo(3);
        assertThat(time.stderr()).isEqualTo("seqwatch: --apart soon is no time: write for example 30s, 5m or 2h.\n");
    }

    private static String uri(Database database) {
        return "postgresql://%s:%s@%s:%s/%s"
                .formatted(server.superuser(), server.password(), server.host(), server.port(), database.name());
    }
}
