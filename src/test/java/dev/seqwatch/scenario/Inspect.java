package dev.seqwatch.scenario;

import dev.seqwatch.check.CheckPolicy;
import dev.seqwatch.check.Checks;
import dev.seqwatch.check.Finding;
import dev.seqwatch.check.Severity;
import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.postgres.catalog.Scope;
import dev.seqwatch.postgres.connection.Target;
import dev.seqwatch.reading.DatabaseReader;
import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.PsqlScript;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/** One inspection of a database as its superuser, by all checks. */
public final class Inspect {
    private Inspect() {}

    public static List<Finding> at(Database database) {
        return Checks.run(state(database), CheckPolicy.DEFAULT, DatabaseHistory.NONE);
    }

    public static DatabaseState state(Database database) {
        return state(database, database.target());
    }

    static DatabaseState state(Database database, Target target) {
        return switch (new DatabaseReader(InstantSource.system()).read(target, database.name(), Scope.ALL)) {
            case ReadResult.Success(var state) -> state;
            case ReadResult.Unreachable unreachable -> throw new AssertionError(unreachable.toString());
        };
    }

    static List<String> of(Database database, String check) {
        return at(database).stream()
                .filter(finding -> finding.check().equals(check))
                .map(finding -> finding.severity() + " " + finding.subject())
                .toList();
    }

    public static List<String> bad(Database database) {
        return at(database).stream()
                .filter(Inspect::bad)
                .map(finding -> finding.severity() + " " + finding.check() + " " + finding.subject())
                .toList();
    }

    static boolean bad(Finding finding) {
        return finding.severity() != Severity.Info;
    }

    static void run(Database database, Finding finding) throws SQLException {
        run(database, database.server().superuser(), finding);
    }

    static void run(Database database, String role, Finding finding) throws SQLException {
        try (var connection = database.connect(role)) {
            PsqlScript.run(connection, Objects.requireNonNull(finding.remedy()));
        }
    }
}
