package dev.seqwatch.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.check.CheckPolicy;
import dev.seqwatch.config.Globs;
import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.model.Given;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.postgres.catalog.DatabasesQuery.ListedDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DatabaseSelectionTest {
    private static final Globs ALL = new Globs(List.of("*"), List.of());
    private static final List<ListedDatabase> LISTED = List.of(
            new ListedDatabase("closed", false, true, false),
            new ListedDatabase("half_dropped", true, true, true),
            new ListedDatabase("rdsadmin", true, false, false),
            new ListedDatabase("shop", true, true, false));

    @Test
    void what_nobody_ever_read_and_refuses_is_set_aside() {
        var selection = DatabaseSelection.of(ALL, LISTED, KnownDatabases.NONE, "app");
        assertThat(selection.names()).containsExactly("shop");
        assertThat(selection.setAside())
                .containsExactly(
                        new SetAside("half_dropped", "DROP DATABASE was interrupted: it can only be dropped again."),
                        new SetAside("rdsadmin", "Role \"app\" has no CONNECT privilege on it."));
        assertThat(selection.dropped()).isEmpty();
    }

    @Test
    void what_was_read_before_or_is_named_is_read() {
        var known = new KnownDatabases(Set.of("rdsadmin", "closed"), Set.of("rdsadmin", "closed"));
        assertThat(DatabaseSelection.of(ALL, LISTED, known, "app").names())
                .containsExactly("closed", "rdsadmin", "shop");
        var named = new Globs(List.of("*", "rdsadmin", "missing"), List.of());
        assertThat(DatabaseSelection.of(named, LISTED, KnownDatabases.NONE, "app")
                        .names())
                .containsExactly("missing", "rdsadmin", "shop");
        var seenButNeverRead = new KnownDatabases(Set.of("rdsadmin"), Set.of());
        assertThat(DatabaseSelection.of(ALL, LISTED, seenButNeverRead, "app").names())
                .containsExactly("shop");
    }

    @Test
    void what_is_excluded_is_left_out_whether_named_or_not() {
        var patterns = new Globs(List.of("s*", "rdsadmin", "missing"), List.of("rds*", "miss*"));
        var selection = DatabaseSelection.of(patterns, LISTED, KnownDatabases.NONE, "app");
        assertThat(selection.names()).containsExactly("shop");
        assertThat(selection.setAside()).isEmpty();
    }

    @Test
    void what_was_read_before_and_is_no_longer_there_is_dropped() {
        var known = new KnownDatabases(
                Set.of("gone", "half_dropped", "shop", "never_read"), Set.of("gone", "half_dropped", "shop"));
        assertThat(DatabaseSelection.of(ALL, LISTED, known, "app").dropped())
                .containsExactlyInAnyOrder("gone", "half_dropped");
        assertThat(DatabaseSelection.of(new Globs(List.of("s*"), List.of()), LISTED, known, "app")
                        .dropped())
                .as("no longer taken by a pattern")
                .isEmpty();
        assertThat(DatabaseSelection.named(new Globs(List.of("shop"), List.of()), known)
                        .dropped())
                .isEmpty();
    }

    @Test
    void a_discovered_database_that_refuses_the_login_is_set_aside_where_another_lets_us_in() {
        var listed = List.of(
                new ListedDatabase("cloudsqladmin", true, true, false), new ListedDatabase("shop", true, true, false));
        var selection = DatabaseSelection.of(ALL, listed, KnownDatabases.NONE, "app");
        for (var reason : List.of(ReadResult.Reason.AuthenticationFailed, ReadResult.Reason.PermissionDenied)) {
            var server = selection.sorted(List.of(unreachable("cloudsqladmin", reason), read("shop")));
            assertThat(databases(server)).containsExactly("shop");
            assertThat(server.setAside()).containsExactly(new SetAside("cloudsqladmin", "refused."));
        }
        for (var reason : ReadResult.Reason.values()) {
            var all = selection.sorted(List.of(unreachable("cloudsqladmin", reason), unreachable("shop", reason)));
            assertThat(databases(all)).as("nobody lets us in").containsExactly("cloudsqladmin", "shop");
        }
        var away = selection.sorted(List.of(unreachable("cloudsqladmin", ReadResult.Reason.TimedOut), read("shop")));
        assertThat(databases(away)).containsExactly("cloudsqladmin", "shop");
    }

    private static Stream<String> databases(ServerInspection server) {
        return server.inspections().stream().map(Inspection::database);
    }

    private static Inspection read(String database) {
        return inspection(database, new ReadResult.Success(Given.state()));
    }

    private static Inspection unreachable(String database, ReadResult.Reason reason) {
        return inspection(database, new ReadResult.Unreachable(reason, "refused", Instant.EPOCH, Duration.ZERO));
    }

    private static Inspection inspection(String database, ReadResult reading) {
        return Inspection.of(database, reading, CheckPolicy.DEFAULT, List.of(), DatabaseHistory.NONE);
    }
}
