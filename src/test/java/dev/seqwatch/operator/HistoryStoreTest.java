package dev.seqwatch.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.api.v1alpha1.SequenceMonitor;
import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.forecast.PositionHistory;
import dev.seqwatch.inspection.ServerHistory;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.postgres.connection.Target;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HistoryStoreTest {
    private static final Target.Host A = new Target.Host("a", 5432);
    private static final Target.Host B = new Target.Host("b", 5432);
    private static final ServerHistory HISTORY = new ServerHistory(Map.of(
            "shop",
            new DatabaseHistory(Map.of(
                    new RelationName("public", "orders_id_seq"),
                    PositionHistory.EMPTY.with(new PositionHistory.Sample(Instant.EPOCH, BigInteger.TEN))))));

    private final HistoryStore store = new HistoryStore();
    private final SequenceMonitor monitor = new SequenceMonitor();

    @BeforeEach
    void keep() {
        monitor.setMetadata(
                new ObjectMetaBuilder().withNamespace("ns").withName("shop").build());
        store.keep(InspectionSchedule.name(monitor), List.of(A), HISTORY);
    }

    @Test
    void the_history_of_a_server_is_there_for_its_next_inspection() {
        assertThat(store.before(monitor, List.of(A))).isEqualTo(HISTORY);
    }

    @Test
    void a_host_more_or_less_is_the_same_group_of_servers() {
        assertThat(store.before(monitor, List.of(B, A))).isEqualTo(HISTORY);
    }

    @Test
    void a_database_that_its_server_identified_is_compared_by_that_and_not_by_its_address() {
        var identified = new ServerHistory(
                Map.of("shop", new DatabaseHistory(HISTORY.of("shop").tracks(), "7423/16384")));
        store.keep(InspectionSchedule.name(monitor), List.of(A), identified);

        assertThat(store.before(monitor, List.of(B))).isEqualTo(identified);
    }

    @Test
    void another_server_has_no_history_though_its_names_are_the_same() {
        assertThat(store.before(monitor, List.of(B))).isEqualTo(ServerHistory.NONE);
        assertThat(store.before(monitor, List.of(new Target.Host("a", 5433)))).isEqualTo(ServerHistory.NONE);
    }
}
