package dev.seqwatch.postgres.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The second in which a cluster was made is the upper half of its identifier, as PostgreSQL's initdb composes it. */
class StatsResetQueryTest {
    @ParameterizedTest
    @CsvSource({
        "2026-07-01T00:00:00Z",
        "2038-01-19T03:14:07Z",
        "2038-01-19T03:14:08Z",
        "2039-06-01T00:00:00Z",
        "2106-02-07T06:28:15Z"
    })
    void a_cluster_may_be_made_after_2038(Instant made) {
        var identifier = made.getEpochSecond() << 32 | 0x8765_4321L;

        assertThat(StatsResetQuery.made(identifier)).isEqualTo(made);
    }
}
