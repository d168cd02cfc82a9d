package dev.seqwatch.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.seqwatch.check.CheckPolicy;
import dev.seqwatch.check.Checks;
import dev.seqwatch.check.Finding;
import dev.seqwatch.check.Severity;
import dev.seqwatch.check.Subject;
import dev.seqwatch.config.Ignore;
import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Given;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.Server;
import dev.seqwatch.model.UnreadableReason;
import dev.seqwatch.model.WatchedSequence;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A finding that nobody can judge stays until somebody can, until its object is gone, or until the monitor says so. */
class StaleFindingsTest {
    private static final Instant FIRST = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant NEXT = FIRST.plus(Duration.ofMinutes(5));
    private static final Instant LAST = NEXT.plus(Duration.ofMinutes(5));
    private static final RelationName SEQUENCE = new RelationName("public", "s");
    private static final CheckPolicy OFF = new CheckPolicy(
            CheckPolicy.Thresholds.DEFAULT, CheckPolicy.Horizon.DEFAULT, Map.of(), Set.of("SequenceExhaustion"));
    private static final CheckPolicy INFO = new CheckPolicy(
            CheckPolicy.Thresholds.DEFAULT,
            CheckPolicy.Horizon.DEFAULT,
            Map.of("SequenceExhaustion", Severity.Info),
            Set.of());
    private static final Ignore IGNORE = new Ignore(List.of("shop.public.s"), List.of("*"), "frozen", null);

    @Test
    void a_position_that_is_locked_keeps_the_finding_and_its_beginning() {
        var found = inspect(at(FIRST, 2_000_000_000), List.of());
        assertThat(exhaustion(found)).isEqualTo("Critical");
        var locked = inspect(locked(NEXT), found);
        assertThat(locked.findings()).noneMatch(StaleFindingsTest::isExhaustion);
        assertThat(stale(locked)).singleElement().satisfies(stale -> {
            assertThat(stale.since()).isEqualTo(NEXT);
            assertThat(stale.reason())
                    .isEqualTo("The position of the sequence is not known: locked by another session.");
        });
        assertThat(exhaustion(locked)).isEqualTo("Critical");
        var still = inspect(locked(LAST), locked);
        assertThat(stale(still)).extracting(StaleFinding::since).containsExactly(NEXT);
        var again = inspect(at(LAST, 2_000_000_000), still);
        assertThat(again.stale()).isEmpty();
        assertThat(exhaustion(again)).isEqualTo("Critical");
        assertThat(exhaustion(inspect(at(LAST, 5), still)))
                .as("judged and not found")
                .isNull();
    }

    @Test
    void it_goes_when_its_object_is_gone() {
        var locked = inspect(locked(NEXT), inspect(at(FIRST, 2_000_000_000), List.of()));
        assertThat(exhaustion(inspect(new ReadResult.Success(state(LAST)), locked)))
                .isNull();
    }

    static Stream<Arguments> readings() {
        return Stream.of(arguments(locked(NEXT)), arguments(unreachable(NEXT)));
    }

    @ParameterizedTest
    @MethodSource("readings")
    void it_goes_when_the_monitor_says_so(ReadResult reading) {
        var earlier = inspect(at(FIRST, 2_000_000_000), List.of()).open();
        assertThat(exhaustion(inspect(reading, CheckPolicy.DEFAULT, List.of(), _ -> true, earlier)))
                .isEqualTo("Critical");
        assertThat(exhaustion(inspect(reading, OFF, List.of(), _ -> true, earlier)))
                .as("check off")
                .isNull();
        assertThat(exhaustion(inspect(reading, INFO, List.of(), _ -> true, earlier)))
                .as("severity lowered")
                .isEqualTo("Info");
        assertThat(exhaustion(inspect(reading, CheckPolicy.DEFAULT, List.of(), "other"::equals, earlier)))
                .as("schema excluded")
                .isNull();
        var ignoring = inspect(reading, CheckPolicy.DEFAULT, List.of(IGNORE), _ -> true, earlier);
        assertThat(exhaustion(ignoring)).as("ignored").isNull();
        assertThat(ignoring.ignored()).anyMatch(ignored -> isExhaustion(ignored.finding()));
        assertThat(exhaustion(inspect(reading, CheckPolicy.DEFAULT, List.of(), _ -> true, ignoring.open())))
                .as("no longer ignored")
                .isEqualTo("Critical");
    }

    @Test
    void a_database_that_cannot_be_read_keeps_the_findings_of_every_check() {
        var earlier = Checks.ALL.stream()
                .map(check -> new EarlierFinding(
                        new Finding(check.name(), Severity.Critical, Subject.of(SEQUENCE), "m", null), null))
                .toList();
        var unread = inspect(unreachable(NEXT), CheckPolicy.DEFAULT, List.of(), _ -> true, earlier);
        assertThat(unread.stale())
                .hasSize(Checks.ALL.size())
                .allMatch(stale -> stale.since().equals(NEXT))
                .allMatch(stale -> stale.reason().equals("The database could not be read: no answer."));
    }

    @Test
    void all_serious_findings_are_remembered_and_few_of_the_others() {
        var findings = IntStream.range(0, 500)
                .mapToObj(i -> new Finding(
                        "KeyNotUnique",
                        i < 100 ? Severity.Warning : Severity.Info,
                        Subject.of(new RelationName("public", "s%03d".formatted(i))),
                        "m",
                        "SELECT 1;"))
                .toList();
        var open = new Inspection("shop", unreachable(FIRST), findings, List.of(), DatabaseHistory.NONE).open();
        assertThat(open).hasSize(100);
        assertThat(open).filteredOn(each -> each.finding().remedy() != null).hasSize(20);
    }

    private static List<StaleFinding> stale(Inspection inspection) {
        return inspection.stale().stream()
                .filter(stale -> isExhaustion(stale.finding()))
                .toList();
    }

    private static boolean isExhaustion(Finding finding) {
        return finding.check().equals("SequenceExhaustion");
    }

    private static @Nullable String exhaustion(Inspection inspection) {
        return inspection
                .reported()
                .filter(StaleFindingsTest::isExhaustion)
                .map(finding -> finding.severity().name())
                .findFirst()
                .orElse(null);
    }

    private static Inspection inspect(ReadResult reading, Inspection before) {
        return inspect(reading, before.open());
    }

    private static Inspection inspect(ReadResult reading, List<EarlierFinding> earlier) {
        return inspect(reading, CheckPolicy.DEFAULT, List.of(), _ -> true, earlier);
    }

    private static Inspection inspect(
            ReadResult reading,
            CheckPolicy policy,
            List<Ignore> ignores,
            Predicate<String> schemas,
            List<EarlierFinding> earlier) {
        return Inspection.of("shop", reading, policy, ignores, schemas, DatabaseHistory.NONE, earlier);
    }

    private static ReadResult at(Instant time, long lastValue) {
        return new ReadResult.Success(state(time, watched(new Position.At(BigInteger.valueOf(lastValue)))));
    }

    private static ReadResult locked(Instant time) {
        return new ReadResult.Success(state(time, watched(new Position.Unreadable(UnreadableReason.Locked))));
    }

    private static ReadResult unreachable(Instant time) {
        return new ReadResult.Unreachable(ReadResult.Reason.TimedOut, "no answer", time, Duration.ZERO);
    }

    private static WatchedSequence watched(Position position) {
        return Given.watched(
                Given.sequence("integer"), position, List.of(Given.sequenceColumn("t", Given.INTEGER)), List.of());
    }

    private static DatabaseState state(Instant time, WatchedSequence... sequences) {
        return new DatabaseState(
                "shop",
                new Server("18.6", 180006, Server.Role.Primary, "watcher"),
                time,
                Duration.ZERO,
                List.of(sequences),
                Set.of(),
                List.of(),
                List.of(),
                null);
    }
}
