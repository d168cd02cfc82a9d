package dev.seqwatch.compare;

import static dev.seqwatch.compare.Cutovers.FIRST;
import static dev.seqwatch.compare.Cutovers.SECOND;
import static dev.seqwatch.compare.Cutovers.WRITABLE;
import static dev.seqwatch.compare.Cutovers.look;
import static dev.seqwatch.compare.Cutovers.readOnly;
import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.model.ClientSession;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.ReadOnlyDefault;
import dev.seqwatch.model.ReadOnlyDefault.Level;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.SourceLook;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What proves that a source takes no more writes, and what does not. */
final class SourceWritesTest {
    private static final Instant BEFORE = FIRST.minusSeconds(60);
    private static final ReadOnlyDefault NEW_SESSIONS = readOnly(Level.NewSessions);
    private static final ReadOnlyDefault SERVER = readOnly(Level.Server);

    @Test
    void a_source_without_clients_takes_no_writes() {
        var writes = of(look(FIRST, WRITABLE), look(SECOND, WRITABLE));

        assertThat(writes.stopped()).isTrue();
        assertThat(writes.evidence()).startsWith("No client is connected to the source");
    }

    @Test
    void a_client_that_can_write_may_write_at_either_look() {
        var app = session(BEFORE, null);

        assertThat(of(look(FIRST, WRITABLE, app), look(SECOND, WRITABLE)).reasons())
                .containsExactly("1 session of the source can still write: role app (shop).");
        assertThat(of(look(FIRST, WRITABLE), look(SECOND, WRITABLE, app)).stopped())
                .isFalse();
    }

    @Test
    void a_client_that_can_change_nothing_is_no_writer() {
        var exporter = new ClientSession(7, "exporter", "", BEFORE, BEFORE, false, false);

        assertThat(of(look(FIRST, WRITABLE, exporter), look(SECOND, WRITABLE, exporter))
                        .stopped())
                .isTrue();
        var writing = new ClientSession(7, "exporter", "", BEFORE, BEFORE, true, false);
        assertThat(of(look(FIRST, WRITABLE), look(SECOND, WRITABLE, writing)).stopped())
                .isFalse();
    }

    @Test
    void sessions_of_a_hosted_servers_own_roles_do_not_count() {
        var admin = new ClientSession(7, "rdsadmin", "", BEFORE, BEFORE, true, true);

        assertThat(of(look(FIRST, WRITABLE, admin), look(SECOND, WRITABLE, admin))
                        .stopped())
                .isTrue();
    }

    @Test
    void a_server_that_is_read_only_reaches_open_sessions_from_their_next_transaction_on() {
        assertThat(stopped(SERVER, session(BEFORE, null))).isTrue();
        assertThat(stopped(SERVER, session(BEFORE, BEFORE))).isTrue();
        var loaded = new ReadOnlyDefault(Level.Server, FIRST.minusSeconds(1), Set.of(), Set.of());
        assertThat(stopped(loaded, session(BEFORE, BEFORE))).isFalse();
        assertThat(stopped(loaded, session(BEFORE, FIRST))).isTrue();
    }

    @Test
    void a_database_that_is_read_only_reaches_sessions_that_are_opened_later() {
        assertThat(stopped(NEW_SESSIONS, session(BEFORE, null))).isFalse();
        assertThat(stopped(NEW_SESSIONS, session(FIRST.plusSeconds(1), null))).isTrue();
        assertThat(of(look(FIRST, NEW_SESSIONS, session(BEFORE, null)), look(SECOND, NEW_SESSIONS))
                        .reasons())
                .hasSize(2)
                .last()
                .asString()
                .contains("pg_terminate_backend");
    }

    @Test
    void a_setting_that_was_made_between_the_looks_proves_nothing_yet() {
        assertThat(of(look(FIRST, WRITABLE), look(SECOND, NEW_SESSIONS, session(FIRST.plusSeconds(1), null)))
                        .stopped())
                .isFalse();
    }

    @Test
    void an_earlier_round_knows_since_when_new_sessions_are_read_only() {
        var earlier = look(BEFORE, NEW_SESSIONS);
        var first = look(FIRST, NEW_SESSIONS, session(BEFORE.plusSeconds(1), null));
        var second = look(SECOND, NEW_SESSIONS, session(BEFORE.plusSeconds(1), null));

        assertThat(SourceWrites.of(first, second, SourceWrites.settled(earlier, first))
                        .stopped())
                .isTrue();
        var other = look(BEFORE, WRITABLE);
        assertThat(SourceWrites.of(first, second, SourceWrites.settled(other, first))
                        .stopped())
                .isFalse();
    }

    @Test
    void a_role_with_a_setting_of_its_own_is_judged_by_that() {
        var exempt = new ReadOnlyDefault(Level.Server, Instant.EPOCH, Set.of(), Set.of("app"));
        assertThat(stopped(exempt, session(FIRST.plusSeconds(1), null))).isFalse();
        var restricted = new ReadOnlyDefault(Level.Off, Instant.EPOCH, Set.of("app"), Set.of());
        assertThat(stopped(restricted, session(BEFORE, null))).isFalse();
        assertThat(stopped(restricted, session(FIRST.plusSeconds(1), null))).isTrue();
    }

    @Test
    void a_session_whose_times_are_hidden_from_us_may_write() {
        assertThat(stopped(SERVER, session(null, null))).isFalse();
    }

    @Test
    void a_transaction_that_has_written_counts_whatever_the_settings_are() {
        assertThat(stopped(SERVER, new ClientSession(7, "app", "", BEFORE, BEFORE, true, true)))
                .isFalse();
    }

    @Test
    void a_position_that_moved_shows_writes_without_a_session() {
        var name = new RelationName("public", "s");
        var first = look(FIRST, WRITABLE, Map.of(name, at(10)));

        assertThat(of(first, look(SECOND, WRITABLE, Map.of(name, at(11)))).reasons())
                .containsExactly("The source still takes writes: 1 sequence moved within 5 s (public.s).");
        assertThat(of(first, look(SECOND, WRITABLE, Map.of(name, at(10)))).stopped())
                .isTrue();
        assertThat(of(first, look(SECOND, WRITABLE, Map.of())).stopped()).isTrue();
    }

    @Test
    void changed_rows_and_prepared_transactions_are_writes() {
        assertThat(of(look(FIRST, WRITABLE), changed(look(SECOND, WRITABLE), 0, 12))
                        .reasons())
                .containsExactly(
                        "The source still takes writes: its statistics count 12 rows that changed within 5 s.");
        assertThat(of(look(FIRST, WRITABLE), changed(look(SECOND, WRITABLE), 1, 0))
                        .reasons())
                .containsExactly(
                        "1 prepared transaction of the source: decide each with COMMIT PREPARED or ROLLBACK PREPARED.");
    }

    private static boolean stopped(ReadOnlyDefault readOnly, ClientSession session) {
        return of(look(FIRST, readOnly), look(SECOND, readOnly, session)).stopped();
    }

    private static SourceWrites of(SourceLook first, SourceLook second) {
        return SourceWrites.of(first, second, first);
    }

    private static Position at(long value) {
        return new Position.At(BigInteger.valueOf(value));
    }

    private static SourceLook changed(SourceLook look, int prepared, long rows) {
        return new SourceLook(
                look.at(),
                look.serverStarted(),
                look.walPosition(),
                List.of(),
                look.readOnly(),
                prepared,
                BigInteger.valueOf(rows),
                Map.of(),
                look.slots());
    }

    private static ClientSession session(@Nullable Instant since, @Nullable Instant transactionSince) {
        return new ClientSession(7, "app", "shop", since, transactionSince, false, true);
    }
}
