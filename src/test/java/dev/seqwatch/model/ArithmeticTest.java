package dev.seqwatch.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** The arithmetic of ranges against a model that calls nextval one by one. */
class ArithmeticTest {
    private static final int ROUNDS = 10;
    private static final int SITUATIONS = 400;

    private static final List<ColumnType> TYPES = List.of(
            Given.SMALLINT,
            Given.INTEGER,
            Given.BIGINT,
            new ColumnType("numeric(5,0)", "numeric", 327684, false),
            new ColumnType("text", "text", -1, false));

    private static final List<BigInteger> PLACES = List.of(
            BigInteger.ZERO,
            ValueRange.SMALLINT.min(),
            ValueRange.SMALLINT.max(),
            ValueRange.INTEGER.min(),
            ValueRange.INTEGER.max(),
            ValueRange.BIGINT.min(),
            ValueRange.BIGINT.max());

    /** A short range somewhere between the ends of bigint, the ends included, and a position in or about it. */
    record Situation(Sequence sequence, Position position, BigInteger limit, int calls) {
        BigInteger next() {
            return Objects.requireNonNull(position.next(sequence));
        }

        boolean passed(BigInteger value, BigInteger end) {
            return sequence.ascending() ? value.compareTo(end) > 0 : value.compareTo(end) < 0;
        }
    }

    @RepeatedTest(ROUNDS)
    void headroomCountsCalls(RepetitionInfo round) {
        situations(round).forEach(ArithmeticTest::headroomCountsCalls);
    }

    private static void headroomCountsCalls(Situation given) {
        var remaining = 0;
        for (var value = given.next();
                !given.passed(value, given.limit);
                value = value.add(given.sequence.increment())) {
            remaining++;
        }
        var used = 0;
        var from = given.passed(given.sequence.rangeStart(), given.next())
                ? given.sequence.turn()
                : given.sequence.rangeStart();
        for (var value = from.add(given.sequence.increment());
                !given.passed(value, given.next());
                value = value.add(given.sequence.increment())) {
            used++;
        }
        assertThat(Headroom.of(given.sequence, given.position, Given.limit(given.limit)))
                .as(given.toString())
                .isEqualTo(new Headroom.Finite(BigInteger.valueOf(remaining), BigInteger.valueOf(used)));
    }

    @RepeatedTest(ROUNDS)
    void thresholdsAgreeWithTheRatio(RepetitionInfo round) {
        situations(round).forEach(ArithmeticTest::thresholdsAgreeWithTheRatio);
    }

    private static void thresholdsAgreeWithTheRatio(Situation given) {
        var limit = Given.limit(given.limit);
        if (Headroom.of(given.sequence, given.position, limit) instanceof Headroom.Finite finite) {
            var ratio = finite.usedRatio();
            assertThat(ratio).isBetween(0.0, 1.0);
            assertThat(ratio == 1).isEqualTo(finite.remaining().signum() == 0);
            for (var percent = 1; percent <= 100; percent++) {
                var slack = Math.abs(ratio * 100 - percent);
                if (slack > 1e-9) {
                    assertThat(finite.usedAtLeast(percent)).isEqualTo(ratio * 100 > percent);
                }
            }
        }
    }

    @RepeatedTest(ROUNDS)
    void collisionDistanceCountsCallsUpToTheId(RepetitionInfo round) {
        situations(round).forEach(ArithmeticTest::collisionDistanceCountsCallsUpToTheId);
    }

    private static void collisionDistanceCountsCallsUpToTheId(Situation given) {
        var id = given.next();
        for (var call = 1; call < given.calls; call++) {
            id = id.add(given.sequence.increment());
        }
        var sequenceColumn = Given.sequenceColumn("t", Given.BIGINT)
                .withStored(new StoredIds(
                        new StoredIds.Collision(Given.TABLE, Uniqueness.Alone, id, id, new StoredIds.Source.Stored()),
                        List.of()));
        var watched = Given.watched(given.sequence, given.position, List.of(sequenceColumn), List.of());
        assertThat(watched.collisionDistance()).as(given.toString()).isEqualTo(BigInteger.valueOf(given.calls));
    }

    @RepeatedTest(ROUNDS)
    void theTightestLimitIsTheLastValueThatAllCanStore(RepetitionInfo round) {
        var random = new Random(round.getCurrentRepetition());
        situations(round)
                .forEach(given -> theTightestLimitIsTheLastValueThatAllCanStore(given, types(random), types(random)));
    }

    private static void theTightestLimitIsTheLastValueThatAllCanStore(
            Situation given, List<ColumnType> types, List<ColumnType> references) {
        var sequenceColumns =
                types.stream().map(type -> Given.sequenceColumn("t", type)).toList();
        var behind = references.stream().map(type -> Given.reference("r", type)).toList();
        var limit = Limits.tightest(given.sequence, sequenceColumns, behind, List.of())
                .value();

        var step = BigInteger.valueOf(given.sequence.increment().signum());
        assertThat(fits(given, types, references, limit))
                .as(given + " " + types + references)
                .isTrue();
        assertThat(fits(given, types, references, limit.add(step))).isFalse();
    }

    /** In the direction of the increment: an end behind the sequence does not concern it. */
    private static boolean fits(
            Situation given, List<ColumnType> types, List<ColumnType> references, BigInteger value) {
        var ascending = given.sequence.ascending();
        return !given.passed(value, given.sequence.end())
                && Stream.concat(types.stream(), references.stream())
                        .map(ColumnType::bounds)
                        .allMatch(bounds -> bounds == null || !given.passed(value, bounds.end(ascending)));
    }

    private static List<ColumnType> types(Random random) {
        var types = new ArrayList<ColumnType>();
        for (var count = random.nextInt(4); count > 0; count--) {
            types.add(TYPES.get(random.nextInt(TYPES.size())));
        }
        return types;
    }

    /** The same in every run: a failure names its situation. */
    private static Stream<Situation> situations(RepetitionInfo round) {
        var random = new Random(round.getCurrentRepetition());
        return Stream.generate(() -> situation(
                        PLACES.get(random.nextInt(PLACES.size())),
                        random.nextInt(201),
                        1 + random.nextInt(400),
                        (1L + random.nextInt(9)) * (random.nextBoolean() ? 1 : -1),
                        thousandths(random),
                        thousandths(random),
                        thousandths(random),
                        1 + random.nextInt(50),
                        random.nextBoolean()))
                .limit(SITUATIONS);
    }

    /** The ends as often as all between them. */
    private static long thousandths(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> 1000;
            default -> random.nextInt(1001);
        };
    }

    private static Situation situation(
            BigInteger place,
            long below,
            long width,
            long step,
            long start,
            long at,
            long limit,
            int calls,
            boolean called) {
        var min = place.subtract(BigInteger.valueOf(below))
                .max(ValueRange.BIGINT.min())
                .min(ValueRange.BIGINT.max().subtract(BigInteger.valueOf(width)));
        var range = new ValueRange(min, min.add(BigInteger.valueOf(width)));
        var sequence = Given.sequence(range, within(range, start), BigInteger.valueOf(step), false);
        var position = called ? new Position.At(within(range, at)) : new Position.NeverCalled(within(range, at));
        return new Situation(sequence, position, within(range, limit), calls);
    }

    private static BigInteger within(ValueRange range, long thousandths) {
        var width = range.max().subtract(range.min());
        return range.min().add(width.multiply(BigInteger.valueOf(thousandths)).divide(BigInteger.valueOf(1000)));
    }
}
