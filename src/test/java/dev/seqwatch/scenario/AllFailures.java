package dev.seqwatch.scenario;

import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.PsqlScript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/** One database with every failure side by side: {@code src/test/resources/zoo}. */
final class AllFailures {
    private AllFailures() {}

    static void fill(Database database) throws SQLException {
        for (var role : new String[] {"app", "team", "other"}) {
            database.execute("CREATE ROLE " + role(database, role) + " LOGIN");
        }
        run(database, read("zoo.sql"));
        if (database.server().major() >= 15) {
            run(database, read("unlogged.sql"));
        }
    }

    static String role(Database database, String name) {
        return database.name() + "_" + name;
    }

    static void run(Database database, String script) throws SQLException {
        try (var connection = database.connect(database.server().superuser())) {
            PsqlScript.run(connection, script.replace("@", role(database, "")));
        }
    }

    private static String read(String name) {
        try (var file = AllFailures.class.getResourceAsStream("/zoo/" + name)) {
            if (file == null) {
                throw new IllegalStateException("src/test/resources/zoo/" + name + " is missing");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
