package dev.seqwatch.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.seqwatch.check.CheckPolicy;
import dev.seqwatch.check.Checks;
import dev.seqwatch.check.Finding;
import dev.seqwatch.check.Severity;
import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.postgres.catalog.Scope;
import dev.seqwatch.reading.DatabaseReader;
import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.PostgresServer;
import dev.seqwatch.testing.PsqlScript;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;

/**
 * All cases of one check side by side in one database of one server: set up, damaged, inspected, mended, inspected again.
 * A healthy case is any without findings; beside the sick ones it is their neighbour.
 */
final class ScenarioRunner {

    private static final String OWNER = "owner";

    private final Database database;
    private final FindingPrinter printer;
    private final Connection connection;
    private final List<Scenario> cases;
    private final Map<Scenario, Throwable> failures = new HashMap<>();
    private List<Finding> before = List.of();
    private List<Finding> after = List.of();

    private ScenarioRunner(String check, PostgresServer server, List<Scenario> all) throws SQLException {
        this.database = server.database();
        this.printer = new FindingPrinter(check, database);
        this.connection = database.connect(server.superuser());
        this.cases = all.stream()
                .filter(candidate -> candidate.since <= server.major())
                .toList();
    }

    static Stream<DynamicContainer> allServers(String check, Scenario... cases) {
        return PostgresServer.all()
                .map(server -> dynamicContainer(server.toString(), nodes(check, server, List.of(cases))));
    }

    private static Stream<DynamicNode> nodes(String check, PostgresServer server, List<Scenario> cases) {
        try {
            var runner = new ScenarioRunner(check, server, cases);
            runner.runAll();
            return Stream.<DynamicNode>concat(
                            runner.cases.stream()
                                    .map(scenario -> dynamicTest(scenario.schema, () -> runner.examine(scenario))),
                            Stream.of(dynamicTest("nothing else got worse", runner::nothingWorse)))
                    .onClose(runner::close);
        } catch (SQLException e) {
            throw new IllegalStateException(server + " did not do its part", e);
        }
    }

    private void runAll() throws SQLException {
        createRoles();
        cases.forEach(scenario -> attempt(scenario, () -> {
            if (!scenario.damages.isEmpty()) {
                setUp(scenario);
                damage(scenario);
                database.execute("DROP SCHEMA " + scenario.schema + " CASCADE");
            }
            setUp(scenario);
        }));
        before = inspect();
        cases.forEach(scenario -> attempt(scenario, () -> fix(scenario)));
        after = inspect();
        cases.forEach(scenario -> attempt(scenario, () -> undamaged(scenario)));
    }

    private void examine(Scenario scenario) {
        var failure = failures.get(scenario);
        if (failure != null) {
            throw new AssertionError(printer.print(scenario, before, after) + "\n" + failure, failure);
        }
        var expected = scenario.findings.stream().sorted().toList();
        assertThat(printer.lines(scenario, before))
                .as(printer.print(scenario, before, after))
                .isEqualTo(expected);
        for (var said : scenario.texts) {
            assertThat(printer.found(scenario, before)
                            .filter(finding -> printer.line(scenario, finding).equals(said.finding()))
                            .map(Finding::message))
                    .singleElement()
                    .asString()
                    .contains(said.text());
        }
        var left = scenario.undecided.stream().sorted().toList();
        assertThat(printer.found(scenario, before)
                        .filter(finding -> finding.remedy() == null)
                        .map(finding -> printer.line(scenario, finding))
                        .sorted())
                .as("left to a person\n" + printer.print(scenario, before, after))
                .isEqualTo(left);
        assertThat(printer.lines(scenario, after))
                .as("left after the remedies\n" + printer.print(scenario, before, after))
                .isEqualTo(Stream.concat(left.stream(), scenario.left.stream())
                        .sorted()
                        .toList());
    }

    private void nothingWorse() {
        assertThat(after.stream().filter(FindingPrinter::bad).map(FindingPrinter::key))
                .isSubsetOf(before.stream()
                        .flatMap(finding -> Arrays.stream(Severity.values())
                                .filter(severity -> severity.compareTo(finding.severity()) >= 0)
                                .map(severity -> FindingPrinter.key(severity, finding)))
                        .toList());
    }

    private void createRoles() throws SQLException {
        var roles = new TreeMap<String, String>();
        roles.put("owner", "");
        cases.forEach(scenario -> roles.putAll(scenario.roles));
        for (var role : roles.entrySet()) {
            var login = role.getValue().contains("LOGIN") ? "" : "LOGIN ";
            database.execute(sql("CREATE ROLE @%s %s%s".formatted(role.getKey(), login, role.getValue())));
        }
    }

    private void setUp(Scenario scenario) throws SQLException {
        database.execute(sql("CREATE SCHEMA %s AUTHORIZATION @owner; GRANT USAGE ON SCHEMA %s TO PUBLIC"
                .formatted(scenario.schema, scenario.schema)));
        for (var given : scenario.given) {
            run(scenario, given.role(), given.sql());
        }
    }

    private void damage(Scenario scenario) throws SQLException {
        for (var damage : scenario.damages) {
            switch (damage) {
                case Scenario.Damage.Fails(var role, var sql, var state) -> fails(scenario, role, sql, state);
                case Scenario.Damage.Refused(var sql, var state) -> fails(scenario, "", sql, state);
                case Scenario.Damage.Harms(var sql, var harm) -> {
                    run(scenario, OWNER, sql);
                    assertThat(harm(harm, scenario)).as(harm).isEqualTo("t");
                }
            }
        }
    }

    private void fails(Scenario scenario, String role, String sql, String state) {
        assertThatThrownBy(() -> run(scenario, role, sql))
                .as(sql)
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo(state));
    }

    private void fix(Scenario scenario) throws SQLException {
        var remedies = printer.found(scenario, before).map(Finding::remedy).toList();
        for (var remedy : remedies) {
            if (remedy != null) {
                run(scenario, OWNER, remedy);
            }
        }
    }

    private void undamaged(Scenario scenario) throws SQLException {
        if (!scenario.undecided.isEmpty()) {
            return;
        }
        for (var damage : scenario.damages) {
            switch (damage) {
                case Scenario.Damage.Fails(var role, var sql, var _) -> run(scenario, role, sql);
                case Scenario.Damage.Refused(var sql, var state) -> fails(scenario, "", sql, state);
                case Scenario.Damage.Harms(var sql, var harm) -> {
                    run(scenario, OWNER, sql);
                    assertThat(harm(harm, scenario)).as(harm).isEqualTo("f");
                }
            }
        }
    }

    private String harm(String query, Scenario scenario) throws SQLException {
        connection.setSchema(scenario.schema);
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** As a role that logged in by itself would run it, and then as if it had left. */
    private void run(Scenario scenario, String role, String sql) throws SQLException {
        try {
            if (!role.isEmpty()) {
                PsqlScript.run(connection, sql("SET SESSION AUTHORIZATION @%s;".formatted(role)));
            }
            connection.setSchema(scenario.schema);
            PsqlScript.run(connection, sql(sql.strip().endsWith(";") ? sql : sql + ";"));
        } finally {
            PsqlScript.run(connection, "ROLLBACK; DISCARD ALL;");
        }
    }

    private List<Finding> inspect() {
        return switch (new DatabaseReader(InstantSource.system()).read(database.target(), database.name(), Scope.ALL)) {
            case ReadResult.Success(var state) -> Checks.run(state, CheckPolicy.DEFAULT, DatabaseHistory.NONE);
            case ReadResult.Unreachable unreachable -> throw new AssertionError(unreachable.toString());
        };
    }

    /** {@code @app} becomes a role that no other database of the server shares. */
    private String sql(String text) {
        return text.replace("@", database.name() + "_");
    }

    private void attempt(Scenario scenario, Step step) {
        if (failures.containsKey(scenario)) {
            return;
        }
        try {
            step.run();
        } catch (SQLException | AssertionError e) {
            failures.put(scenario, e);
        }
    }

    private void close() {
        try {
            connection.close();
            database.close();
        } catch (SQLException e) {
            throw new IllegalStateException(database.name() + " could not be dropped", e);
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws SQLException;
    }
}
