package dev.seqwatch.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.model.Given;
import dev.seqwatch.model.NotCheckedReason;
import dev.seqwatch.model.Persistence;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.StoredIds;
import dev.seqwatch.model.Subscription;
import dev.seqwatch.model.Table;
import dev.seqwatch.model.TableStatistics;
import dev.seqwatch.model.Uniqueness;
import dev.seqwatch.model.ValueSource;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of a sequence whose table logical replication fills: how far inserts would be from a stored id. */
final class SubscriberTest {
    private static final Position NEVER = new Position.NeverCalled(BigInteger.ONE);

    @Test
    void the_distance_to_the_first_stored_id_is_measured() {
        assertThat(message(NEVER, stored(1, 5_000)))
                .isEqualTo(
                        "A logical subscription fills public.t.id and does not move public.s with it: the very next value, 1, is stored already. Before applications insert here, compare both databases with bin/seqwatch compare.");
        assertThat(message(NEVER, stored(2_001, 5_000)))
                .contains(": after 2,000 other values it gives 2,001, which is stored already. ");
        assertThat(message(NEVER, stored(2, 5_000))).contains(": after 1 other value it gives 2, ");
    }

    @Test
    void a_sequence_past_the_stored_ids_may_still_be_behind_deleted_ones() {
        assertThat(message(NEVER, StoredIds.NONE))
                .contains(": it is past the stored ids, but perhaps not past the ids that were deleted. ");
    }

    @Test
    void a_distance_that_could_not_be_measured_is_not_known() {
        var gap = new StoredIds(null, List.of(new StoredIds.Gap(Given.TABLE, NotCheckedReason.NoUsableIndex)));

        assertThat(message(NEVER, gap)).contains(": how far it is from the stored ids is not known. ");
    }

    private static StoredIds stored(long first, long last) {
        return new StoredIds(
                new StoredIds.Collision(
                        Given.TABLE,
                        Uniqueness.Alone,
                        BigInteger.valueOf(first),
                        BigInteger.valueOf(last),
                        new StoredIds.Source.Stored()),
                List.of());
    }

    private static String message(Position position, StoredIds stored) {
        var column = new SequenceColumn(
                Given.TABLE.column("id"),
                Given.BIGINT,
                ValueSource.Default,
                new Table(
                        Given.TABLE,
                        "owner",
                        Persistence.Permanent,
                        List.of(),
                        Subscription.Running,
                        false,
                        false,
                        true,
                        TableStatistics.NONE),
                Uniqueness.Alone,
                stored,
                List.of());
        var watched = Given.watched(Given.sequence("bigint"), position, List.of(column), List.of());
        var findings = new SequenceBehind()
                .examine(Given.state(watched), CheckPolicy.DEFAULT, DatabaseHistory.NONE)
                .toList();
        assertThat(findings).singleElement().extracting(Finding::severity).isEqualTo(Severity.Info);
        return findings.getFirst().message();
    }
}
