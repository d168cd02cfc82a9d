package dev.seqwatch.assembly;

import static dev.seqwatch.model.Given.BIGINT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.assembly.Catalog.TableOptions;
import dev.seqwatch.assembly.SequenceAssembler.UnreadSequence;
import dev.seqwatch.model.ColumnType;
import dev.seqwatch.model.Given;
import dev.seqwatch.model.NotCheckedReason;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.Sequence;
import dev.seqwatch.model.StoredIds;
import dev.seqwatch.model.StoredIds.Collision;
import dev.seqwatch.model.StoredIds.Source;
import dev.seqwatch.model.Uniqueness;
import dev.seqwatch.model.UnreadableReason;
import dev.seqwatch.model.ValueRange;
import dev.seqwatch.postgres.ids.CollisionConfirmation.Answer;
import dev.seqwatch.postgres.ids.CollisionConfirmation.Suspect;
import dev.seqwatch.postgres.ids.IdSource;
import dev.seqwatch.postgres.ids.MaxIdReader.FarthestId;
import dev.seqwatch.postgres.ids.MaxIdReader.Wanted;
import dev.seqwatch.postgres.ids.StatisticsQuery.IdStatistics;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which ids are read, and what is made of the answers. */
class ReadPlanTest {
    private static final Sequence ASCENDING = Given.sequence("bigint");
    private static final Sequence DESCENDING = Given.sequence(
            new ValueRange(BigInteger.valueOf(-1_000_000), BigInteger.valueOf(-1)),
            BigInteger.valueOf(-1),
            BigInteger.valueOf(-1),
            false);
    private static final Sequence BY_TENS = Given.sequence(
            new ValueRange(BigInteger.ONE, BigInteger.valueOf(1_000_000)), BigInteger.ONE, BigInteger.TEN, false);
    private static final Sequence CYCLING = Given.sequence(
            new ValueRange(BigInteger.ONE, BigInteger.valueOf(1_000)), BigInteger.ONE, BigInteger.ONE, true);
    private static final Sequence FROM_HALF = Given.sequence(
            new ValueRange(BigInteger.ONE, BigInteger.valueOf(1_000)), BigInteger.valueOf(500), BigInteger.ONE, false);

    static Stream<Arguments> first_reads() {
        return Stream.of(
                Arguments.of("the largest id of an ascending sequence", ASCENDING, List.of("largest")),
                Arguments.of("the smallest of a descending one", DESCENDING, List.of("smallest")),
                Arguments.of(
                        "the smallest too where the sequence will turn",
                        CYCLING,
                        List.of("largest", "smallest from 1")),
                Arguments.of(
                        "the smallest too where START is within the range",
                        FROM_HALF,
                        List.of("largest", "smallest from 1")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void first_reads(String of, Sequence sequence, List<String> wanted) {
        var plan = new ReadPlan(List.of(draft(sequence)));

        assertThat(plan.farthestIds().stream().map(ReadPlanTest::wanted)).as(of).isEqualTo(wanted);
    }

    @Test
    void a_table_of_two_sequences_is_read_once_for_each_direction() {
        var drafts = new Catalog()
                .table("t")
                .sequence("up", ASCENDING)
                .sequence("up_too", ASCENDING)
                .sequence("down", DESCENDING)
                .feeds("up", "t", BIGINT)
                .feeds("up_too", "t", BIGINT)
                .feeds("down", "t", BIGINT)
                .drafts();

        assertThat(new ReadPlan(drafts).farthestIds().stream().map(ReadPlanTest::wanted))
                .containsExactly("largest", "smallest");
    }

    @Test
    void ids_that_are_no_numbers_are_looked_up_by_the_second_reads_alone() {
        var draft = new Catalog()
                .table("t")
                .sequence("s")
                .feeds("s", "t", new ColumnType("text", "text", -1, false))
                .drafts()
                .getFirst();
        var plan = new ReadPlan(List.of(draft));

        assertThat(plan.farthestIds()).isEmpty();
        assertThat(plan.secondReads(positions(draft, at(5)), Map.of()).suspects())
                .hasSize(1);
    }

    static Stream<Arguments> second_reads() {
        return Stream.of(
                Arguments.of("ids behind", ASCENDING, at(10), value(10), ""),
                Arguments.of("the next id is stored", ASCENDING, at(10), value(11), "suspect"),
                Arguments.of("the next id of a descending sequence", DESCENDING, at(-10), value(-11), "suspect"),
                Arguments.of("ids behind a descending sequence", DESCENDING, at(-10), value(-10), ""),
                Arguments.of("a sequence that was never called", ASCENDING, never(1), value(1), "suspect"),
                Arguments.of("an empty table", ASCENDING, never(1), new FarthestId.Empty(), ""),
                Arguments.of("NaN or an infinity", ASCENDING, at(10), new FarthestId.NotANumber(), "suspect"),
                Arguments.of(
                        "an unknown position",
                        ASCENDING,
                        new Position.Unreadable(UnreadableReason.NoPrivilege),
                        value(11),
                        ""),
                Arguments.of(
                        "no index",
                        ASCENDING,
                        at(10),
                        new FarthestId.NotChecked(NotCheckedReason.NoUsableIndex),
                        "statistics"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void second_reads(String of, Sequence sequence, Position position, FarthestId farthest, String read) {
        var draft = draft(sequence);
        var second =
                new ReadPlan(List.of(draft)).secondReads(positions(draft, position), Map.of(first(draft), farthest));

        assertThat((second.suspects().isEmpty() ? "" : "suspect")
                        + (second.unindexed().isEmpty() ? "" : "statistics"))
                .as(of)
                .isEqualTo(read);
    }

    @Test
    void a_sequence_that_was_dropped_meanwhile_is_left_out() {
        var draft = draft(ASCENDING);
        var plan = new ReadPlan(List.of(draft));

        assertThat(plan.secondReads(Map.of(), Map.of(first(draft), value(11))).suspects())
                .isEmpty();
        assertThat(plan.complete(Map.of(), answers(Map.of(), Map.of(), Map.of())))
                .isEmpty();
    }

    @Test
    void a_table_that_was_dropped_meanwhile_leaves_no_gap() {
        assertThat(stored(draft(ASCENDING), at(10), answers(Map.of(), Map.of(), Map.of())))
                .isEqualTo(StoredIds.NONE);
    }

    @Test
    void without_a_position_no_table_counts_as_compared() {
        var draft = draft(ASCENDING);
        var stored = stored(
                draft,
                new Position.Unreadable(UnreadableReason.NoPrivilege),
                answers(Map.of(first(draft), value(11)), Map.of(), Map.of()));

        assertThat(stored.gaps()).extracting(StoredIds.Gap::reason).containsExactly(NotCheckedReason.PositionUnknown);
        assertThat(stored.farthest()).isEqualTo(11);
    }

    @Test
    void a_suspicion_that_the_second_read_does_not_confirm_is_dropped() {
        var draft = draft(ASCENDING);
        var stored = stored(
                draft,
                at(10),
                answers(
                        Map.of(first(draft), value(11)),
                        Map.of(draft.suspect(source(draft)), new Answer.Clear()),
                        Map.of()));

        assertThat(stored.collision()).isNull();
        assertThat(stored.gaps()).isEmpty();
    }

    static Stream<Arguments> samples() {
        return Stream.of(
                Arguments.of("an id of another residue class", BY_TENS, at(101), List.of(112L, 113L), null),
                Arguments.of("an id of the same residue class", BY_TENS, at(101), List.of(112L, 131L), 131L),
                Arguments.of("an id behind", BY_TENS, at(101), List.of(91L), null),
                Arguments.of("an id beyond the limit", BY_TENS, at(101), List.of(2_000_001L), null),
                Arguments.of("a descending sequence", DESCENDING, at(-5), List.of(-3L, -6L, -9L), -6L));
    }

    /** Where no index answers, the statistics of the last ANALYZE show some ids. */
    @ParameterizedTest(name = "{0}")
    @MethodSource
    void samples(String of, Sequence sequence, Position position, List<Long> ids, Long nearest) {
        var draft = draft(sequence);
        var sample = new IdStatistics(ids.stream().map(BigDecimal::valueOf).toList(), null);
        var stored = stored(
                draft,
                position,
                answers(
                        Map.of(first(draft), new FarthestId.NotChecked(NotCheckedReason.NoUsableIndex)),
                        Map.of(),
                        Map.of(source(draft), sample)));

        assertThat(stored.gaps()).extracting(StoredIds.Gap::reason).containsExactly(NotCheckedReason.NoUsableIndex);
        assertThat(
                        stored.collision() == null
                                ? null
                                : stored.collision().first().longValueExact())
                .as(of)
                .isEqualTo(nearest);
    }

    @Test
    void runs_of_several_leaves_are_one_where_each_follows_the_other_closely() {
        var draft = new Catalog()
                .table("t", TableOptions::partitioned)
                .table("t_1")
                .table("t_2")
                .table("t_3")
                .child("t_1", "t")
                .child("t_2", "t")
                .child("t_3", "t")
                .sequence("s")
                .feeds("s", "t", BIGINT)
                .drafts()
                .getFirst();
        var sources = draft.columns().getFirst().ids().sources();
        var farthest = new HashMap<Wanted, FarthestId>();
        sources.forEach(source -> farthest.put(draft.wanted(source), value(900_000)));
        var stored = stored(
                draft,
                at(10),
                answers(
                        farthest,
                        Map.of(
                                draft.suspect(sources.get(0)), ahead("t_1", 600, 900),
                                draft.suspect(sources.get(1)), ahead("t_2", 20, 500),
                                draft.suspect(sources.get(2)), ahead("t_3", 900_000, 900_000)),
                        Map.of()));

        var collision = Objects.requireNonNull(stored.collision());
        assertThat(collision.table().name()).isEqualTo("t_2");
        assertThat(collision.first()).isEqualTo(20);
        assertThat(collision.run().end()).isEqualTo(900);
        assertThat(collision.last()).isEqualTo(900_000);
    }

    static Stream<Arguments> uniqueness_of_an_inheritance_tree() {
        return Stream.of(
                Arguments.of(new FarthestId.Empty(), Uniqueness.Composite),
                Arguments.of(value(5), Uniqueness.None),
                Arguments.of(new FarthestId.NotANumber(), Uniqueness.None));
    }

    /** The counters of the root said that it is empty; what was read from it now decides. */
    @ParameterizedTest
    @MethodSource
    void uniqueness_of_an_inheritance_tree(FarthestId ofRoot, Uniqueness expected) {
        var draft = new Catalog()
                .table("t", TableOptions::notUnique)
                .table("t_1")
                .child("t_1", "t")
                .sequence("s")
                .feeds("s", "t", BIGINT)
                .drafts()
                .getFirst();
        var answers = answers(Map.of(first(draft), ofRoot), Map.of(), Map.of());

        assertThat(new ReadPlan(List.of(draft))
                        .complete(positions(draft, at(10)), answers)
                        .getFirst()
                        .columns()
                        .getFirst()
                        .uniqueness())
                .isEqualTo(expected);
    }

    private static UnreadSequence draft(Sequence sequence) {
        return new Catalog()
                .table("t")
                .sequence("s", sequence)
                .feeds("s", "t", BIGINT)
                .drafts()
                .getFirst();
    }

    private static IdSource source(UnreadSequence draft) {
        return draft.columns().getFirst().ids().sources().getFirst();
    }

    private static Wanted first(UnreadSequence draft) {
        return draft.wanted(source(draft));
    }

    private static Map<Long, Position> positions(UnreadSequence draft, Position position) {
        return Map.of(draft.found().oid(), position);
    }

    private static StoredIdsResolver answers(
            Map<Wanted, FarthestId> farthest, Map<Suspect, Answer> answers, Map<IdSource, IdStatistics> samples) {
        return new StoredIdsResolver(farthest, answers, samples);
    }

    private static StoredIds stored(UnreadSequence draft, Position position, StoredIdsResolver answers) {
        return new ReadPlan(List.of(draft))
                .complete(positions(draft, position), answers)
                .getFirst()
                .columns()
                .getFirst()
                .stored();
    }

    private static String wanted(Wanted wanted) {
        var from = wanted.from();
        return (wanted.ascending() ? "largest" : "smallest") + (from == null ? "" : " from " + from);
    }

    private static Position at(long value) {
        return new Position.At(BigInteger.valueOf(value));
    }

    private static Position never(long next) {
        return new Position.NeverCalled(BigInteger.valueOf(next));
    }

    private static FarthestId value(long id) {
        return new FarthestId.Value(BigDecimal.valueOf(id));
    }

    private static Answer ahead(String table, long first, long last) {
        return new Answer.Ahead(new Collision(
                new RelationName("public", table),
                Uniqueness.Alone,
                BigInteger.valueOf(first),
                BigInteger.valueOf(last),
                new Source.Stored()));
    }
}
