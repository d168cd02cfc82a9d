package dev.seqwatch.compare;

import static dev.seqwatch.compare.Cutovers.FIRST;
import static dev.seqwatch.compare.Cutovers.SECOND;
import static dev.seqwatch.compare.Cutovers.WRITABLE;
import static dev.seqwatch.compare.Cutovers.look;
import static dev.seqwatch.compare.Cutovers.table;
import static dev.seqwatch.model.Given.BIGINT;
import static dev.seqwatch.model.Given.TABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.model.ClientSession;
import dev.seqwatch.model.CutoverState;
import dev.seqwatch.model.CutoverState.MissingPrivilege;
import dev.seqwatch.model.CutoverState.TargetLook;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Fact;
import dev.seqwatch.model.Given;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.Publication;
import dev.seqwatch.model.ReadOnlyDefault;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.ReplicationSlot;
import dev.seqwatch.model.RolePrivilege;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.Server;
import dev.seqwatch.model.StoredIds;
import dev.seqwatch.model.SubscriptionState;
import dev.seqwatch.model.SubscriptionState.SubscribedRelation;
import dev.seqwatch.model.Uniqueness;
import dev.seqwatch.model.UnknownFact;
import dev.seqwatch.model.UserTable;
import dev.seqwatch.model.ValueRange;
import dev.seqwatch.model.WatchedSequence;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The verdict: what must be true for "go", and what each single defect makes of it. */
final class ComparisonTest {
    private static final SubscribedRelation READY = new SubscribedRelation(TABLE, false, true);
    private static final CutoverState READY_STATE = Cutovers.state(Given.state(at(10)), Given.state(at(10)));

    @Test
    void a_target_that_lacks_nothing_may_take_over() {
        assertThat(compare(READY_STATE)).isEmpty();
        assertThat(verdict(READY_STATE)).isEqualTo(CutoverVerdict.Go);
    }

    @Test
    void a_source_that_takes_writes_is_not_yet_ready() {
        var app = new ClientSession(1, "app", "", FIRST, null, false, true);
        var state = Cutovers.with(READY_STATE, look(FIRST, WRITABLE, app), look(SECOND, WRITABLE, app));

        assertThat(compare(state)).containsExactly("NotYet SourceWritable source");
        assertThat(verdict(state)).isEqualTo(CutoverVerdict.NotYet);
    }

    @Test
    void what_is_wrong_outweighs_what_is_unknown_and_that_outweighs_what_passes() {
        assertThat(verdict(Cutovers.with(Cutovers.state(Given.state(at(10)), Given.state(at(9))))))
                .isEqualTo(CutoverVerdict.No);
        assertThat(verdict(Cutovers.with(READY_STATE))).isEqualTo(CutoverVerdict.CouldNotLook);
    }

    @Test
    void a_target_without_a_subscription_is_judged_only_where_a_person_says_how_the_rows_came() {
        var state = Cutovers.with(READY_STATE);

        assertThat(compare(state)).containsExactly("Unknown SubscriptionMissing shop");
        assertThat(Comparison.of(state, new CutoverOptions(Duration.ofHours(1), false, false), null)
                        .verdict())
                .isEqualTo(CutoverVerdict.Go);
    }

    @Test
    void replication_that_stands_still_stops_the_cutover() {
        assertThat(subscribed(false, false, 5_000, READY)).containsExactly("No SubscriptionDisabled feed");
        assertThat(subscribed(true, false, 5_000, READY)).containsExactly("NotYet SubscriptionStopped feed");
        assertThat(compare(Cutovers.withSlot(READY_STATE, new ReplicationSlot("feed", true, Cutovers.WAL, true))))
                .containsExactly("No SlotLost feed");
        var gone = Cutovers.withSlot(
                Cutovers.with(
                        READY_STATE,
                        new SubscriptionState(
                                "feed", true, "feed", List.of("feed"), false, Cutovers.WAL, List.of(READY))),
                new ReplicationSlot[0]);
        assertThat(compare(gone)).containsExactly("No SlotLost feed", "Unknown SubscriptionMissing shop");
    }

    @Test
    void everything_that_the_source_had_written_must_have_arrived() {
        var behind =
                Cutovers.withSlot(READY_STATE, new ReplicationSlot("feed", true, BigInteger.valueOf(4_000), false));

        assertThat(compare(behind)).as("the worker has reported it").isEmpty();
        assertThat(compare(Cutovers.with(behind, subscription(true, true, 4_999, READY))))
                .containsExactly("NotYet ReplicationLag feed");
        assertThat(subscribed(true, true, 0, READY))
                .as("the slot has confirmed it")
                .isEmpty();
    }

    @Test
    void a_table_whose_first_copy_runs_is_not_ready() {
        assertThat(subscribed(true, true, 5_000, new SubscribedRelation(TABLE, false, false)))
                .containsExactly("NotYet TableNotReady feed");
        assertThat(subscribed(
                        true, true, 5_000, READY, new SubscribedRelation(new RelationName("public", "s"), true, false)))
                .containsExactly("NotYet SequenceNotReady feed");
    }

    @Test
    void a_table_that_nothing_replicates_loses_its_rows() {
        assertThat(subscribed(true, true, 5_000)).containsExactly("No TableNotSubscribed feed");
        assertThat(compare(Cutovers.withPublications(READY_STATE, new Publication("feed", false, true, List.of()))))
                .containsExactly("No TableNotPublished feed");
        assertThat(compare(Cutovers.withPublications(READY_STATE)))
                .containsExactly("No PublicationMissing feed", "No TableNotPublished feed");
        assertThat(compare(
                        Cutovers.withPublications(READY_STATE, new Publication("feed", false, false, List.of(TABLE)))))
                .containsExactly("No PublicationPartial feed");
    }

    @Test
    void a_partition_is_published_with_its_table() {
        var parent = new UserTable(TABLE, "owner", UserTable.Kind.Partitioned, null, null, true);
        var partition = new UserTable(
                new RelationName("public", "t1"), "owner", UserTable.Kind.Table, TABLE, "FOR VALUES IN (1)", true);
        var state = Cutovers.with(READY_STATE, List.of(parent, partition), List.of(parent, partition));

        assertThat(compare(state)).isEmpty();
    }

    @Test
    void a_table_that_the_target_lacks_stops_the_cutover() {
        var tables = List.of(table("t"));

        assertThat(compare(Cutovers.with(READY_STATE, tables, List.of()))).containsExactly("No TableMissing public.t");
        assertThat(compare(Cutovers.with(READY_STATE, tables, List.of(table("t"), table("new")))))
                .containsExactly("Note OnlyAtTarget target");
    }

    @Test
    void a_view_that_the_target_lacks_stops_the_cutover_and_is_not_replicated() {
        var view = new UserTable(new RelationName("public", "orders"), "owner", UserTable.Kind.View, null, null, true);
        var both = List.of(table("t"), view);

        assertThat(compare(Cutovers.with(READY_STATE, both, List.of(table("t")))))
                .containsExactly("No TableMissing public.orders");
        assertThat(compare(Cutovers.with(READY_STATE, both, both))).isEmpty();
    }

    @Test
    void a_partition_that_the_target_lacks_stops_the_cutover_unless_it_is_cut_otherwise() {
        var parent = new UserTable(TABLE, "owner", UserTable.Kind.Partitioned, null, null, true);
        var one = partition("t1", "FOR VALUES IN (1)");
        var two = partition("t2", "FOR VALUES IN (2)");
        var source = List.of(parent, one, two);

        assertThat(compare(Cutovers.with(READY_STATE, source, List.of(parent, one))))
                .containsExactly("No PartitionMissing public.t");
        assertThat(compare(
                        Cutovers.with(READY_STATE, source, List.of(parent, partition("both", "FOR VALUES IN (1, 2)")))))
                .containsExactly("Note PartitionMissing public.t");
        assertThat(compare(Cutovers.with(READY_STATE, source, List.of(parent, one, partition("rest", "DEFAULT")))))
                .isEmpty();
        assertThat(compare(Cutovers.with(READY_STATE, source, List.of(table("t")))))
                .isEmpty();
    }

    @Test
    void privileges_that_are_lost_stop_the_cutover_and_have_their_grant() {
        var insert = new RolePrivilege(RolePrivilege.Kind.Insert, "app", "public", "t");
        var usage = new RolePrivilege(RolePrivilege.Kind.SequenceUsage, "app", "public", "s");

        assertThat(compare(Cutovers.withMissing(
                        READY_STATE, new MissingPrivilege(insert, true), new MissingPrivilege(usage, true))))
                .containsExactly("No PrivilegeMissing app", "No PrivilegeMissing app");
        assertThat(remedies(Cutovers.withMissing(READY_STATE, new MissingPrivilege(usage, true))))
                .containsExactly("GRANT USAGE ON SEQUENCE public.s TO app;");
        assertThat(compare(Cutovers.withMissing(
                        READY_STATE, new MissingPrivilege(insert, false), new MissingPrivilege(usage, false))))
                .containsExactly("No RoleMissing app");
    }

    @Test
    void a_standby_and_one_database_twice_are_no_answer() {
        var standby = server(Given.state(at(10)), Server.Role.Standby, null);

        assertThat(compare(Cutovers.state(standby, Given.state(at(10))))).containsExactly("Unknown StandbyServer shop");
        assertThat(compare(Cutovers.state(Given.state(at(10)), standby))).containsExactly("No StandbyServer shop");
        var one = server(Given.state(at(10)), Server.Role.Primary, "7/5");
        var state = Cutovers.state(one, one);
        assertThat(compare(state)).as("a promoted copy").isEmpty();
        assertThat(compare(new CutoverState(
                        one,
                        one,
                        state.first(),
                        state.second(),
                        new TargetLook(
                                state.first().serverStarted(),
                                state.targetLook().subscriptions(),
                                WRITABLE,
                                Map.of()),
                        Map.of(),
                        state.publications(),
                        state.sourceTables(),
                        state.targetTables(),
                        List.of())))
                .containsExactly("Unknown SameDatabase shop");
    }

    @Test
    void what_could_not_be_read_is_no_go() {
        var unknown = Given.state(at(10))
                .withUnknown(List.of(new UnknownFact(Fact.CallingCode, UnknownFact.Reason.TimedOut, "")));

        assertThat(verdict(Cutovers.state(Given.state(at(10)), unknown))).isEqualTo(CutoverVerdict.CouldNotLook);
        assertThat(verdict(Cutovers.state(unknown, Given.state(at(10))))).isEqualTo(CutoverVerdict.CouldNotLook);
    }

    @Test
    void the_script_moves_to_the_position_once_writes_have_stopped() {
        var state = Cutovers.state(Given.state(at(1_234)), Given.state(at(10)));

        assertThat(remedies(state)).singleElement().asString().contains("::pg_catalog.regclass, 1234, true)");
    }

    @Test
    void the_script_leaves_room_for_what_the_source_still_gives() {
        var name = new RelationName("public", "s");
        var app = new ClientSession(1, "app", "", FIRST, null, false, true);
        var state = Cutovers.with(
                Cutovers.state(Given.state(at(10_050)), Given.state(at(10))),
                look(FIRST, WRITABLE, Map.of(name, position(10_000)), app),
                look(SECOND, WRITABLE, Map.of(name, position(10_050)), app));

        // ten a second, an hour, twice, and a cache of one for this session and one more
        assertThat(remedies(state)).singleElement().asString().contains("regclass, " + (10_050 + 72_002) + ", true)");
    }

    @Test
    void the_margin_takes_little_of_what_is_left() {
        var app = new ClientSession(1, "app", "", FIRST, null, false, true);
        var source = small(100);
        var state = Cutovers.with(
                Cutovers.state(Given.state(source), Given.state(small(10))),
                look(FIRST, WRITABLE, app),
                look(SECOND, WRITABLE, app));

        assertThat(remedies(state)).singleElement().asString().contains("regclass, " + (100 + 8) + ", true)");
    }

    @Test
    void the_last_id_of_the_source_must_have_arrived() {
        assertThat(compare(Cutovers.state(Given.state(stored(10)), Given.state(stored(10)))))
                .isEmpty();
        assertThat(compare(Cutovers.state(Given.state(stored(10)), Given.state(stored(9)))))
                .containsExactly("NotYet RowsMissing public.s");
        assertThat(compare(Cutovers.state(Given.state(stored(10)), Given.state(at(20)))))
                .containsExactly("NotYet RowsMissing public.s");
        assertThat(compare(Cutovers.state(Given.state(at(20)), Given.state(stored(10)))))
                .isEmpty();
    }

    @Test
    void a_key_that_the_target_lacks_stops_the_cutover() {
        assertThat(compare(Cutovers.state(Given.state(at(20)), Given.state(unique(Uniqueness.None)))))
                .containsExactly("No KeyMissing public.s");
        assertThat(compare(Cutovers.state(Given.state(at(20)), Given.state(unique(Uniqueness.Composite)))))
                .containsExactly("Note KeyMissing public.s");
        assertThat(compare(Cutovers.state(Given.state(unique(Uniqueness.None)), Given.state(at(20)))))
                .isEmpty();
    }

    @Test
    void a_search_path_that_a_dump_left_out_is_set_by_the_script() {
        var state = withSettings(Map.of("", "sales, public", "app", "sales"), Map.of("app", "sales"), WRITABLE);

        assertThat(compare(state)).containsExactly("No SettingDiffers shop");
        assertThat(remedies(state)).containsExactly("ALTER DATABASE shop SET search_path TO sales, public;");
        assertThat(compare(withSettings(Map.of(), Map.of("app", "other"), WRITABLE)))
                .isEmpty();
    }

    @Test
    void a_target_that_is_still_read_only_is_only_said() {
        assertThat(compare(withSettings(Map.of(), Map.of(), Cutovers.readOnly(ReadOnlyDefault.Level.NewSessions))))
                .containsExactly("Note TargetReadOnly shop");
    }

    @Test
    void unlogged_tables_are_named_because_nothing_replicates_them() {
        var cache =
                new UserTable(new RelationName("public", "cache"), "owner", UserTable.Kind.Table, null, null, false);
        var tables = List.of(table("t"), cache);

        assertThat(compare(Cutovers.with(READY_STATE, tables, tables))).containsExactly("Note TableNotPublished feed");
    }

    @Test
    void a_script_that_redefines_a_sequence_sets_it_as_well() {
        var state = Cutovers.state(Given.state(sequence(10, 31)), Given.state(sequence(5, 1)));

        assertThat(compare(state)).containsExactly("No DefinitionDiffers public.s", "No PositionBehind public.s");
        assertThat(remedies(state))
                .satisfiesExactly(
                        definition -> assertThat(definition).contains("INCREMENT BY 10 "),
                        position -> assertThat(position)
                                .contains("regclass, 31, true)")
                                .contains("THEN 10 ELSE 0 END < 41"));
    }

    @Test
    void two_writers_must_not_meet() {
        assertThat(both(sequence(2, 10), sequence(2, 11))).isEmpty();
        assertThat(both(sequence(2, 10), sequence(2, 100))).containsExactly("No IdsOverlap public.s");
        assertThat(both(sequence(1, 10), sequence(1, 500))).containsExactly("No IdsOverlap public.s");
        assertThat(both(ranged(1, 999, 10), ranged(1_000, 1_999, 1_010)))
                .as("ranges differ")
                .allMatch(difference -> difference.startsWith("Note DefinitionDiffers"));
    }

    private static CutoverState withSettings(
            Map<String, String> source, Map<String, String> target, ReadOnlyDefault readOnly) {
        return new CutoverState(
                READY_STATE.source(),
                READY_STATE.target(),
                READY_STATE.first(),
                READY_STATE.second(),
                new TargetLook(
                        READY_STATE.targetLook().serverStarted(),
                        READY_STATE.targetLook().subscriptions(),
                        readOnly,
                        target),
                source,
                READY_STATE.publications(),
                READY_STATE.sourceTables(),
                READY_STATE.targetTables(),
                List.of());
    }

    private static WatchedSequence stored(long farthest) {
        return watched(
                1,
                20,
                Given.sequenceColumn("t", BIGINT)
                        .withStored(new StoredIds(null, BigInteger.valueOf(farthest), null, List.of())));
    }

    private static WatchedSequence unique(Uniqueness uniqueness) {
        return watched(1, 20, Given.sequenceColumn("t", BIGINT).withUniqueness(uniqueness));
    }

    private static List<String> both(WatchedSequence source, WatchedSequence target) {
        return texts(Comparison.of(
                Cutovers.state(Given.state(source), Given.state(target)),
                new CutoverOptions(Duration.ofHours(1), true, true),
                null));
    }

    private static List<String> subscribed(
            boolean enabled, boolean running, long reported, SubscribedRelation... relations) {
        return compare(Cutovers.with(READY_STATE, subscription(enabled, running, reported, relations)));
    }

    private static SubscriptionState subscription(
            boolean enabled, boolean running, long reported, SubscribedRelation... relations) {
        return new SubscriptionState(
                "feed",
                enabled,
                "feed",
                List.of("feed"),
                running,
                BigInteger.valueOf(reported),
                Stream.of(relations).toList());
    }

    private static UserTable partition(String name, String bound) {
        return new UserTable(new RelationName("public", name), "owner", UserTable.Kind.Table, TABLE, bound, true);
    }

    private static DatabaseState server(DatabaseState state, Server.Role role, @Nullable String identity) {
        return new DatabaseState(
                state.database(),
                new Server("18.6", 180006, role, "watcher", identity),
                state.takenAt(),
                state.took(),
                state.sequences(),
                Set.of(),
                List.of(),
                List.of(),
                null);
    }

    private static WatchedSequence at(long value) {
        return sequence(1, value);
    }

    private static WatchedSequence sequence(long increment, long value) {
        return watched(increment, value, Given.sequenceColumn("t", BIGINT));
    }

    private static WatchedSequence watched(long increment, long value, SequenceColumn column) {
        return Given.watched(
                Given.sequence(
                        new ValueRange(BigInteger.ONE, ValueRange.BIGINT.max()),
                        BigInteger.ONE,
                        BigInteger.valueOf(increment),
                        false),
                position(value),
                List.of(column),
                List.of());
    }

    private static WatchedSequence ranged(long min, long max, long value) {
        return Given.watched(
                Given.sequence(
                        new ValueRange(BigInteger.valueOf(min), BigInteger.valueOf(max)),
                        BigInteger.valueOf(min),
                        BigInteger.ONE,
                        false),
                position(value),
                List.of(Given.sequenceColumn("t", BIGINT)),
                List.of());
    }

    private static WatchedSequence small(long value) {
        return ranged(1, 999, value);
    }

    private static Position position(long value) {
        return new Position.At(BigInteger.valueOf(value));
    }

    private static List<String> remedies(CutoverState state) {
        return Comparison.of(state, CutoverOptions.DEFAULT, null).differences().stream()
                .flatMap(difference -> Stream.ofNullable(difference.remedy()))
                .toList();
    }

    private static CutoverVerdict verdict(CutoverState state) {
        return Comparison.of(state, CutoverOptions.DEFAULT, null).verdict();
    }

    private static List<String> compare(CutoverState state) {
        return texts(Comparison.of(state, CutoverOptions.DEFAULT, null));
    }

    private static List<String> texts(Comparison comparison) {
        return comparison.differences().stream()
                .map(difference -> difference.effect() + " " + difference.kind() + " " + difference.subject())
                .toList();
    }
}
