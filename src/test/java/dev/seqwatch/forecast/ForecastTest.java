package dev.seqwatch.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.seqwatch.check.CheckPolicy;
import dev.seqwatch.check.ExhaustionForecast;
import dev.seqwatch.model.ColumnType;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Limits;
import dev.seqwatch.model.Persistence;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.Sequence;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.Server;
import dev.seqwatch.model.StatsReset;
import dev.seqwatch.model.StoredIds;
import dev.seqwatch.model.Subscription;
import dev.seqwatch.model.Table;
import dev.seqwatch.model.TableStatistics;
import dev.seqwatch.model.Uniqueness;
import dev.seqwatch.model.ValueRange;
import dev.seqwatch.model.ValueSource;
import dev.seqwatch.model.WatchedSequence;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ForecastTest {
    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");
    private static final RelationName NAME = new RelationName("public", "t_id_seq");
    private static final long TOP = Integer.MAX_VALUE;
    private static final StatsReset TEN_DAYS = new StatsReset(NOW.minus(Duration.ofDays(10)), true);

    @Test
    void aSteadyRateLeadsToTheLimit() {
        var history = history(Duration.ofDays(10), hour -> TOP - 1_000_000 - (240 - hour) * 100);
        assertThat(forecast(TOP - 1_000_000, history, null, TableStatistics.NONE)
                        .left())
                .isCloseTo(Duration.ofHours(10_000), Duration.ofHours(60));
    }

    @Test
    void nightsArePartOfTheRate() {
        var history = history(Duration.ofDays(10), hour -> TOP - 1_000_000 - (240 - hour) / 24 * 2_400);
        assertThat(forecast(TOP - 1_000_000, history, null, TableStatistics.NONE)
                        .perDay())
                .isCloseTo(2_400, within(250.0));
    }

    @Test
    void aSetvalForwardOrABulkLoadIsNoRate() {
        var history = history(
                Duration.ofDays(10), hour -> TOP - 1_000_000 - (240 - hour) * 100 - (hour < 239 ? 900_000_000 : 0));
        assertThat(forecast(TOP - 1_000_000, history, null, TableStatistics.NONE)
                        .perDay())
                .isCloseTo(2_400, within(250.0));
    }

    @Test
    void aRestartForgetsWhatWasBefore() {
        var history = history(
                Duration.ofDays(10), hour -> hour < 120 ? TOP - 500 + hour : TOP - 1_012_000 + (hour - 120) * 100);
        assertThat(forecast(TOP - 1_000_000, history, null, TableStatistics.NONE)
                        .perDay())
                .isCloseTo(2_400, within(250.0));
    }

    @Test
    void noRateIsMadeUpFromLess() {
        var minutes = PositionHistory.EMPTY;
        for (var i = 0; i < 10; i++) {
            minutes = minutes.with(
                    new PositionHistory.Sample(NOW.minusSeconds(600 - i * 60), BigInteger.valueOf(1_000_000L * i)));
        }
        var watched = watched(10_000_000, counted(5_000_000));
        var young = state(watched, new StatsReset(NOW.minus(Duration.ofHours(20)), true));
        assertThat(Forecast.of(watched, young, new DatabaseHistory(Map.of(NAME, minutes))))
                .isEmpty();
        assertThat(Forecast.of(watched, state(watched, null), DatabaseHistory.NONE))
                .isEmpty();
        var idle = history(Duration.ofDays(10), _ -> 1_000);
        var still = watched(1_000, TableStatistics.NONE);
        assertThat(Forecast.of(still, state(still, null), idle)).isEmpty();
    }

    @Test
    void countersAreTheLastResortAndNamedAsAnEstimate() {
        var known = forecast(TOP - 1_000_000, DatabaseHistory.NONE, TEN_DAYS, counted(100_000));
        assertThat(known.perDay()).isCloseTo(10_000, within(1.0));
        assertThat(known.basis())
                .isEqualTo("estimated from the 100,000 rows inserted since the statistics were reset at "
                        + TEN_DAYS.since());
        var least = forecast(
                TOP - 1_000_000, DatabaseHistory.NONE, new StatsReset(TEN_DAYS.since(), false), counted(100_000));
        assertThat(least.basis())
                .startsWith("estimated, as the least that it can be, from the 100,000 rows inserted since the server");
    }

    @Test
    void whoSawTheSequenceRestForAWeekAsksNoCounters() {
        var watched = watched(TOP - 1_000_000, counted(1_000_000));
        var idle = history(Duration.ofDays(8), _ -> TOP - 1_000_000);
        assertThat(Forecast.of(watched, state(watched, TEN_DAYS), idle)).isEmpty();
    }

    @Test
    void rowsThatMayHaveDrawnNoIdAreNoEstimate() {
        var before = NOW.minus(Duration.ofDays(11));
        var silent = Map.of(
                "a restore or a first load: nothing was there before",
                watched(TOP - 1_000_000, new TableStatistics(900_000_000, 0, 900_000_000, null)),
                "never analysed: nobody knows what was there before",
                watched(TOP - 1_000_000, new TableStatistics(900_000_000, 0, 0, null)),
                "more rows than the sequence ever gave: they brought their ids",
                watched(1_000_000, counted(1_000_001)),
                "counted since before: another table's reset set the time",
                watched(TOP - 1_000_000, new TableStatistics(900_000_000, 0, 2_000_000_000, before)));
        silent.forEach(
                (why, watched) -> assertThat(Forecast.of(watched, state(watched, TEN_DAYS), DatabaseHistory.NONE))
                        .as(why)
                        .isEmpty());
        var queue = watched(TOP - 1_000_000, new TableStatistics(90_000_000, 90_000_000, 10, NOW));
        assertThat(Forecast.of(queue, state(queue, TEN_DAYS), DatabaseHistory.NONE))
                .isPresent();
    }

    @Test
    void theHorizonDecidesTheSeverity() {
        var check = new ExhaustionForecast();
        for (var expected :
                Map.of(29, "Critical", 31, "Warning", 89, "Warning", 92, "").entrySet()) {
            var watched = watched(TOP - expected.getKey() * 1_000L, counted(10_000));
            var found = check.examine(state(watched, TEN_DAYS), CheckPolicy.DEFAULT, DatabaseHistory.NONE)
                    .map(finding -> finding.severity().name())
                    .toList();
            assertThat(found)
                    .as(expected.getKey() + " days")
                    .isEqualTo(expected.getValue().isEmpty() ? List.of() : List.of(expected.getValue()));
        }
    }

    @Test
    void aTrackStaysSmallAndSpansLong() {
        var track = PositionHistory.EMPTY;
        for (var i = 0; i < 10_000; i++) {
            track = track.with(new PositionHistory.Sample(NOW.plusSeconds(300L * i), BigInteger.valueOf(i)));
        }
        var samples = track.samples();
        assertThat(samples).hasSize(PositionHistory.CAPACITY);
        assertThat(Duration.between(samples.getFirst().at(), samples.getLast().at()))
                .isGreaterThan(Duration.ofDays(30));
        assertThat(samples.stream()
                        .filter(sample ->
                                sample.at().isAfter(samples.getLast().at().minus(Duration.ofHours(12)))))
                .hasSizeGreaterThan(10);
    }

    @Test
    void positions_at_both_ends_of_bigint_are_kept() {
        var samples = List.of(
                new PositionHistory.Sample(Instant.EPOCH.minusMillis(1), BigInteger.valueOf(Long.MAX_VALUE)),
                new PositionHistory.Sample(NOW, BigInteger.valueOf(Long.MIN_VALUE)),
                new PositionHistory.Sample(NOW.plusMillis(1), BigInteger.ZERO),
                new PositionHistory.Sample(NOW.plusMillis(129), BigInteger.valueOf(-64)));
        var track = PositionHistory.EMPTY;
        for (var sample : samples) {
            track = track.with(sample);
        }
        assertThat(track.samples()).isEqualTo(samples);
    }

    @Test
    void an_earlier_forecast_is_kept_while_the_new_one_is_hardly_later() {
        var tracks = history(Duration.ofDays(10), hour -> TOP - 1_000_000 - (240 - hour) * 100)
                .tracks();
        var fresh = leftAfter(tracks, Map.of());
        assertThat(leftAfter(tracks, Map.of(NAME, NOW.plus(fresh.dividedBy(10).multipliedBy(9)))))
                .isEqualTo(fresh.dividedBy(10).multipliedBy(9));
        assertThat(leftAfter(tracks, Map.of(NAME, NOW.plus(fresh.dividedBy(2)))))
                .isCloseTo(Duration.ofMillis((long) (fresh.toMillis() / 1.15)), Duration.ofSeconds(1));
        assertThat(leftAfter(tracks, Map.of(NAME, NOW.plus(fresh.multipliedBy(2)))))
                .isEqualTo(fresh);
    }

    @Test
    void a_history_remembers_only_what_ends_within_a_year() {
        var steady = history(Duration.ofDays(10), hour -> TOP - 1_000_000 - (240 - hour) * 1_000);
        var soon = watched(TOP - 1_000_000, TableStatistics.NONE);
        assertThat(steady.with(state(soon, null)).ends()).containsOnlyKeys(NAME);
        var slow = history(Duration.ofDays(10), hour -> TOP - 1_000_000 - (240 - hour));
        assertThat(slow.with(state(soon, null)).ends()).isEmpty();
    }

    private static Duration leftAfter(Map<RelationName, PositionHistory> tracks, Map<RelationName, Instant> ends) {
        var watched = watched(TOP - 1_000_000, TableStatistics.NONE);
        return Forecast.of(watched, state(watched, null), new DatabaseHistory(tracks, Map.of(), ends, null))
                .orElseThrow()
                .left();
    }

    @Test
    void aClockThatRanAheadIsForgotten() {
        var ahead = new PositionHistory.Sample(NOW.plus(Duration.ofDays(3_650)), BigInteger.ONE);
        var before = new PositionHistory.Sample(NOW, BigInteger.ONE);
        var after = new PositionHistory.Sample(NOW.plusSeconds(300), BigInteger.TWO);
        assertThat(PositionHistory.EMPTY.with(before).with(ahead).with(after).samples())
                .containsExactly(before, after);
    }

    /** Many rows were there before. */
    private static TableStatistics counted(long inserted) {
        return new TableStatistics(inserted, 0, 100 * inserted, null);
    }

    private static Forecast forecast(
            long position, DatabaseHistory history, @Nullable StatsReset counting, TableStatistics counters) {
        var watched = watched(position, counters);
        return Forecast.of(watched, state(watched, counting), history).orElseThrow();
    }

    private static DatabaseHistory history(Duration length, LongUnaryOperator nextAtHour) {
        var track = PositionHistory.EMPTY;
        for (var hour = 0; hour < length.toHours(); hour++) {
            var at = NOW.minus(length).plus(Duration.ofHours(hour));
            track = track.with(new PositionHistory.Sample(at, BigInteger.valueOf(nextAtHour.applyAsLong(hour))));
        }
        return new DatabaseHistory(Map.of(NAME, track));
    }

    private static DatabaseState state(WatchedSequence watched, @Nullable StatsReset counting) {
        return new DatabaseState(
                "shop",
                new Server("17.1", 170001, Server.Role.Primary, "seqwatch"),
                NOW,
                Duration.ofMillis(10),
                List.of(watched),
                Set.of(),
                List.of(),
                List.of(),
                counting);
    }

    private static WatchedSequence watched(long next, TableStatistics counters) {
        var sequence = new Sequence(
                NAME,
                "integer",
                new ValueRange(BigInteger.ONE, BigInteger.valueOf(TOP)),
                BigInteger.ONE,
                BigInteger.ONE,
                1,
                false,
                Persistence.Permanent,
                "owner");
        var table = new RelationName("public", "t");
        var sequenceColumn = new SequenceColumn(
                table.column("id"),
                new ColumnType("integer", "int4", -1, false),
                ValueSource.Default,
                new Table(
                        table,
                        "owner",
                        Persistence.Permanent,
                        List.of(),
                        Subscription.None,
                        false,
                        false,
                        false,
                        counters),
                Uniqueness.Alone,
                new StoredIds(null, List.of()),
                List.of());
        return new WatchedSequence(
                sequence,
                new Position.At(BigInteger.valueOf(next - 1)),
                null,
                List.of(sequenceColumn),
                List.of(),
                List.of(),
                List.of(),
                Limits.tightest(sequence, List.of(sequenceColumn), List.of(), List.of()));
    }
}
