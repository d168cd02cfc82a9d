package dev.seqwatch.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.forecast.PositionHistory;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Fact;
import dev.seqwatch.model.Given;
import dev.seqwatch.model.NotCheckedReason;
import dev.seqwatch.model.Persistence;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.Server;
import dev.seqwatch.model.StoredIds;
import dev.seqwatch.model.Subscription;
import dev.seqwatch.model.Table;
import dev.seqwatch.model.TableStatistics;
import dev.seqwatch.model.Uniqueness;
import dev.seqwatch.model.UnknownFact;
import dev.seqwatch.model.UnreadableReason;
import dev.seqwatch.model.ValueSource;
import dev.seqwatch.model.WatchedSequence;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every check beside every reason why something was not read: which findings an inspection may call resolved. */
class JudgeabilityTest {
    private static final RelationName SEQUENCE = new RelationName("public", "s");
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Position AT_10 = Facts.at(10);
    private static final StoredIds.Collision STORED = collision(20, new StoredIds.Source.Stored());

    private static final Set<String> NO_POSITION = Set.of(
            "position NoPrivilege",
            "position NeverCalledOrUnknown",
            "position Locked",
            "position TimedOut",
            "position NotOnStandby",
            "position ServerError");
    private static final Set<String> IDS_HIDDEN = Set.of(
            "ids NoPrivilege",
            "ids RowLevelSecurity",
            "ids TimedOut",
            "ids Locked",
            "ids Standby",
            "ids PositionUnknown",
            "ids ServerError",
            "ids NoUsableIndex",
            "ids TooManyIndexes",
            "ids TooManyIds",
            "ids TooManyLeadingValues",
            "ids ForeignTable",
            "subscriber");

    /** Names of the situations below in which a check cannot judge; a check that is missing here always can. */
    private static final Map<String, Set<String>> NOT_JUDGED = Map.of(
            "SequenceExhaustion",
            NO_POSITION,
            "ExhaustionForecast",
            NO_POSITION,
            "PartitionsNearEnd",
            NO_POSITION,
            "IdBurn",
            NO_POSITION,
            "SequenceBehind",
            union(NO_POSITION, IDS_HIDDEN),
            "InsertWithoutUsage",
            Set.of("ids ViewUnknown"),
            "InsufficientPrivileges",
            Set.of("position Locked", "position TimedOut", "standby"));

    static Stream<Arguments> checks() {
        return Checks.ALL.stream().map(check -> arguments(check.name()));
    }

    @ParameterizedTest
    @MethodSource("checks")
    void a_finding_is_resolved_only_by_a_reading_that_could_judge_it(String check) {
        var notJudged = situations().entrySet().stream()
                .filter(situation -> obstacle(situation.getValue(), finding(check, STORED)) != null)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        assertThat(notJudged).isEqualTo(union(NOT_JUDGED.getOrDefault(check, Set.of()), unknownFacts(check)));
    }

    @Test
    void what_this_version_cannot_read_from_so_new_a_server_hides_nothing_that_it_found_there() {
        for (var check : Checks.ALL) {
            for (var fact : check.needs()) {
                var state = state(watched(AT_10, new StoredIds(null, List.of())))
                        .withUnknown(List.of(new UnknownFact(fact, UnknownFact.Reason.NewServer, "")));
                assertThat(obstacle(state, finding(check.name(), STORED)))
                        .as(check.name())
                        .isNull();
            }
        }
    }

    @Test
    void every_reason_is_a_sentence() {
        for (var check : Checks.ALL) {
            situations().forEach((name, state) -> {
                var obstacle = obstacle(state, finding(check.name(), STORED));
                if (obstacle != null) {
                    assertThat(obstacle).as(name).matches("[A-Z].*\\.");
                }
            });
        }
    }

    @Test
    void ids_that_the_sequence_has_passed_are_behind_it_whatever_else_is_hidden() {
        for (var reason : NotCheckedReason.values()) {
            var passed = state(watched(Facts.at(25), gap(reason)));
            assertThat(obstacle(passed, finding("SequenceBehind", STORED)))
                    .as(reason.name())
                    .isNull();
        }
    }

    @Test
    void a_gap_that_is_there_for_good_does_not_keep_what_the_statistics_told_or_what_nobody_knows() {
        var statistics = collision(20, new StoredIds.Source.Statistics(NOW));
        for (var seen : Arrays.asList(statistics, null)) {
            var finding = finding("SequenceBehind", seen);
            assertThat(obstacle(state(watched(AT_10, gap(NotCheckedReason.NoUsableIndex))), finding))
                    .isNull();
            assertThat(obstacle(state(watched(AT_10, gap(NotCheckedReason.Locked))), finding))
                    .isNotNull();
        }
    }

    @Test
    void a_gap_in_another_partition_than_the_one_with_the_id_hides_nothing() {
        var elsewhere = new StoredIds(
                null, List.of(new StoredIds.Gap(new RelationName("public", "p2"), NotCheckedReason.NoPrivilege)));
        var inPartition = new StoredIds.Collision(
                new RelationName("public", "p1"),
                Uniqueness.Alone,
                BigInteger.valueOf(20),
                BigInteger.valueOf(20),
                new StoredIds.Source.Stored());
        assertThat(obstacle(state(watched(AT_10, elsewhere)), finding("SequenceBehind", inPartition)))
                .isNull();
        assertThat(obstacle(state(watched(AT_10, elsewhere)), finding("SequenceBehind", null)))
                .isNotNull();
    }

    @Test
    void a_forecast_is_over_once_the_rate_is_known_and_not_before() {
        var state = state(watched(AT_10, new StoredIds(null, List.of())));
        var finding = finding("ExhaustionForecast", null);
        assertThat(new Judgeability(state, DatabaseHistory.NONE).obstacle(finding))
                .isPresent();
        assertThat(new Judgeability(state, history(1, 30)).obstacle(finding))
                .as("set back among what was seen")
                .isEmpty();
        assertThat(new Judgeability(state, history(1, 5)).obstacle(finding)).isEmpty();
    }

    @Test
    void whether_the_root_of_an_inheritance_tree_is_empty_must_be_read() {
        var guessed = column(gap(NotCheckedReason.Locked), Uniqueness.Composite, true, false);
        var read = column(new StoredIds(null, List.of()), Uniqueness.Composite, true, false);
        var unique = column(gap(NotCheckedReason.Locked), Uniqueness.Alone, true, false);
        assertThat(obstacle(state(watched(AT_10, guessed)), finding("KeyNotUnique", null)))
                .isNotNull();
        assertThat(obstacle(state(watched(AT_10, read)), finding("KeyNotUnique", null)))
                .isNull();
        assertThat(obstacle(state(watched(AT_10, unique)), finding("KeyNotUnique", null)))
                .isNull();
    }

    @Test
    void counters_that_began_anew_say_nothing_of_burnt_ids() {
        var reset = column(new StoredIds(null, List.of()), Uniqueness.Alone, false, false, TableStatistics.NONE);
        assertThat(obstacle(state(watched(AT_10, reset)), finding("IdBurn", null)))
                .isNotNull();
    }

    /** By name; all but the last two hold the sequence and the column of the finding. */
    private static Set<String> unknownFacts(String check) {
        return Checks.named(check).orElseThrow().needs().stream()
                .map(fact -> "unknown " + fact)
                .collect(Collectors.toSet());
    }

    private static Map<String, DatabaseState> situations() {
        var all = new LinkedHashMap<String, DatabaseState>();
        var known = new StoredIds(null, List.of());
        for (var reason : UnreadableReason.values()) {
            all.put("position " + reason, state(watched(new Position.Unreadable(reason), known)));
        }
        for (var reason : NotCheckedReason.values()) {
            all.put("ids " + reason, state(watched(AT_10, gap(reason))));
        }
        for (var fact : Fact.values()) {
            var unknown = List.of(new UnknownFact(fact, UnknownFact.Reason.TimedOut, ""));
            all.put("unknown " + fact, state(watched(AT_10, known)).withUnknown(unknown));
            all.put("sequence dropped, unknown " + fact, state().withUnknown(unknown));
        }
        all.put("standby", state(Server.Role.Standby, watched(AT_10, known)));
        all.put(
                "subscriber",
                state(watched(AT_10, column(new StoredIds(STORED, List.of()), Uniqueness.Alone, false, true))));
        all.put(
                "subscriber that was set past the ids",
                state(watched(AT_10, column(known, Uniqueness.Alone, false, true))));
        all.put("all read", state(watched(AT_10, known)));
        all.put("column dropped", state(watched(new Position.At(BigInteger.TEN), List.of())));
        all.put("sequence dropped", state());
        return all;
    }

    private static @Nullable String obstacle(DatabaseState state, Finding finding) {
        return new Judgeability(state, history(1, 5)).obstacle(finding).orElse(null);
    }

    private static Finding finding(String check, StoredIds.@Nullable Collision seen) {
        var subject = Subject.of(SEQUENCE).column(Given.TABLE.column("id"));
        return new Finding(check, Severity.Critical, subject, "", null, seen);
    }

    private static StoredIds.Collision collision(long id, StoredIds.Source source) {
        var value = BigInteger.valueOf(id);
        return new StoredIds.Collision(Given.TABLE, Uniqueness.Alone, value, value, source);
    }

    private static StoredIds gap(NotCheckedReason reason) {
        return new StoredIds(null, List.of(new StoredIds.Gap(Given.TABLE, reason)));
    }

    private static SequenceColumn column(StoredIds stored, Uniqueness uniqueness, boolean tree, boolean subscribed) {
        return column(stored, uniqueness, tree, subscribed, new TableStatistics(1_000, 0, 1_000, null));
    }

    private static SequenceColumn column(
            StoredIds stored, Uniqueness uniqueness, boolean tree, boolean subscribed, TableStatistics counters) {
        return new SequenceColumn(
                Given.TABLE.column("id"),
                Given.BIGINT,
                ValueSource.Default,
                new Table(
                        Given.TABLE,
                        "owner",
                        Persistence.Permanent,
                        List.of(),
                        subscribed ? Subscription.Running : Subscription.None,
                        false,
                        tree,
                        false,
                        counters),
                uniqueness,
                stored,
                List.of());
    }

    private static WatchedSequence watched(Position position, StoredIds stored) {
        return watched(position, column(stored, Uniqueness.Alone, false, false));
    }

    private static WatchedSequence watched(Position position, SequenceColumn column) {
        return watched(position, List.of(column));
    }

    private static WatchedSequence watched(Position position, List<SequenceColumn> columns) {
        return Given.watched(Given.sequence("bigint"), position, columns, List.of());
    }

    private static DatabaseState state(WatchedSequence... sequences) {
        return state(Server.Role.Primary, sequences);
    }

    private static DatabaseState state(Server.Role role, WatchedSequence... sequences) {
        return new DatabaseState(
                "shop",
                new Server("18.6", 180006, role, "watcher"),
                NOW,
                Duration.ZERO,
                List.of(sequences),
                Set.of(),
                List.of(),
                List.of(),
                null);
    }

    /** Over two hours, so that a rate is known. */
    private static DatabaseHistory history(long... positions) {
        var samples = new ArrayList<PositionHistory.Sample>();
        for (var i = 0; i < 4; i++) {
            samples.add(new PositionHistory.Sample(
                    NOW.minus(Duration.ofMinutes(120 - 30L * i)),
                    BigInteger.valueOf(positions[Math.min(i / 2, positions.length - 1)])));
        }
        var track = PositionHistory.EMPTY;
        for (var sample : samples) {
            track = track.with(sample);
        }
        return new DatabaseHistory(Map.of(SEQUENCE, track));
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        var all = new HashSet<>(one);
        all.addAll(other);
        return all;
    }
}
