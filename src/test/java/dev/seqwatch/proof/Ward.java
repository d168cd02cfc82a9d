package dev.seqwatch.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.seqwatch.catalog.CatalogReader;
import dev.seqwatch.catalog.Reading;
import dev.seqwatch.catalog.Scope;
import dev.seqwatch.check.Checks;
import dev.seqwatch.check.Finding;
import dev.seqwatch.check.History;
import dev.seqwatch.check.Policy;
import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.PostgresServer;
import dev.seqwatch.testing.PsqlScript;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
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
final class Ward {

    private static final String OWNER = "owner";

    private final Database database;
    private final Chart chart;
    private final Connection connection;
    private final List<Case> cases;
    private final Map<Case, Throwable> failures = new HashMap<>();
    private List<Finding> before = List.of();
    private List<Finding> after = List.of();

    private Ward(String check, PostgresServer server, List<Case> all) throws SQLException {
        this.database = server.database();
        this.chart = new Chart(check, database);
        this.connection = database.connect(server.superuser());
        this.cases = all.stream()
                .filter(candidate -> candidate.since <= server.major())
                .toList();
    }

    static Stream<DynamicContainer> allServers(String check, Case... cases) {
        return PostgresServer.all()
                .map(server -> dynamicContainer(server.toString(), nodes(check, server, List.of(cases))));
    }

    private static Stream<DynamicNode> nodes(String check, PostgresServer server, List<Case> cases) {
        try {
            var ward = new Ward(check, server, cases);
            ward.treat();
            return Stream.<DynamicNode>concat(
                            ward.cases.stream()
                                    .map(patient -> dynamicTest(patient.schema, () -> ward.examine(patient))),
                            Stream.of(dynamicTest("nothing else got worse", ward::nothingWorse)))
                    .onClose(ward::close);
        } catch (SQLException e) {
            throw new IllegalStateException(server + " did not do its part", e);
        }
    }

    private void treat() throws SQLException {
        createRoles();
        cases.forEach(patient -> attempt(patient, () -> {
            if (!patient.damages.isEmpty()) {
                setUp(patient);
                damage(patient);
                database.execute("DROP SCHEMA " + patient.schema + " CASCADE");
            }
            setUp(patient);
        }));
        before = inspect();
        cases.forEach(patient -> attempt(patient, () -> mend(patient)));
        after = inspect();
        cases.forEach(patient -> attempt(patient, () -> undamaged(patient)));
    }

    private void examine(Case patient) {
        var failure = failures.get(patient);
        if (failure != null) {
            throw new AssertionError(chart.print(patient, before, after) + "\n" + failure, failure);
        }
        var expected = patient.findings.stream().sorted().toList();
        assertThat(chart.lines(patient, before))
                .as(chart.print(patient, before, after))
                .isEqualTo(expected);
        for (var said : patient.texts) {
            assertThat(chart.found(patient, before)
                            .filter(finding -> chart.line(patient, finding).equals(said.finding()))
                            .map(Finding::message))
                    .singleElement()
                    .asString()
                    .contains(said.text());
        }
        var left = patient.undecided.stream().sorted().toList();
        assertThat(chart.found(patient, before)
                        .filter(finding -> finding.remedy() == null)
                        .map(finding -> chart.line(patient, finding))
                        .sorted())
                .as("left to a person\n" + chart.print(patient, before, after))
                .isEqualTo(left);
        assertThat(chart.lines(patient, after))
                .as("left after the remedies\n" + chart.print(patient, before, after))
                .isEqualTo(left);
    }

    private void nothingWorse() {
        assertThat(after.stream().filter(Chart::bad).map(Chart::key))
                .isSubsetOf(before.stream().filter(Chart::bad).map(Chart::key).toList());
    }

    private void createRoles() throws SQLException {
        var roles = new TreeMap<String, String>();
        roles.put("owner", "");
        cases.forEach(patient -> roles.putAll(patient.roles));
        for (var role : roles.entrySet()) {
            database.execute(sql("CREATE ROLE @%s %s".formatted(role.getKey(), role.getValue())));
        }
    }

    private void setUp(Case patient) throws SQLException {
        database.execute(sql("CREATE SCHEMA %s AUTHORIZATION @owner; GRANT USAGE ON SCHEMA %s TO PUBLIC"
                .formatted(patient.schema, patient.schema)));
        for (var given : patient.given) {
            run(patient, given.role(), given.sql());
        }
    }

    private void damage(Case patient) throws SQLException {
        for (var damage : patient.damages) {
            switch (damage) {
                case Case.Damage.Fails(var role, var sql, var state) ->
                    assertThatThrownBy(() -> run(patient, role, sql))
                            .as(sql)
                            .isInstanceOfSatisfying(
                                    SQLException.class,
                                    e -> assertThat(e.getSQLState())
                                            .as(e.getMessage())
                                            .isEqualTo(state));
                case Case.Damage.Harms(var sql, var harm) -> {
                    run(patient, OWNER, sql);
                    assertThat(harm(harm, patient)).as(harm).isEqualTo("t");
                }
            }
        }
    }

    private void mend(Case patient) throws SQLException {
        var remedies = chart.found(patient, before).map(Finding::remedy).toList();
        for (var remedy : remedies) {
            if (remedy != null) {
                run(patient, OWNER, remedy);
            }
        }
    }

    private void undamaged(Case patient) throws SQLException {
        if (!patient.undecided.isEmpty()) {
            return;
        }
        for (var damage : patient.damages) {
            switch (damage) {
                case Case.Damage.Fails(var role, var sql, var _) -> run(patient, role, sql);
                case Case.Damage.Harms(var sql, var harm) -> {
                    run(patient, OWNER, sql);
                    assertThat(harm(harm, patient)).as(harm).isEqualTo("f");
                }
            }
        }
    }

    private String harm(String query, Case patient) throws SQLException {
        connection.setSchema(patient.schema);
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** As a role that logged in by itself would run it, and then as if it had left. */
    private void run(Case patient, String role, String sql) throws SQLException {
        try {
            if (!role.isEmpty()) {
                PsqlScript.run(connection, sql("SET SESSION AUTHORIZATION @%s;".formatted(role)));
            }
            connection.setSchema(patient.schema);
            PsqlScript.run(connection, sql(sql.strip().endsWith(";") ? sql : sql + ";"));
        } finally {
            PsqlScript.run(connection, "ROLLBACK; DISCARD ALL;");
        }
    }

    private List<Finding> inspect() {
        return switch (new CatalogReader(InstantSource.system()).read(database.target(), database.name(), Scope.ALL)) {
            case Reading.Read(var snapshot) -> Checks.run(snapshot, Policy.DEFAULT, History.NONE);
            case Reading.Unreachable unreachable -> throw new AssertionError(unreachable.toString());
        };
    }

    /** {@code @app} becomes a role that no other database of the server shares. */
    private String sql(String text) {
        return text.replace("@", database.name() + "_");
    }

    private void attempt(Case patient, Step step) {
        if (failures.containsKey(patient)) {
            return;
        }
        try {
            step.run();
        } catch (SQLException | AssertionError e) {
            failures.put(patient, e);
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
