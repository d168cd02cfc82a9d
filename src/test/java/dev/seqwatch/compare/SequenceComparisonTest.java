package dev.seqwatch.compare;

import static dev.seqwatch.model.Given.BIGINT;
import static dev.seqwatch.model.Given.INTEGER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.model.ColumnType;
import dev.seqwatch.model.Given;
import dev.seqwatch.model.Persistence;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.Sequence;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.StoredIds;
import dev.seqwatch.model.Uniqueness;
import dev.seqwatch.model.UnreadableReason;
import dev.seqwatch.model.ValueRange;
import dev.seqwatch.model.ValueSource;
import dev.seqwatch.model.WatchedSequence;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SequenceComparisonTest {
    private static final ValueRange RANGE = new ValueRange(BigInteger.ONE, ValueRange.BIGINT.max());
    private static final WatchedSequence AT_TEN = watched("s", at(10), column(BIGINT));

    @Test
    void a_target_at_the_position_of_the_source_differs_in_nothing() {
        assertThat(compare(AT_TEN, AT_TEN)).isEmpty();
        assertThat(compare(AT_TEN, watched("s", at(11), column(BIGINT)))).isEmpty();
        assertThat(compare(AT_TEN, watched("s", never(11), column(BIGINT)))).isEmpty();
        assertThat(compare(watched("s", never(1), column(BIGINT)), watched("s", never(1), column(BIGINT))))
                .isEmpty();
    }

    @Test
    void a_target_whose_next_value_the_source_has_given_is_behind() {
        assertThat(compare(AT_TEN, watched("s", at(9), column(BIGINT)))).containsExactly("No PositionBehind");
        assertThat(compare(AT_TEN, watched("s", never(10), column(BIGINT)))).containsExactly("No PositionBehind");
        assertThat(compare(AT_TEN, watched("s", never(1), column(BIGINT)))).containsExactly("No PositionBehind");
    }

    @Test
    void a_descending_sequence_is_behind_above_the_source() {
        var source = descending(-10);

        assertThat(compare(source, descending(-9))).containsExactly("No PositionBehind");
        assertThat(compare(source, descending(-10))).isEmpty();
        assertThat(compare(source, descending(-11))).isEmpty();
    }

    @Test
    void a_position_that_was_not_read_is_unknown_on_either_side() {
        var unread = watched("s", new Position.Unreadable(UnreadableReason.NoPrivilege), column(BIGINT));

        assertThat(compare(AT_TEN, unread)).containsExactly("Unknown PositionUnknown");
        assertThat(compare(unread, AT_TEN)).containsExactly("Unknown PositionUnknown");
    }

    @Test
    void a_sequence_of_another_name_is_found_by_the_column_that_it_feeds() {
        assertThat(compare(AT_TEN, watched("renamed", at(10), column(BIGINT)))).isEmpty();
        assertThat(compare(AT_TEN, watched("renamed", at(9), column(BIGINT)))).containsExactly("No PositionBehind");
        assertThat(compare(AT_TEN, watched("renamed", at(10))))
                .containsExactly("No SequenceMissing", "Note OnlyAtTarget");
    }

    @Test
    void the_sequence_of_the_same_name_counts_beside_the_one_that_feeds_the_column() {
        assertThat(compare(AT_TEN, watched("s", at(9)), watched("identity", at(10), column(BIGINT))))
                .containsExactly("No PositionBehind");
        assertThat(compare(AT_TEN, watched("s", at(10)), watched("identity", at(9), column(BIGINT))))
                .containsExactly("No PositionBehind");
    }

    @Test
    void a_column_without_its_default_is_missed() {
        assertThat(compare(AT_TEN, watched("s", at(10)))).containsExactly("No DefaultMissing", "Note OwnedByDiffers");
    }

    @Test
    void a_narrower_column_stops_the_cutover_and_a_wider_one_is_a_note() {
        var narrow = watched("s", at(10), column(INTEGER));

        assertThat(compare(AT_TEN, narrow)).containsExactly("No TypeDiffers");
        assertThat(compare(narrow, AT_TEN)).containsExactly("Note TypeDiffers");
    }

    @Test
    void a_property_that_changes_the_ids_stops_the_cutover() {
        assertThat(compare(AT_TEN, defined(2, 1, false, RANGE))).contains("No DefinitionDiffers");
        assertThat(compare(AT_TEN, defined(1, 1, true, RANGE))).containsExactly("No DefinitionDiffers");
        assertThat(compare(AT_TEN, defined(1, 1, false, new ValueRange(BigInteger.ONE, BigInteger.valueOf(1_000)))))
                .containsExactly("No DefinitionDiffers");
        assertThat(compare(AT_TEN, defined(1, 1, false, ValueRange.BIGINT))).containsExactly("Note DefinitionDiffers");
        assertThat(compare(AT_TEN, defined(1, 50, false, RANGE))).containsExactly("Note DefinitionDiffers");
    }

    @Test
    void an_id_that_the_target_stores_ahead_of_its_sequence_stops_the_cutover() {
        var stored = column(BIGINT)
                .withStored(new StoredIds(
                        new StoredIds.Collision(
                                Given.TABLE,
                                Uniqueness.Alone,
                                BigInteger.valueOf(15),
                                BigInteger.valueOf(20),
                                new StoredIds.Source.Stored()),
                        List.of()));

        assertThat(compare(AT_TEN, watched("s", at(10), stored))).containsExactly("No StoredIdsAhead");
    }

    private static List<String> compare(WatchedSequence source, WatchedSequence... targets) {
        return Cutovers.differences(Given.state(source), Given.state(targets)).stream()
                .map(difference -> difference.effect() + " " + difference.kind())
                .toList();
    }

    private static Position at(long value) {
        return new Position.At(BigInteger.valueOf(value));
    }

    private static Position never(long next) {
        return new Position.NeverCalled(BigInteger.valueOf(next));
    }

    private static SequenceColumn column(ColumnType type) {
        return Given.sequenceColumn("t", type, ValueSource.Default);
    }

    private static WatchedSequence watched(String name, Position position, SequenceColumn... columns) {
        return Given.watched(
                sequence(name, 1, 1, false, RANGE), position, Stream.of(columns).toList(), List.of());
    }

    private static WatchedSequence defined(long increment, long cache, boolean cycle, ValueRange range) {
        return Given.watched(sequence("s", increment, cache, cycle, range), at(10), List.of(column(BIGINT)), List.of());
    }

    private static WatchedSequence descending(long value) {
        return Given.watched(
                sequence("s", -1, 1, false, ValueRange.BIGINT), at(value), List.of(column(BIGINT)), List.of());
    }

    private static Sequence sequence(String name, long increment, long cache, boolean cycle, ValueRange range) {
        return new Sequence(
                new RelationName("public", name),
                "bigint",
                range,
                BigInteger.ONE,
                BigInteger.valueOf(increment),
                cache,
                cycle,
                Persistence.Permanent,
                "owner");
    }
}
