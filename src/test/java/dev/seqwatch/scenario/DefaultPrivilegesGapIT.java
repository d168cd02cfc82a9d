package dev.seqwatch.scenario;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.PostgresServer;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Default privileges belong to a creating role, so each case has creators of its own: {@code @m} and {@code @app} are its.
 * {@code @habit} is a table of {@code @m} with a serial column.
 */
class DefaultPrivilegesGapIT {
    /** A creator's defaults; the finding is empty where there is no gap. */
    private record Gap(String name, String given, String finding, boolean appInserts) {
        static Gap of(String name, String given, String finding) {
            return new Gap(name, given, finding, true);
        }

        static Gap none(String name, String given) {
            return new Gap(name, given, "", true);
        }

        static Gap noInsert(String name, String given) {
            return new Gap(name, given, "", false);
        }
    }

    private static final List<Gap> CASES = List.of(
            Gap.of(
                    "one_schema",
                    "ALTER DEFAULT PRIVILEGES FOR ROLE @m IN SCHEMA public GRANT INSERT, SELECT ON TABLES TO @app",
                    "Warning public @m"),
            Gap.of("every_schema", "ALTER DEFAULT PRIVILEGES FOR ROLE @m GRANT INSERT ON TABLES TO @app", "Warning @m"),
            Gap.of("public", "ALTER DEFAULT PRIVILEGES FOR ROLE @m GRANT INSERT ON TABLES TO PUBLIC", "Warning @m"),
            Gap.of(
                    "two_roles_one_without",
                    "ALTER DEFAULT PRIVILEGES FOR ROLE @m IN SCHEMA public GRANT INSERT ON TABLES TO @app, @group;"
                            + "ALTER DEFAULT PRIVILEGES FOR ROLE @m IN SCHEMA public GRANT USAGE ON SEQUENCES TO @group",
                    "Warning public @m"),
            Gap.of(
                    "sequences_to_read_only",
                    "ALTER DEFAULT PRIVILEGES FOR ROLE @m IN SCHEMA public GRANT INSERT ON TABLES TO @app;"
                            + "ALTER DEFAULT PRIVILEGES FOR ROLE @m IN SCHEMA public GRANT SELECT ON SEQUENCES TO @app",
                    "Warning public @m"),
            Gap.of(
                    "sequences_of_another_creator",
                    "ALTER DEFAULT PRIVILEGES FOR ROLE @m IN SCHEMA public GRANT INSERT ON TABLES TO @app;"
                            + "ALTER DEFAULT PRIVILEGES FOR ROLE @group IN SCHEMA public GRANT USAGE ON SEQUENCES TO @app",
                    "Warning public @m"),
            Gap.of(
                    "public_may_insert_and_one_may_call",
                    "ALTER DEFAULT PRIVILEGES FOR ROLE @m GRANT INSERT ON TABLES TO PUBLIC;"
                            + "ALTER DEFAULT PRIVILEGES FOR ROLE @m GRANT USAGE ON SEQUENCES TO @group",
                    "Warning @m"),
            Gap.none(
                    "covered",
                    "ALTER DEFAULT PRIVILEGES FOR ROLE @m IN SCHEMA public GRANT INSERT ON TABLES TO @app;"
                            + "ALTER DEFAULT PRIVILEGES FOR ROLE @m IN SCHEMA public GRANT USAGE ON SEQUENCES TO @app"),
            Gap.none(
                    "covered_by_update",
                    "ALTER DEFAULT PRIVILEGES FOR ROLE @m IN SCHEMA public GRANT INSERT ON TABLES TO @app;"
                            + "ALTER DEFAULT PRIVILEGES FOR ROLE @m IN SCHEMA public GRANT UPDATE ON SEQUENCES TO @app"),
            Gap.none(
                    "covered_for_all_schemas",
                    "ALTER DEFAULT PRIVILEGES FOR ROLE @m IN SCHEMA public GRANT INSERT ON TABLES TO @app;"
                            + "ALTER DEFAULT PRIVILEGES FOR ROLE @m GRANT USAGE ON SEQUENCES TO @app"),
            Gap.none(
                    "covered_in_each_schema",
                    "ALTER DEFAULT PRIVILEGES FOR ROLE @m GRANT INSERT ON TABLES TO @app;"
                            + "ALTER DEFAULT PRIVILEGES FOR ROLE @m IN SCHEMA public GRANT USAGE ON SEQUENCES TO @app;"
                            + "CREATE SCHEMA own AUTHORIZATION @m; ALTER DEFAULT PRIVILEGES FOR ROLE @m IN SCHEMA own GRANT UPDATE ON SEQUENCES TO PUBLIC;"
                            + "CREATE SCHEMA not_for_them"),
            Gap.of(
                    "covered_in_one_schema_of_two",
                    "ALTER DEFAULT PRIVILEGES FOR ROLE @m GRANT INSERT ON TABLES TO @app;"
                            + "CREATE SCHEMA other AUTHORIZATION @m; ALTER DEFAULT PRIVILEGES FOR ROLE @m IN SCHEMA other GRANT USAGE ON SEQUENCES TO @app",
                    "Warning public @m"),
            Gap.of(
                    "creator_of_identity_columns",
                    "DROP TABLE @habit; CREATE TABLE @habit(id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY); ALTER TABLE @habit OWNER TO @m;"
                            + "ALTER DEFAULT PRIVILEGES FOR ROLE @m IN SCHEMA public GRANT INSERT ON TABLES TO @app",
                    "Info public @m"),
            Gap.of(
                    "creator_of_no_table",
                    "DROP TABLE @habit; ALTER DEFAULT PRIVILEGES FOR ROLE @m GRANT INSERT ON TABLES TO PUBLIC",
                    "Info @m"),
            Gap.of(
                    "creator_of_a_default_through_a_function",
                    "DROP TABLE @habit; CREATE SEQUENCE s1; CREATE FUNCTION next_s1() RETURNS bigint LANGUAGE sql AS $$SELECT nextval('s1')$$;"
                            + "CREATE TABLE by_function(id bigint DEFAULT next_s1() PRIMARY KEY); ALTER TABLE by_function OWNER TO @m;"
                            + "GRANT USAGE ON SEQUENCE s1 TO @m;"
                            + "ALTER DEFAULT PRIVILEGES FOR ROLE @m IN SCHEMA public GRANT INSERT ON TABLES TO @app",
                    "Warning public @m"),
            Gap.none(
                    "covered_for_everyone",
                    "ALTER DEFAULT PRIVILEGES FOR ROLE @m IN SCHEMA public GRANT INSERT ON TABLES TO @app;"
                            + "ALTER DEFAULT PRIVILEGES FOR ROLE @m GRANT USAGE ON SEQUENCES TO PUBLIC"),
            Gap.none(
                    "covered_through_a_group",
                    "GRANT @group TO @app; ALTER DEFAULT PRIVILEGES FOR ROLE @m IN SCHEMA public GRANT INSERT ON TABLES TO @app;"
                            + "ALTER DEFAULT PRIVILEGES FOR ROLE @m IN SCHEMA public GRANT USAGE ON SEQUENCES TO @group"),
            Gap.none(
                    "member_of_the_creator",
                    "GRANT @m TO @app; ALTER DEFAULT PRIVILEGES FOR ROLE @m IN SCHEMA public GRANT INSERT ON TABLES TO @app"),
            Gap.noInsert(
                    "to_the_creator_itself",
                    "ALTER DEFAULT PRIVILEGES FOR ROLE @m IN SCHEMA public GRANT INSERT ON TABLES TO @m"),
            Gap.noInsert(
                    "read_only",
                    "ALTER DEFAULT PRIVILEGES FOR ROLE @m IN SCHEMA public GRANT SELECT ON TABLES TO @app"),
            Gap.noInsert(
                    "taken_back",
                    "ALTER DEFAULT PRIVILEGES FOR ROLE @m IN SCHEMA public GRANT INSERT ON TABLES TO @app;"
                            + "ALTER DEFAULT PRIVILEGES FOR ROLE @m IN SCHEMA public REVOKE INSERT ON TABLES FROM @app"));

    private static final Gap WRITERS_OF_ALL_DATA = Gap.none(
            "write_all_data",
            "GRANT pg_write_all_data TO @app; ALTER DEFAULT PRIVILEGES FOR ROLE @m GRANT INSERT ON TABLES TO @app");

    static Stream<PostgresServer> servers() {
        return PostgresServer.oldestAndNewest();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void gaps(PostgresServer server) throws SQLException {
        try (var database = server.database()) {
            for (var gap : CASES) {
                prove(database, gap);
            }
            if (server.major() >= 14) {
                prove(database, WRITERS_OF_ALL_DATA);
            }
            assertThat(Inspect.bad(database)).isEmpty();
        }
    }

    /** The next table of the creator refuses the insert, and after the remedy the table after it does not. */
    private static void prove(Database database, Gap gap) throws SQLException {
        var roles = database.name() + "_\"" + gap.name + " ";
        for (var role : List.of("m", "app", "group")) {
            database.execute("CREATE ROLE " + quoted(roles + role));
        }
        database.execute(named(
                "GRANT ALL ON SCHEMA public TO @m, @group; GRANT USAGE ON SCHEMA public TO @app;"
                        + "CREATE TABLE @habit(id bigserial PRIMARY KEY); ALTER TABLE @habit OWNER TO @m;" + gap.given,
                roles));

        var findings = Inspect.at(database).stream()
                .filter(finding -> finding.check().equals("DefaultPrivilegesGap"))
                .toList();
        assertThat(findings.stream()
                        .map(finding -> finding.severity() + " " + finding.subject())
                        .map(text -> text.replace(roles, "@"))
                        .collect(joining()))
                .as(gap.name)
                .isEqualTo(gap.finding);
        if (!findings.isEmpty()) {
            assertThatThrownBy(() -> insert(database, roles, "sick"))
                    .as(gap.name)
                    .hasMessageContaining("permission denied for sequence");
            database.execute("DROP TABLE public.sick");
        }
        for (var finding : findings) {
            assertThat(finding.message()).contains(roles + "m creates").contains("permission denied for sequence");
            Inspect.run(database, roles + "m", finding);
        }
        if (gap.appInserts) {
            insert(database, roles, gap.name);
        }
    }

    private static void insert(Database database, String roles, String table) throws SQLException {
        database.executeAs(roles + "m", "CREATE TABLE public.%s(id bigserial PRIMARY KEY, v int)".formatted(table));
        database.executeAs(roles + "app", "INSERT INTO public.%s(v) VALUES (1)".formatted(table));
    }

    private static String named(String sql, String roles) {
        return sql.replaceAll("@([a-z]+)", Matcher.quoteReplacement("\"" + roles.replace("\"", "\"\"")) + "$1\"");
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
