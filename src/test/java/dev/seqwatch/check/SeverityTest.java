package dev.seqwatch.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.forecast.PositionHistory;
import dev.seqwatch.model.ColumnType;
import dev.seqwatch.model.Given;
import dev.seqwatch.model.InsertGrant;
import dev.seqwatch.model.NotCheckedReason;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.StoredIds;
import dev.seqwatch.model.StoredIds.Collision;
import dev.seqwatch.model.StoredIds.Source;
import dev.seqwatch.model.Uniqueness;
import dev.seqwatch.model.UnreadableReason;
import dev.seqwatch.model.ValueRange;
import dev.seqwatch.model.WatchedSequence;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SeverityTest {
    @ParameterizedTest
    @CsvSource({"74, ", "75, Warning", "89, Warning", "90, Critical", "99, Critical", "100, Critical"})
    void exhaustion(long lastValue, String severity) {
        var watched =
                Given.watched(hundred(), at(lastValue), List.of(Given.sequenceColumn("t", Given.BIGINT)), List.of());

        assertThat(severities(new SequenceExhaustion(), watched))
                .isEqualTo(severity == null ? List.of() : List.of(severity));
    }

    /** Nobody is known to be hurt, and a full one that nobody misses is a leftover. */
    @ParameterizedTest
    @CsvSource({"74, ", "75, Warning", "99, Warning", "100, Info"})
    void exhaustion_of_a_sequence_without_a_use(long lastValue, String severity) {
        var watched = Given.watched(hundred(), at(lastValue), List.of(), List.of());

        assertThat(severities(new SequenceExhaustion(), watched))
                .isEqualTo(severity == null ? List.of() : List.of(severity));
    }

    @ParameterizedTest
    @CsvSource({"49, ", "50, Warning", "60, Critical"})
    void exhaustionByThresholdsOfTheMonitor(long lastValue, String severity) {
        var watched =
                Given.watched(hundred(), at(lastValue), List.of(Given.sequenceColumn("t", Given.BIGINT)), List.of());
        var policy =
                new CheckPolicy(new CheckPolicy.Thresholds(50, 60), CheckPolicy.Horizon.DEFAULT, Map.of(), Set.of());

        assertThat(new SequenceExhaustion().examine(Given.state(watched), policy, DatabaseHistory.NONE))
                .extracting(finding -> finding.severity().name())
                .isEqualTo(severity == null ? List.of() : List.of(severity));
    }

    /** An answer that is not known is blindness where a grant would cure it, and never exhaustion, and never health. */
    @ParameterizedTest
    @EnumSource(UnreadableReason.class)
    void anUnreadPositionIsNeitherExhaustedNorBehind(UnreadableReason reason) {
        var sequenceColumn = colliding(2, Uniqueness.Alone, new Source.Stored());
        var watched = Given.watched(hundred(), new Position.Unreadable(reason), List.of(sequenceColumn), List.of());
        var curable = reason == UnreadableReason.NoPrivilege || reason == UnreadableReason.NeverCalledOrUnknown;

        assertThat(severities(new SequenceExhaustion(), watched)).isEmpty();
        assertThat(severities(new SequenceBehind(), watched)).isEmpty();
        assertThat(severities(new InsufficientPrivileges(), watched))
                .isEqualTo(curable ? List.of("Warning") : List.of());
    }

    @ParameterizedTest
    @EnumSource(NotCheckedReason.class)
    void idsThatWereNotReadAreBlindnessOnlyForWantOfAGrant(NotCheckedReason reason) {
        var sequenceColumn = Given.sequenceColumn("t", Given.BIGINT)
                .withStored(new StoredIds(null, List.of(new StoredIds.Gap(Given.TABLE, reason))));
        var watched = Given.watched(hundred(), at(1), List.of(sequenceColumn), List.of());

        assertThat(severities(new SequenceBehind(), watched)).isEmpty();
        assertThat(severities(new InsufficientPrivileges(), watched))
                .isEqualTo(
                        reason == NotCheckedReason.NoPrivilege || reason == NotCheckedReason.RowLevelSecurity
                                ? List.of("Warning")
                                : List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "11, Alone, Critical",
        "1010, Alone, Critical",
        "1011, Alone, Warning",
        "1010, Composite, Critical",
        "1011, Composite, Warning",
        "11, None, Critical",
        "5000, None, Warning",
        "500000, None, Info",
        "1000000000, Alone, Info"
    })
    void behind(long firstId, Uniqueness uniqueness, Severity severity) {
        var sequenceColumn = colliding(firstId, uniqueness, new Source.Stored());
        var watched = Given.watched(Given.sequence("bigint"), at(10), List.of(sequenceColumn), List.of());

        assertThat(severities(new SequenceBehind(), watched)).containsExactly(severity.name());
    }

    /** Ten days of the same rate decide where the distance alone would say another thing. */
    @ParameterizedTest
    @CsvSource({
        "24000000, 24000000, Critical, 'about 24 hours from now'",
        "24000000, 1000000, Warning, 'about 24 days from now'",
        "24000000, 1000, Info, 'in 24,000,000 calls'",
        "900, 3, Info, 'about 300 days from now'",
        "900, 90, Warning, 'about 10 days from now'"
    })
    void behindByTheRateOfUse(long distance, long perDay, Severity severity, String said) {
        var now = 1_000_000_000L;
        var sequenceColumn = colliding(now + distance, Uniqueness.Alone, new Source.Stored());
        var watched = Given.watched(Given.sequence("bigint"), at(now), List.of(sequenceColumn), List.of());
        var track = PositionHistory.EMPTY;
        for (var day = 10; day > 0; day--) {
            track = track.with(new PositionHistory.Sample(
                    Instant.EPOCH.minus(Duration.ofDays(day)), BigInteger.valueOf(now + 1 - day * perDay)));
        }
        var history = new DatabaseHistory(Map.of(watched.name(), track));

        assertThat(new SequenceBehind().examine(Given.state(watched), CheckPolicy.DEFAULT, history))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(severity);
                    assertThat(finding.message()).contains(said);
                });
    }

    @Test
    void behindByStatisticsIsAWarningThatNamesThem() {
        var sequenceColumn =
                colliding(11, Uniqueness.None, new Source.Statistics(Instant.parse("2026-01-02T03:04:05Z")));
        var watched = Given.watched(Given.sequence("bigint"), at(10), List.of(sequenceColumn), List.of());

        assertThat(new SequenceBehind().examine(Given.state(watched), CheckPolicy.DEFAULT, DatabaseHistory.NONE))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.Warning);
                    assertThat(finding.message()).contains("statistics of the ANALYZE at 2026-01-02T03:04:05Z");
                });
    }

    @ParameterizedTest
    @CsvSource({"n11, 11, 1", "10, 11, 1", "10, 20, 10", "n10, 10, 1"})
    void theDistanceCountsTheCollidingCall(String position, long firstId, BigInteger distance) {
        var sequenceColumn = colliding(firstId, Uniqueness.Alone, new Source.Stored());
        var at = position.startsWith("n")
                ? new Position.NeverCalled(new BigInteger(position.substring(1)))
                : at(Long.parseLong(position));

        assertThat(Given.watched(Given.sequence("bigint"), at, List.of(sequenceColumn), List.of())
                        .collisionDistance())
                .isEqualTo(distance);
    }

    @Test
    void grants() {
        var healthy = Given.watched(
                Given.sequence("bigint"), at(1), List.of(Given.sequenceColumn("t", Given.BIGINT)), List.of());
        var missing = new WatchedSequence(
                healthy.sequence(),
                healthy.position(),
                healthy.owned(),
                healthy.sequenceColumns(),
                healthy.references(),
                healthy.otherUses(),
                List.of(new InsertGrant("app", Given.TABLE.column("id"), null, new InsertGrant.Place.Root())),
                healthy.limit());

        assertThat(severities(new InsertWithoutUsage(), healthy)).isEmpty();
        assertThat(severities(new InsertWithoutUsage(), missing)).containsExactly("Critical");
    }

    @Test
    void ownership() {
        var owned = Given.watched(
                Given.sequence("bigint"), at(1), List.of(Given.sequenceColumn("t", Given.BIGINT)), List.of());
        var drawn = new WatchedSequence(
                owned.sequence(),
                owned.position(),
                null,
                owned.sequenceColumns(),
                List.of(),
                List.of(),
                List.of(),
                owned.limit());
        var orphan = new WatchedSequence(
                owned.sequence(), owned.position(), null, List.of(), List.of(), List.of(), List.of(), owned.limit());
        var used = new WatchedSequence(
                owned.sequence(),
                owned.position(),
                null,
                List.of(),
                List.of(),
                List.of("view w"),
                List.of(),
                owned.limit());

        assertThat(severities(new SequenceUnowned(), owned)).isEmpty();
        assertThat(severities(new SequenceUnowned(), drawn)).containsExactly("Info");
        assertThat(severities(new SequenceUnowned(), orphan)).isEmpty();
        assertThat(severities(new OrphanSequence(), drawn)).isEmpty();
        assertThat(severities(new OrphanSequence(), orphan)).containsExactly("Info");
        assertThat(severities(new OrphanSequence(), used)).isEmpty();
    }

    @Test
    void aMonitorOverridesAndSwitchesOff() {
        var watched = Given.watched(hundred(), at(100), List.of(), List.of());
        var overridden = new CheckPolicy(
                CheckPolicy.Thresholds.DEFAULT,
                CheckPolicy.Horizon.DEFAULT,
                Map.of("SequenceExhaustion", Severity.Info),
                Set.of());
        var off = new CheckPolicy(
                CheckPolicy.Thresholds.DEFAULT,
                CheckPolicy.Horizon.DEFAULT,
                Map.of(),
                Set.of("SequenceExhaustion", "OrphanSequence"));

        assertThat(Checks.run(Given.state(watched), overridden, DatabaseHistory.NONE))
                .filteredOn(finding -> finding.check().equals("SequenceExhaustion"))
                .extracting(Finding::severity)
                .containsExactly(Severity.Info);
        assertThat(Checks.run(Given.state(watched), off, DatabaseHistory.NONE))
                .extracting(Finding::check)
                .doesNotContain("SequenceExhaustion", "OrphanSequence");
    }

    private static List<String> severities(Check check, WatchedSequence watched) {
        return check.examine(Given.state(watched), CheckPolicy.DEFAULT, DatabaseHistory.NONE)
                .map(finding -> finding.severity().name())
                .toList();
    }

    private static SequenceColumn colliding(long id, Uniqueness uniqueness, Source source) {
        var first = BigInteger.valueOf(id);
        ColumnType type = Given.BIGINT;
        return Given.sequenceColumn("t", type)
                .withStored(new StoredIds(new Collision(Given.TABLE, uniqueness, first, first, source), List.of()));
    }

    private static dev.seqwatch.model.Sequence hundred() {
        return Given.sequence(
                new ValueRange(BigInteger.ONE, BigInteger.valueOf(100)), BigInteger.ONE, BigInteger.ONE, false);
    }

    private static Position at(long lastValue) {
        return new Position.At(BigInteger.valueOf(lastValue));
    }
}
